import { ClerkRuntimeError } from '../errors.ts';
import { fetchedMethods } from '../resources/fetched-methods.ts';
import { browserPlatform } from '../transport/platform.ts';
import type { Platform } from '../transport/platform.ts';
import { setActive, signOut } from './active-session.ts';
import type {
  BuildUrlOptions,
  ClerkApi,
  ClerkConstructorOptions,
  ClerkOptions,
  ClerkStatus,
  FlowName,
  ListenerCallback,
  ReverificationProps,
  SetActiveParams,
  SignInProps,
  SignOutOptions,
  SignUpProps,
  UserInterfaceLoader,
} from './clerk-api.ts';
import { Instance } from './instance.ts';
import { LazyUserInterface } from './lazy-ui.ts';
import { afterSignOutUrl, buildUrlWithAuth, cardUrl, navigate, redirectTarget } from './navigation.ts';
import { Startup } from './startup.ts';
import { notLoaded, State } from './state.ts';
import type { MethodsFetcher } from './state.ts';

/** What an instance is made of besides its key: given by the entries, and by tests. */
export interface ClerkParts {
  platform?: Platform;
  /** Without it there is no UI, and `mount…` throws. */
  uiLoader?: UserInterfaceLoader;
  /** Fetches the methods that the core does not have itself. Without it they reject with `not_supported`. */
  fetchMethods?: MethodsFetcher;
}

/** Tells our instances from elements and other scripts that happen to have the name (security.md, B6). */
export const brand = Symbol.for('clerk-lit');

/** The facade: it delegates, and decides nothing itself. */
export class ClerkCore implements ClerkApi {
  readonly [brand] = true;
  readonly #state: State;
  readonly #startup: Startup;
  readonly #ui: LazyUserInterface | undefined;
  declare handleEmailLinkVerification: ClerkApi['handleEmailLinkVerification'];
  declare redirectToAfterSignIn: ClerkApi['redirectToAfterSignIn'];
  declare redirectToAfterSignUp: ClerkApi['redirectToAfterSignUp'];
  declare redirectToAfterSignOut: ClerkApi['redirectToAfterSignOut'];
  declare joinWaitlist: ClerkApi['joinWaitlist'];
  declare __internal_updateProps: ClerkApi['__internal_updateProps'];
  declare handleRedirectCallback: ClerkApi['handleRedirectCallback'];
  declare handleGoogleOneTapCallback: ClerkApi['handleGoogleOneTapCallback'];
  declare authenticateWithGoogleOneTap: ClerkApi['authenticateWithGoogleOneTap'];

  /** @throws Error that says what is wrong with the key */
  constructor(publishableKey: string, options: ClerkConstructorOptions = {}, parts: ClerkParts = {}) {
    const platform = parts.platform ?? browserPlatform();
    this.#state = new State(platform, new Instance(publishableKey, options, () => platform.url()), parts.fetchMethods);
    Object.assign(this.#state.options, options);
    this.#startup = new Startup(this.#state);
    this.#ui = parts.uiLoader && new LazyUserInterface(this, parts.uiLoader);
  }

  /** For methods of the further file. */
  get resourceContext(): State {
    return this.#state;
  }

  get version(): string {
    return __CLERK_LIT_VERSION__;
  }
  get publishableKey() {
    return this.#state.instance.publishableKey;
  }
  get frontendApi() {
    return this.#state.instance.frontendApi;
  }
  get instanceType() {
    return this.#state.instance.instanceType;
  }
  get proxyUrl() {
    return this.#state.instance.proxyUrl;
  }
  get domain() {
    return this.#state.instance.domain;
  }
  get isSatellite(): boolean {
    return false;
  }
  get isStandardBrowser(): boolean {
    return true;
  }
  get status() {
    return this.#state.status.value;
  }
  get loaded() {
    return this.status === 'ready' || this.status === 'degraded';
  }
  get isSignedIn() {
    return this.session?.status === 'active';
  }
  get client() {
    return this.#state.isLoaded ? this.#state.client : undefined;
  }
  get session() {
    return this.#state.resources.session;
  }
  get user() {
    const { session } = this;
    return session && session.user;
  }
  get organization(): null | undefined {
    return this.#state.isLoaded ? null : undefined;
  }
  /** What the hooks of Clerk's React package read. */
  get __internal_lastEmittedResources() {
    return this.#state.lastEmitted;
  }
  get __internal_environment() {
    return this.#state.environment;
  }

  /** What `useSignIn()` and `useSignUp()` of `@clerk/react` read while they draw. */
  get __internal_state(): never {
    throw new ClerkRuntimeError('useSignIn() is not supported yet: import @clerk/react/legacy', { code: 'not_supported' });
  }

  /** Starts the requests that `load()` will await. */
  prefetch(): void {
    void this.#startup.prefetch();
  }
  /** Lets tags of the document bring their elements, in a task of its own: that of the page's script is long enough. */
  watchDocument(): void {
    this.#state.platform.after(0, () => this.#ui?.watch());
  }
  load(options?: ClerkOptions): Promise<void> {
    const loaded = this.#startup.load(options);
    void this.#ui?.speak();
    return loaded;
  }
  __internal_getOption<Name extends keyof ClerkOptions>(name: Name): ClerkOptions[Name] {
    return this.#state.options[name];
  }

  on(_event: 'status', handler: (status: ClerkStatus) => void, options?: { notify?: boolean }): void {
    this.#state.status.on(handler, options?.notify);
  }
  off(_event: 'status', handler: (status: ClerkStatus) => void): void {
    this.#state.status.off(handler);
  }
  addListener(callback: ListenerCallback, options?: { skipInitialEmit?: boolean }): () => void {
    const remove = this.#state.listeners.add(callback);
    if (this.#state.isLoaded && !options?.skipInitialEmit) callback(this.#state.resources);
    return remove;
  }

  setActive(params: SetActiveParams): Promise<void> {
    return setActive(this.#state, params);
  }
  signOut(first?: (() => unknown) | SignOutOptions, second?: SignOutOptions): Promise<void> {
    return signOut(this.#state, first, second);
  }

  navigate(to: string, options?: { replace?: boolean }): Promise<unknown> {
    return navigate(this.#state, to, options);
  }
  buildUrlWithAuth(to: string): string {
    return buildUrlWithAuth(this.#state, to);
  }
  buildSignInUrl(options?: BuildUrlOptions): string {
    return cardUrl(this.#state, 'signIn', options);
  }
  buildSignUpUrl(options?: BuildUrlOptions): string {
    return cardUrl(this.#state, 'signUp', options);
  }
  buildAfterSignInUrl(): string {
    return redirectTarget(this.#state, 'signIn', {}, false);
  }
  buildAfterSignUpUrl(): string {
    return redirectTarget(this.#state, 'signUp', {}, false);
  }
  buildAfterSignOutUrl(): string {
    return afterSignOutUrl(this.#state);
  }
  redirectToSignIn(options?: BuildUrlOptions): Promise<unknown> {
    return this.#leave(this.buildSignInUrl(options));
  }
  redirectToSignUp(options?: BuildUrlOptions): Promise<unknown> {
    return this.#leave(this.buildSignUpUrl(options));
  }
  __internal_redirectTarget(flow: FlowName, props: SignInProps | SignUpProps, modal: boolean): string {
    return redirectTarget(this.#state, flow, props, modal);
  }

  mountSignIn(node: HTMLElement, props?: SignInProps): void {
    this.#userInterface.mount('clerk-sign-in', node, props);
  }
  unmountSignIn(node: HTMLElement): void {
    this.#ui?.unmount(node);
  }
  mountSignUp(node: HTMLElement, props?: SignUpProps): void {
    this.#userInterface.mount('clerk-sign-up', node, props);
  }
  unmountSignUp(node: HTMLElement): void {
    this.#ui?.unmount(node);
  }
  openSignIn(props?: SignInProps): void {
    this.#userInterface.open('clerk-sign-in', props);
  }
  closeSignIn(): void {
    this.#ui?.close('clerk-sign-in');
  }
  openSignUp(props?: SignUpProps): void {
    this.#userInterface.open('clerk-sign-up', props);
  }
  closeSignUp(): void {
    this.#ui?.close('clerk-sign-up');
  }

  __internal_openReverification(props?: ReverificationProps): void {
    this.#userInterface.open('clerk-user-verification', props);
  }
  __internal_closeReverification(): void {
    this.#ui?.close('clerk-user-verification');
  }

  get #userInterface(): LazyUserInterface {
    if (!this.#ui) throw notLoaded('The UI');
    return this.#ui;
  }

  /** To a page that may send the person back with a credential. */
  #leave(url: string): Promise<unknown> {
    this.#state.devBrowser.startRoundTrip();
    return this.navigate(url);
  }
}

Object.setPrototypeOf(ClerkCore.prototype, fetchedMethods);
