/** What the page knows: client, session, environment. The one place where they change and from which listeners hear of it. */
import { ClerkRuntimeError } from '../errors.ts';
import type { ResourceContext } from '../resources/base.ts';
import type { Methods, MethodsModule } from '../resources/fetched-methods.ts';
import { Client } from '../resources/client.ts';
import type { Session } from '../resources/session.ts';
import type { EnvironmentResource } from '../resources/types.ts';
import { DevBrowser } from '../transport/dev-browser.ts';
import { FrontendApi, startPatience } from '../transport/frontend-api.ts';
import type { ApiObserver } from '../transport/frontend-api.ts';
import type { Platform } from '../transport/platform.ts';
import { clientEndpoints } from '../wire/client.ts';
import type { ClientJSON } from '../wire/client.ts';
import type { ClerkOptions, Resources } from './clerk-api.ts';
import { coreParts } from './core-parts.ts';
import type { Instance } from './instance.ts';
import { Listeners, Status } from './listeners.ts';
import { SessionCookies } from './session-cookies.ts';
import { SessionTokens } from './session-tokens.ts';
import { openTabs } from './tabs.ts';
import type { TabNews, Tabs } from './tabs.ts';
import { createTokenRefresher } from './token-refresher.ts';
import type { TokenRefresher } from './token-refresher.ts';

/** Fetches the further file of the core. */
export type MethodsFetcher = () => Promise<MethodsModule>;

export class State implements ApiObserver, ResourceContext {
  // Declared alone: the constructor sets them, and fields would be a function and bytes more.
  declare readonly platform: Platform;
  declare readonly instance: Instance;
  declare readonly api: FrontendApi;
  declare readonly client: Client;
  declare readonly cookies: SessionCookies;
  declare readonly devBrowser: DevBrowser;
  declare readonly tokens: SessionTokens;
  declare readonly refresher: TokenRefresher;
  readonly listeners = new Listeners();
  readonly status = new Status();
  options: ClerkOptions = {};
  environment: EnvironmentResource | undefined;
  /** `undefined` until `load()` is done. */
  session: Session | null | undefined;
  /** While somebody comes or goes, listeners are told that it is not known who is there. */
  isInTransition = false;
  /** What listeners were told last: the same object until they are told again. */
  lastEmitted: Resources | undefined;
  #tabs: Tabs | undefined;
  #check: Promise<void> | undefined;
  #busy: Promise<unknown> | undefined;
  readonly #fetchMethods: MethodsFetcher;
  #methods: Promise<Methods> | undefined;

  /** @param fetchMethods without it there are no methods but those of the core itself. */
  constructor(platform: Platform, instance: Instance, fetchMethods: MethodsFetcher = () => Promise.resolve({ default: () => ({}) })) {
    this.#fetchMethods = fetchMethods;
    this.platform = platform;
    this.instance = instance;
    this.cookies = new SessionCookies(platform, instance);
    this.api = new FrontendApi(platform, () => instance.apiUrl, this);
    this.devBrowser = new DevBrowser(platform, this.cookies, this.api);
    this.client = new Client(this);
    this.tokens = new SessionTokens(
      this.api,
      platform,
      () => this.cookies.readSession(),
      (session, jwt) => {
        this.#tabs?.shareToken(session.id, session.lastActiveOrganizationId, jwt);
        if (session === this.session) this.#publish();
      },
    );
    this.refresher = createTokenRefresher(
      platform,
      this.tokens,
      () => this.session,
      (error) => {
        if (this.isLoaded) this.status.set(error ? 'degraded' : 'ready');
      },
    );
  }

  get isLoaded(): boolean {
    return this.session !== undefined;
  }

  get resources(): Resources {
    const session = this.isInTransition ? undefined : this.session;
    return { client: this.isLoaded ? this.client : undefined, session, user: session && session.user, organization: session && null };
  }

  /** Takes over a client of the API. The current session stays, or is gone; no other one takes its place. */
  applyClient(json: ClientJSON | null, receivedAt = this.platform.now()): void {
    const { session } = this;
    const known = this.client.sessions.map(revision);
    // Tokens that come along are told once, with everything else.
    this.session = this.isLoaded ? null : undefined;
    this.client.apply(json);
    for (const each of this.client.sessions) {
      // What tokens say of the user was true before somebody else, perhaps, has changed it.
      if (!known.includes(revision(each))) this.tokens.forget(each.id, receivedAt);
      this.tokens.prime(each, receivedAt);
    }
    if (!this.isLoaded) return;
    this.session = session;
    this.setSession(this.openSession(session?.id));
  }

  /** The session of this id, if somebody is signed in by it. */
  openSession(id: unknown): Session | null {
    return this.client.signedInSessions.find((session) => session.id === id) ?? null;
  }

  /** The session of a page that has just learned of its client. */
  initialSession(): Session | null {
    const { client, options } = this;
    return options.selectInitialSession
      ? this.openSession(options.selectInitialSession(client)?.id)
      : (this.openSession(client.lastActiveSessionId) ?? client.signedInSessions[0] ?? null);
  }

  /** Makes a session the current one: cookies first, then listeners. */
  setSession(session: Session | null, isSilent = false): void {
    this.session = session;
    this.#publish(isSilent);
  }

  /** Tells the other tabs. */
  tell(news: TabNews, session?: string): void {
    this.#tabs?.tell(news, session);
  }

  /** What other tabs say is heard after `action`, which may know less, and may know more. */
  first<Result>(action: Promise<Result>): Promise<Result> {
    const before = this.#busy;
    const wait = () => before;
    this.#busy = action.then(wait, wait);
    return action;
  }

  /** Opens the ears: other tabs, and the person who comes back. Once. */
  listen(): void {
    if (this.#tabs) return;
    this.#tabs = openTabs(this.platform, {
      news: (news, chosen) => void this.#hear(news, chosen),
      token: (sessionId, jwt) => {
        if (this.session && this.session.id === sessionId) this.tokens.adopt(this.session, jwt);
      },
    });
    this.platform.onWake((reason, isRestored) => this.#wake(reason, isRestored));
  }

  /** Reads the client, once for all who ask before that begins. Never rejects: whoever asks has an error of its own. */
  async refreshClient(): Promise<void> {
    // What is being read may be older than what it is asked for.
    await this.#check;
    await (this.#check ??= this.#readClient().finally(() => (this.#check = undefined)));
  }

  emit(): void {
    if (this.isLoaded) this.listeners.emit((this.lastEmitted = this.resources));
  }

  #publish(isSilent = false): void {
    if (this.session !== undefined && !this.isInTransition) this.cookies.publish(this.client, this.session);
    if (!isSilent) this.emit();
    this.refresher.schedule();
  }

  async #readClient(): Promise<void> {
    try {
      for (;;) {
        const known = this.lastEmitted;
        const json = await this.api.call(clientEndpoints.getClient, { patience: startPatience });
        if (!this.isLoaded) return;
        // An answer from before something has changed here is let go; what it was asked for may be news all the same.
        if (known === this.lastEmitted) return this.applyClient(json);
      }
    } catch {
      // Not known is not signed out.
    }
  }

  async #hear(news: TabNews, chosen?: unknown): Promise<void> {
    await this.#busy;
    await this.refreshClient();
    // Another session takes the place of the current one only where it was chosen, and is what the API says: so all tabs end in the same one,
    // in whatever order they hear of what.
    const next = this.openSession(this.client.lastActiveSessionId);
    if (news === 'session' && next && next !== this.session && next.id === (chosen ?? next.id)) this.setSession(next);
  }

  #wake(reason: string, isRestored: boolean): void {
    if (!this.isLoaded) return;
    if (isRestored) {
      // Back from the cache of the browser: it may be another person's turn by now, and what was under way when the page was left is over.
      this.isInTransition = false;
      this.#busy = undefined;
      void this.#hear('session').then(() => this.emit());
    }
    if (this.platform.isVisible()) this.refresher.wake();
    if (reason === 'focus' && !isRestored) this.#touch();
  }

  #lastTouch = 0;

  #touch(): void {
    const now = this.platform.now();
    if (!this.session || this.options.touchSession === false || Math.abs(now - this.#lastTouch) < 5000) return;
    this.#lastTouch = now;
    this.session.touch('focus').catch(() => undefined);
  }

  // What transport and resources ask for.

  currentSessionId(): string | undefined {
    return this.session?.id;
  }
  async replaceDevBrowser(id: string | undefined): Promise<void> {
    if (id) this.devBrowser.store(id);
    // The request that was refused has an error to tell already.
    else await this.devBrowser.create().catch(() => undefined);
  }
  forgetTokens(sessionId: string, since?: number): void {
    this.tokens.forget(sessionId, since);
    this.refresher.schedule();
  }
  userChanged(): void {
    this.emit();
    this.tell('user');
  }
  loadMethods(): Promise<Methods> {
    return (this.#methods ??= this.#fetchMethods().then(
      (module) => module.default(coreParts()),
      (cause: unknown) => {
        this.#methods = undefined;
        throw new ClerkRuntimeError('A file of clerk-lit that this method needs could not be loaded: try again', {
          code: 'methods_not_loaded',
          cause,
        });
      },
    ));
  }
}

/** Another text whenever the user of a session is another one, or has changed. */
const revision = ({ id, user }: Session) => id + Number(user?.updatedAt);

/** Thrown where something needs a client that is not there yet. */
export const notLoaded = (what: string) =>
  new ClerkRuntimeError(`${what} needs a loaded instance: await Clerk.load() first`, { code: 'not_loaded' });
