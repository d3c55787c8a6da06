import { ClerkRuntimeError } from '../errors.ts';
import { fetchedMethods } from '../resources/fetched-methods.ts';
import { browserPlatform } from '../transport/platform.ts';
import type { Platform } from '../transport/platform.ts';
import { setActive } from './active-session.ts';
import type {
  BuildUrlOptions,
  ClerkApi,
  ClerkConstructorOptions,
  ClerkOptions,
  ClerkStatus,
  FlowName,
  ListenerCallback,
  SetActiveParams,
  SignInProps,
  SignUpProps,
  UserInterfaceLoader,
} from './clerk-api.ts';
import { Instance } from './instance.ts';
import { LazyUserInterface } from './lazy-ui.ts';
import { afterSignOutUrl, buildUrlWithAuth, cardUrl, navigate, pageUrl, redirectTarget, tasksUrl } from './navigation.ts';
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

/** Which element shows a component of Clerk's. */
const components = {
  SignIn: 'clerk-sign-in',
  SignUp: 'clerk-sign-up',
  // The card shows whatever the session has left to do.
  TaskResetPassword: 'clerk-sign-in',
  TaskSetupMFA: 'clerk-sign-in',
  Reverification: 'clerk-user-verification',
};

/** The facade: it delegates, and decides nothing itself. */
export class ClerkCore implements ClerkApi {
  readonly [brand] = true;
  readonly version = __CLERK_LIT_VERSION__;
  /** The UI is of the same version: its files are known by their content. */
  readonly uiVersion = __CLERK_LIT_VERSION__;
  readonly isSatellite = false;
  readonly isStandardBrowser = true;
  /** Nothing is collected. */
  readonly telemetry = undefined;
  readonly #state: State;
  readonly #startup: Startup;
  readonly #ui: LazyUserInterface | undefined;
  declare __internal_openReverification: ClerkApi['__internal_openReverification'];
  declare __internal_closeReverification: ClerkApi['__internal_closeReverification'];
  declare mountSignIn: ClerkApi['mountSignIn'];
  declare unmountSignIn: ClerkApi['unmountSignIn'];
  declare openSignIn: ClerkApi['openSignIn'];
  declare closeSignIn: ClerkApi['closeSignIn'];
  declare mountSignUp: ClerkApi['mountSignUp'];
  declare unmountSignUp: ClerkApi['unmountSignUp'];
  declare openSignUp: ClerkApi['openSignUp'];
  declare closeSignUp: ClerkApi['closeSignUp'];
  declare mountTaskResetPassword: ClerkApi['mountTaskResetPassword'];
  declare unmountTaskResetPassword: ClerkApi['unmountTaskResetPassword'];
  declare mountTaskSetupMFA: ClerkApi['mountTaskSetupMFA'];
  declare unmountTaskSetupMFA: ClerkApi['unmountTaskSetupMFA'];
  declare signOut: ClerkApi['signOut'];
  declare handleEmailLinkVerification: ClerkApi['handleEmailLinkVerification'];
  declare handleUnauthenticated: ClerkApi['handleUnauthenticated'];
  declare redirectToSignIn: ClerkApi['redirectToSignIn'];
  declare redirectToSignUp: ClerkApi['redirectToSignUp'];
  declare redirectToAfterSignIn: ClerkApi['redirectToAfterSignIn'];
  declare redirectToAfterSignUp: ClerkApi['redirectToAfterSignUp'];
  declare redirectToAfterSignOut: ClerkApi['redirectToAfterSignOut'];
  declare redirectToUserProfile: ClerkApi['redirectToUserProfile'];
  declare redirectToWaitlist: ClerkApi['redirectToWaitlist'];
  declare redirectToTasks: ClerkApi['redirectToTasks'];
  declare redirectWithAuth: ClerkApi['redirectWithAuth'];
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
  get sdkMetadata() {
    return this.#state.options.sdkMetadata;
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
    throw new ClerkRuntimeError('useSignIn() and useSignUp() are not supported yet: import those of @clerk/react/legacy', {
      code: 'not_supported',
    });
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
  buildUserProfileUrl(): string {
    return pageUrl(this.#state, 'userProfile', 'user');
  }
  buildTasksUrl(): string {
    return tasksUrl(this.#state);
  }
  buildAfterMultiSessionSingleSignOutUrl(): string {
    const { options, environment } = this.#state;
    return options.afterMultiSessionSingleSignOutUrl || environment?.afterSignOutOneUrl || '/';
  }
  buildWaitlistUrl({ initialValues }: { initialValues?: Record<string, string> } = {}): string {
    return pageUrl(this.#state, 'waitlist', 'waitlist', `/?${new URLSearchParams(initialValues)}`);
  }
  __internal_redirectTarget(flow: FlowName, props: SignInProps | SignUpProps, modal: boolean): string {
    return redirectTarget(this.#state, flow, props, modal);
  }

  get #userInterface(): LazyUserInterface {
    if (!this.#ui) throw notLoaded('The UI');
    return this.#ui;
  }

  static {
    for (const [component, tag] of Object.entries(components)) {
      const open = function (this: ClerkCore, props?: object): void {
        this.#userInterface.open(tag, props);
      };
      const close = function (this: ClerkCore): void {
        this.#ui?.close(tag);
      };
      Object.assign(this.prototype, {
        [`mount${component}`](this: ClerkCore, node: HTMLElement, props?: object): void {
          this.#userInterface.mount(tag, node, props);
        },
        [`unmount${component}`](this: ClerkCore, node: HTMLElement): void {
          this.#ui?.unmount(node);
        },
        [`open${component}`]: open,
        [`close${component}`]: close,
        [`__internal_open${component}`]: open,
        [`__internal_close${component}`]: close,
      });
    }
  }
}

Object.setPrototypeOf(ClerkCore.prototype, fetchedMethods);
