/**
 * The public interface of `window.Clerk`: names and meanings as in Clerk's published types.
 * It is all that the UI knows of the core.
 */
import type { ReverificationProps, SignInProps, SignUpProps, TaskProps } from './component-props.ts';
import type { SdkMetadata } from './sdk-metadata.ts';
import type { Appearance } from './appearance-types.ts';
import type {
  ClientResource,
  EnvironmentResource,
  HandleEmailLinkVerificationParams,
  SessionResource,
  SignInResource,
  SignUpResource,
  UserResource,
  WaitlistResource,
} from '../resources/types.ts';

/** `loading` → `ready` | `degraded` | `error` (dossier part 1, §4.7). */
export type ClerkStatus = 'loading' | 'ready' | 'degraded' | 'error';

/** Given to listeners. `undefined`: not known yet or in transition; `null`: none. */
export interface Resources {
  client: ClientResource | undefined;
  session: SessionResource | null | undefined;
  user: UserResource | null | undefined;
  organization: null | undefined;
}

export type ListenerCallback = (resources: Resources) => void;

/** Where to go after a flow. Targets outside the page's origin must be allowed by `allowedRedirectOrigins` (§8.2). */
export interface RedirectOptions {
  signInForceRedirectUrl?: string | null;
  signInFallbackRedirectUrl?: string | null;
  signUpForceRedirectUrl?: string | null;
  signUpFallbackRedirectUrl?: string | null;
}

/** Options of addresses of the cards. */
export type BuildUrlOptions = RedirectOptions & {
  /** Where the person goes afterwards; default: this page. */
  redirectUrl?: string | null;
};

/** Options of `new Clerk(key, options)`. */
export interface ClerkConstructorOptions {
  /** Absolute, or a path of the page's origin; all requests go through it. */
  proxyUrl?: string | ((url: URL) => string);
  domain?: string | ((url: URL) => string);
  /** The language of the elements, where `load()` says nothing of it; otherwise that of the page (`<html lang>`). */
  localization?: string;
  /** How the elements look, where `load()` says nothing of it. */
  appearance?: Appearance | string;
}

/** Texts by Clerk's keys, nested as in its published type. Keys that no element of ours has a text for are ignored. */
export interface LocalizationResource {
  /** The language of these texts; ours in that language stand in for those that are missing, otherwise the English ones. */
  readonly locale?: string;
  readonly [key: string]: unknown;
}

export type { ReverificationProps, SignInProps, SignUpProps, TaskProps };

/** Options of `load()`. Unknown ones (such as `ui`) are accepted and ignored. */
export interface ClerkOptions extends RedirectOptions {
  signInUrl?: string;
  signUpUrl?: string;
  afterSignOutUrl?: string;
  afterMultiSessionSingleSignOutUrl?: string | null;
  allowedRedirectOrigins?: (string | RegExp)[];
  allowedRedirectProtocols?: string[];
  /** Navigates inside a single-page application; otherwise `window.location`. */
  routerPush?: (to: string) => unknown;
  routerReplace?: (to: string) => unknown;
  selectInitialSession?: (client: ClientResource) => SessionResource | null;
  touchSession?: boolean;
  userProfileUrl?: string;
  waitlistUrl?: string;
  /** Pages of the application's own for tasks of a session, by their keys: `reset-password`, `setup-mfa`. */
  taskUrls?: Record<string, string | undefined>;
  /** Which package has put the script on the page. */
  sdkMetadata?: SdkMetadata;
  /** How the elements look: for all of them, and for single components by their names; as an object or as JSON. */
  appearance?: Appearance | string | undefined;
  /** A language, such as `de`, or texts by Clerk's keys, such as those of `@clerk/localizations`. */
  localization?: string | LocalizationResource | object | undefined;
  standardBrowser?: boolean;
  isSatellite?: boolean;
  [option: string]: unknown;
}

export interface SetActiveParams {
  /** A session, its id, or `null` to have none. */
  session?: SessionResource | string | null;
  organization?: unknown;
  redirectUrl?: string;
  navigate?: (params: { session: SessionResource; decorateUrl: (url: string) => string }) => unknown;
}

export interface SignOutOptions {
  sessionId?: string;
  redirectUrl?: string;
}

/** Options of `handleRedirectCallback()`: where attempts go on that are not complete. Default: routes of the cards' pages. */
export interface HandleOAuthCallbackParams extends RedirectOptions {
  signInUrl?: string;
  signUpUrl?: string;
  firstFactorUrl?: string;
  secondFactorUrl?: string;
  resetPasswordUrl?: string;
  continueSignUpUrl?: string | null;
  verifyEmailAddressUrl?: string | null;
  verifyPhoneNumberUrl?: string | null;
  signInProtectCheckUrl?: string | null;
  signUpProtectCheckUrl?: string | null;
  /** `false`: who has no account is not given one by a sign-in. */
  transferable?: boolean;
  /** Reads this attempt again first. */
  reloadResource?: 'signIn' | 'signUp';
  /** Given to an account that is made on the way. */
  unsafeMetadata?: SignUpUnsafeMetadata;
  /** Goes on in place of the redirect once somebody is signed in. */
  __internal_navigateOnSetActive?: (options: {
    session: SessionResource;
    redirectUrl: string;
    decorateUrl: (url: string) => string;
  }) => Promise<unknown>;
}

export interface AuthenticateWithGoogleOneTapParams {
  /** The credential that Google's script has given. */
  token: string;
  legalAccepted?: boolean;
}

/** Which card a target of a finished flow is asked for. */
export type FlowName = 'signIn' | 'signUp';

export interface ClerkApi {
  readonly version: string;
  readonly publishableKey: string;
  readonly frontendApi: string;
  readonly instanceType: 'development' | 'production';
  readonly proxyUrl: string;
  readonly domain: string;
  /** Always `false`: a page of one domain is served by its own API. */
  readonly isSatellite: boolean;
  readonly isStandardBrowser: boolean;
  readonly uiVersion: string | undefined;
  readonly sdkMetadata: SdkMetadata | undefined;
  /** Nothing is collected. */
  readonly telemetry: undefined;
  readonly status: ClerkStatus;
  readonly loaded: boolean;
  readonly isSignedIn: boolean;
  readonly client: ClientResource | undefined;
  readonly session: SessionResource | null | undefined;
  readonly user: UserResource | null | undefined;
  readonly organization: null | undefined;
  /** An option of `load()`. */
  __internal_getOption<Name extends keyof ClerkOptions>(name: Name): ClerkOptions[Name];
  /** Set once the environment is known. */
  readonly __internal_environment: EnvironmentResource | undefined;

  /** Starts once, whoever calls it first; settles in every case. Rejects with the API's error, or a `network_error`. */
  load(options?: ClerkOptions): Promise<void>;
  on(event: 'status', handler: (status: ClerkStatus) => void, options?: { notify?: boolean }): void;
  off(event: 'status', handler: (status: ClerkStatus) => void): void;
  addListener(callback: ListenerCallback, options?: { skipInitialEmit?: boolean }): () => void;

  setActive(params: SetActiveParams): Promise<void>;
  signOut(options?: SignOutOptions): Promise<void>;
  signOut(callback?: () => unknown, options?: SignOutOptions): Promise<void>;

  /** On the page that a provider leads back to: signs in, hands over to the other flow, or goes to where the attempt goes on. */
  handleRedirectCallback(params?: HandleOAuthCallbackParams, customNavigate?: (to: string) => Promise<unknown>): Promise<unknown>;
  /** Signs in with a token of Google's own script; who has no account begins a sign-up. */
  authenticateWithGoogleOneTap(params: AuthenticateWithGoogleOneTapParams): Promise<SignInResource | SignUpResource>;
  handleGoogleOneTapCallback(
    signInOrUp: SignInResource | SignUpResource,
    params?: HandleOAuthCallbackParams,
    customNavigate?: (to: string) => Promise<unknown>,
  ): Promise<unknown>;

  navigate(to: string, options?: { replace?: boolean }): Promise<unknown>;
  buildUrlWithAuth(to: string): string;
  buildSignInUrl(options?: BuildUrlOptions): string;
  buildSignUpUrl(options?: BuildUrlOptions): string;
  buildAfterSignInUrl(): string;
  buildAfterSignUpUrl(): string;
  buildAfterSignOutUrl(): string;
  redirectToSignIn(options?: BuildUrlOptions): Promise<unknown>;
  redirectToSignUp(options?: BuildUrlOptions): Promise<unknown>;
  redirectToAfterSignIn(): Promise<unknown>;
  redirectToAfterSignUp(): Promise<unknown>;
  redirectToAfterSignOut(): Promise<unknown>;
  buildUserProfileUrl(): string;
  buildWaitlistUrl(options?: { initialValues?: Record<string, string> }): string;
  /** Where the session's first task is done; empty where it has none. */
  buildTasksUrl(): string;
  /** Where somebody goes who has left one of several sessions. */
  buildAfterMultiSessionSingleSignOutUrl(): string;
  redirectToUserProfile(): Promise<unknown>;
  redirectToTasks(options?: RedirectOptions): Promise<unknown>;
  redirectToWaitlist(): Promise<unknown>;
  redirectWithAuth(to: string): Promise<unknown>;
  /** Reads anew who is there. Never rejects. */
  handleUnauthenticated(): Promise<unknown>;
  /** For cards: the allowed absolute target after a finished flow, by the order of dossier part 1, §5.9. */
  __internal_redirectTarget(flow: FlowName, props: SignInProps | SignUpProps, modal: boolean): string;

  /** For the page that a link from a mail leads to. Rejects with an EmailLinkError: `expired`, `client_mismatch` or `failed`. */
  handleEmailLinkVerification(params: HandleEmailLinkVerificationParams, customNavigate?: (to: string) => unknown): Promise<unknown>;
  /** Puts an address on the waitlist of the instance; asking again changes nothing. Rejects with the API's error. */
  joinWaitlist(params: { emailAddress: string }): Promise<WaitlistResource>;

  /** May be called before `load()`: the node is filled once the UI has arrived. */
  mountSignIn(node: HTMLElement, props?: SignInProps): void;
  unmountSignIn(node: HTMLElement): void;
  mountSignUp(node: HTMLElement, props?: SignUpProps): void;
  unmountSignUp(node: HTMLElement): void;
  openSignIn(props?: SignInProps): void;
  closeSignIn(): void;
  openSignUp(props?: SignUpProps): void;
  closeSignUp(): void;
  /** The sign-in card, which shows what the session has left to do, and leads to `redirectUrlComplete` afterwards. */
  mountTaskResetPassword(node: HTMLElement, props?: TaskProps): void;
  unmountTaskResetPassword(node: HTMLElement): void;
  mountTaskSetupMFA(node: HTMLElement, props?: TaskProps): void;
  unmountTaskSetupMFA(node: HTMLElement): void;
  /** Asks the signed-in person once more who they are. */
  __internal_openReverification(props?: ReverificationProps): void;
  __internal_closeReverification(): void;
  /** For frameworks: other options of `load()` or, with a node, other props of what is mounted there. */
  __internal_updateProps(changed: { appearance?: unknown; node?: HTMLElement; props?: object }): Promise<unknown>;
}

/** What the UI module gives back to the core when it is handed the instance. */
export interface UserInterface {
  /** Registers an element that came in a file of its own. */
  define(tag: string, element: CustomElementConstructor): void;
  /** Fills `node` with the element of this tag; a second call for the same node updates its props. */
  mount(tag: string, node: HTMLElement, props: object): void;
  unmount(node: HTMLElement): void;
  /** Shows the element in a modal `<dialog>`. */
  open(tag: string, props: object): void;
  close(tag: string): void;
}

/** What the UI entry (`src/ui.ts`) exports for the core: registers `<clerk-sign-in>` for this instance. */
export type StartUserInterface = (clerk: ClerkApi) => UserInterface;

/** The UI entry as a module. Further exports of it are shared with the elements that come in files of their own. */
export interface UserInterfaceModule {
  readonly startUserInterface: StartUserInterface;
}

/** A file with one further element. */
export interface ElementModule {
  readonly element: CustomElementConstructor;
}

/** The file that knows the languages, and reads texts by Clerk's keys. */
export interface TextsModule {
  /** Has the elements say what the page wants: what was asked for last counts. */
  speakAs(wanted: unknown, clerk: ClerkApi): unknown;
}

/** How the core gets the UI: from hashed files beside the script, or from sources in tests. A failed load may be tried again. */
export interface UserInterfaceLoader {
  loadUserInterface(): Promise<UserInterfaceModule>;
  /**
   * `undefined` for `clerk-sign-in`, which is part of the UI entry, and for tags that are none of ours. `localization`, a {@link TextsModule},
   * comes by it too.
   */
  loadElement(tag: string): Promise<ElementModule> | undefined;
}
