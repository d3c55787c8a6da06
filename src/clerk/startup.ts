/** `load()`: environment and client together, within a bound, whatever the API does (dossier part 1, §4). */
import { isClerkAPIResponseError, is4xxError } from '../errors.ts';
import { createEnvironment } from '../resources/environment.ts';
import { cookieSuffix } from '../rules/publishable-key.ts';
import { removeCookie } from '../transport/cookies.ts';
import { devBrowserName } from '../transport/dev-browser.ts';
import { clientEndpoints } from '../wire/client.ts';
import type { ClientJSON } from '../wire/client.ts';
import { environmentEndpoints } from '../wire/environment.ts';
import type { EnvironmentJSON } from '../wire/environment.ts';
import type { ClerkOptions } from './clerk-api.ts';
import type { Navigation } from './navigation.ts';
import { clientPatience } from './state.ts';
import type { State } from './state.ts';
import { readToken } from './token.ts';

/** What the API said at the start. */
interface Beginning {
  client: PromiseSettledResult<ClientJSON | null>;
  environment: PromiseSettledResult<EnvironmentJSON>;
  receivedAt: number;
}

/** Milliseconds after which what was fetched in advance is too old: session tokens live for a minute. */
const longestWait = 20_000;
const firstPause = 5000;
const longestPause = 60_000;

export class Startup {
  readonly #state: State;
  readonly #navigation: Navigation;
  #begun: Promise<Beginning> | undefined;
  #loading: Promise<void> | undefined;

  constructor(state: State, navigation: Navigation) {
    this.#state = state;
    this.#navigation = navigation;
  }

  /** Starts the requests that `load()` will await. */
  prefetch(): void {
    this.#begun ??= this.#begin();
    this.#begun.catch(() => undefined);
  }

  /** @throws the API's error, or `network_error`; calling it again tries again. */
  load(options?: ClerkOptions): Promise<void> {
    // Whoever calls first (an element, perhaps) need not know what the page wants.
    Object.assign(this.#state.options, options);
    if (this.#state.isLoaded) return Promise.resolve();
    this.#loading ??= this.#load().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #load(): Promise<void> {
    const { state } = this;
    state.status.set('loading');
    try {
      this.prefetch();
      let beginning = await this.#begun!;
      if (state.platform.now() - beginning.receivedAt > longestWait || isUnknownDevBrowser(beginning)) beginning = await this.#begin();
      this.#apply(beginning);
    } catch (error) {
      this.#begun = undefined;
      state.status.set('error');
      throw error;
    }
  }

  get state(): State {
    return this.#state;
  }

  async #begin(): Promise<Beginning> {
    const { api, cookies, devBrowser, instance, platform } = this.#state;
    const fromUrl = this.#navigation.cleanUrl();
    // Without Web Crypto (plain http off this machine) there is only the family without a suffix.
    cookies.suffix ||= await cookieSuffix(instance.publishableKey).catch(() => '');
    const options = { patience: clientPatience };
    if (instance.usesDevBrowser) {
      try {
        await devBrowser.setUp(api, cookies.suffix, fromUrl, clientPatience);
      } catch (reason) {
        const failed = { status: 'rejected', reason } as const;
        return { client: failed, environment: failed, receivedAt: platform.now() };
      }
    } else {
      for (const name of [devBrowserName, `${devBrowserName}_${cookies.suffix}`]) removeCookie(platform.cookies, name, cookies.attributes());
    }
    const isDevelopment = instance.instanceType === 'development';
    const [client, environment] = await Promise.allSettled([
      api.call(clientEndpoints.getClient, options),
      api.call(environmentEndpoints[isDevelopment ? 'updateEnvironment' : 'getEnvironment'], options),
    ]);
    return { client, environment, receivedAt: platform.now() };
  }

  #apply({ client, environment, receivedAt }: Beginning): void {
    const { state } = this;
    if (client.status === 'fulfilled') state.applyClient(client.value, receivedAt);
    else if (!this.#applyCookie(client.reason)) throw client.reason as Error;
    const isComplete = client.status === 'fulfilled' && environment.status === 'fulfilled';
    state.environment = createEnvironment(environment.status === 'fulfilled' ? environment.value : {});
    state.listen();
    const session = state.initialSession();
    state.session = session;
    state.status.set(isComplete ? 'ready' : 'degraded');
    state.setSession(session);
    if (!isComplete) this.#recover(firstPause);
  }

  /** Being unreachable signs nobody out: who was there is known from the session cookie (§4.6). A refusal is another matter. */
  #applyCookie(reason: unknown): boolean {
    const { state } = this;
    const jwt = state.cookies.readSession();
    const claims = readToken(jwt);
    if (!jwt || !claims?.sid || is4xxError(reason)) return false;
    const user = { id: claims.sub };
    const session = { id: claims.sid, status: 'active', user, last_active_token: { jwt }, last_active_organization_id: claims.organizationId };
    state.applyClient({ id: 'client_init', sessions: [session], last_active_session_id: claims.sid }, claims.iat * 1000);
    return true;
  }

  /** Asks again in growing pauses until the API is back. */
  #recover(pause: number): void {
    const { state } = this;
    state.platform.after(pause, () => {
      void this.#begin().then(({ client, environment }) => {
        if (client.status === 'rejected' || environment.status === 'rejected') return this.#recover(Math.min(longestPause, pause * 2));
        state.environment = createEnvironment(environment.value);
        state.status.set('ready');
        state.applyClient(client.value);
      });
    });
  }
}

const isUnknownDevBrowser = ({ client }: Beginning) =>
  client.status === 'rejected' && isClerkAPIResponseError(client.reason) && client.reason.errors[0]?.code === 'dev_browser_unauthenticated';
