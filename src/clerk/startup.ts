/** `load()`: environment and client together, within a bound, whatever the API does (dossier part 1, §4). */
import { hasCode, is4xxError } from '../errors.ts';
import { createEnvironment } from '../resources/environment.ts';
import { cookieSuffix } from '../rules/publishable-key.ts';
import { startPatience } from '../transport/frontend-api.ts';
import { shared } from '../transport/retry.ts';
import { clientEndpoints } from '../wire/client.ts';
import type { ClientJSON } from '../wire/client.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { environmentEndpoints } from '../wire/environment.ts';
import type { EnvironmentJSON } from '../wire/environment.ts';
import type { ClerkOptions } from './clerk-api.ts';
import { cleanUrl } from './navigation.ts';
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
  #begun: Promise<Beginning> | undefined;
  readonly #attempt = shared(() => this.#load());
  #endLoading!: (value?: unknown) => void;

  constructor(state: State) {
    this.#state = state;
    void state.first(new Promise((resolve) => (this.#endLoading = resolve)));
  }

  /** Starts the requests that `load()` will await. */
  prefetch(): Promise<Beginning> {
    return (this.#begun ??= begin(this.#state));
  }

  /** @throws the API's error, or `network_error`; calling it again tries again. */
  async load(options?: ClerkOptions): Promise<void> {
    const state = this.#state;
    // Whoever calls first (an element, perhaps) need not know what the page wants.
    Object.assign(state.options, options);
    if (!state.isLoaded) await this.#attempt();
    // Elements are there that were drawn without it.
    else if (options) state.listeners.emit(state.resources);
  }

  async #load(): Promise<void> {
    const state = this.#state;
    state.status.set('loading');
    try {
      let beginning = await this.prefetch();
      if (state.platform.now() - beginning.receivedAt > longestWait || isUnknownDevBrowser(beginning)) beginning = await begin(state);
      apply(state, beginning);
      this.#endLoading();
    } catch (error) {
      state.status.set('error');
      throw error;
    } finally {
      // Applied, it only takes memory; failed, the next call tries again.
      this.#begun = undefined;
    }
  }
}

/** Never rejects. */
async function begin(state: State): Promise<Beginning> {
  const { api, cookies, devBrowser, instance, platform } = state;
  // What other tabs say from here on may not be in the answer.
  state.listen();
  const fromUrl = cleanUrl(state);
  // Without Web Crypto (plain http off this machine) there is only the family without a suffix.
  cookies.suffix ||= await cookieSuffix(instance.publishableKey).catch(() => '');
  const identity = instance.usesDevBrowser ? devBrowser.setUp(fromUrl) : devBrowser.forget();
  const ask = async <E extends Endpoint>(endpoint: E) => {
    await identity;
    return api.call(endpoint, { patience: startPatience });
  };
  const [client, environment] = await Promise.allSettled([
    ask(clientEndpoints.getClient),
    ask(instance.instanceType === 'development' ? environmentEndpoints.updateEnvironment : environmentEndpoints.getEnvironment),
  ]);
  return { client, environment, receivedAt: platform.now() };
}

function apply(state: State, { client, environment, receivedAt }: Beginning): void {
  if (client.status === 'fulfilled') state.applyClient(client.value, receivedAt);
  else applyCookie(state, client.reason);
  state.environment = createEnvironment(environment.status === 'fulfilled' ? environment.value : {});
  const isComplete = client.status === environment.status && client.status === 'fulfilled';
  const session = state.initialSession();
  state.session = session;
  state.status.set(isComplete ? 'ready' : 'degraded');
  // Other tabs may have nobody since one of several sessions was left.
  if (readToken(state.cookies.readSession())?.sid !== session?.id) state.tell('session', session?.id);
  state.setSession(session);
  if (!isComplete) recover(state, firstPause);
}

/** Being unreachable signs nobody out: who was there is known from the session cookie (§4.6). A refusal is another matter. */
function applyCookie(state: State, reason: unknown): void {
  const jwt = state.cookies.readSession();
  const { sub, sid, iat, organizationId } = readToken(jwt) ?? {};
  if (!jwt || !sub || !sid || !iat || is4xxError(reason)) throw reason;
  const session = { id: sid, status: 'active', user: { id: sub }, last_active_token: { jwt }, last_active_organization_id: organizationId };
  state.applyClient({ id: 'client_init', sessions: [session], last_active_session_id: sid }, iat * 1000);
}

/** Asks again in growing pauses until the API is back. */
function recover(state: State, pause: number): void {
  const again = async () => {
    const { client, environment } = await begin(state);
    if (client.status === 'rejected' || environment.status === 'rejected') return recover(state, Math.min(longestPause, pause * 2));
    state.environment = createEnvironment(environment.value);
    state.status.set('ready');
    state.applyClient(client.value);
  };
  state.platform.after(pause, () => void again());
}

const isUnknownDevBrowser = ({ client }: Beginning) =>
  client.status === 'rejected' && hasCode(client.reason, 'dev_browser_unauthenticated');
