/** Session tokens: kept until shortly before they expire, asked for once however many want one (dossier part 1, §6). */
import { ClerkOfflineError, ClerkRuntimeError, isNetworkError, statusOf } from '../errors.ts';
import type { Session } from '../resources/session.ts';
import type { GetTokenOptions } from '../resources/types.ts';
import type { FrontendApi } from '../transport/frontend-api.ts';
import type { Platform } from '../transport/platform.ts';
import { timingOf, withRetries } from '../transport/retry.ts';
import { tokenEndpoints } from '../wire/token.ts';
import { readToken } from './token.ts';
import type { TokenClaims } from './token.ts';

/** A token, and when it came. Its age is counted from there: the clocks of browser and service may differ by hours. */
export interface KnownToken {
  jwt: string;
  claims: TokenClaims;
  receivedAt: number;
}

/** What is told of a token that was accepted. */
export type TokenObserver = (session: Session, jwt: string) => void;

/** Milliseconds before its end from which on a token is no longer handed out. */
const reserve = 5000;
/** How long to wait for another tab that is asking for a token. */
const lockPatience = 5000;
const lockName = 'clerk.lock.refreshSessionToken';
const requestAttempts = 3;

export class SessionTokens {
  readonly #api: FrontendApi;
  readonly #platform: Platform;
  /** The token that another tab has written for the page's server. */
  readonly #readShared: () => string | undefined;
  readonly #observe: TokenObserver;
  readonly #known = new Map<string, KnownToken>();
  /** Another map once tokens are forgotten: what was asked for before may say what no longer holds. */
  #running = new Map<string, Promise<string>>();
  /** The longest life, in seconds, that the service has given a token of ours. */
  #lifetime = 0;

  constructor(api: FrontendApi, platform: Platform, readShared: () => string | undefined, observe: TokenObserver) {
    this.#api = api;
    this.#platform = platform;
    this.#readShared = readShared;
    this.#observe = observe;
  }

  /** The token of a session, without a template, if there is one; perhaps expired. */
  current(session: Session): KnownToken | undefined {
    return this.#known.get(keyOf(session, {}));
  }

  /** Milliseconds until a token ends; negative once it has. */
  remaining({ claims, receivedAt }: KnownToken): number {
    const age = this.#platform.now() - receivedAt;
    // A clock that was set back says nothing about the age.
    return age < 0 ? -1 : (claims.exp - claims.iat) * 1000 - age;
  }

  async get(session: Session, options: GetTokenOptions): Promise<string | null> {
    if (!session.user) return null;
    const key = keyOf(session, options);
    const cached = this.#usable(key);
    if (cached && !options.skipCache) return cached;
    try {
      return await this.#share(session, key, options);
    } catch (error) {
      // The last seconds are better than nothing.
      const last = isTemporary(error) && !options.skipCache && this.#usable(key, 0);
      if (last) return last;
      throw error;
    }
  }

  /** Replaces the token of a session before it ends; does nothing if another tab has just done so. */
  async refresh(session: Session): Promise<void> {
    if (session.user) await this.#share(session, keyOf(session, {}), {});
  }

  #share(session: Session, key: string, options: GetTokenOptions): Promise<string> {
    const running = this.#running.get(key);
    if (running && !options.skipCache) return running;
    const request = this.#obtain(session, key, options).finally(() => {
      if (this.#running.get(key) === request) this.#running.delete(key);
    });
    this.#running.set(key, request);
    return request;
  }

  /** Takes over the token that came with a session, unless a fresher one is known; `receivedAt` is when it came. */
  prime(session: Session, receivedAt: number): void {
    const jwt = session.lastActiveToken?.getRawString();
    const known = this.current(session);
    if (jwt && jwt !== known?.jwt) {
      const claims = readToken(jwt);
      if (claims && belongsTo(session, claims, {}) && !isOlder(claims, known?.claims)) {
        this.#accept(session, keyOf(session, {}), { jwt, claims, receivedAt });
        return;
      }
    }
    session.setToken(known?.jwt);
  }

  /** Takes a token that another tab says it got: a hint, believed as far as it fits what is known (security.md, B9). */
  adopt(session: Session, jwt: unknown): void {
    const claims = readToken(jwt);
    const known = this.current(session)?.claims;
    if (!claims || !belongsTo(session, claims, {}) || claims.exp - claims.iat > this.#lifetime) return;
    if (known && (claims.iat <= known.iat || isOlder(claims, known))) return;
    // Its age can only be told by the clock, as it did not come from the service.
    const receivedAt = Math.min(this.#platform.now(), claims.iat * 1000);
    const token = { jwt: jwt as string, claims, receivedAt };
    if (this.remaining(token) > reserve) this.#accept(session, keyOf(session, {}), token);
  }

  /**
   * Lets the tokens of a session count as expired, but for its own if that came at `since` or later: no others come with an answer.
   * What they were still says what is older.
   */
  forget(sessionId: string, since = Infinity): void {
    this.#running = new Map();
    for (const [key, token] of this.#known) {
      // Two blanks: no template.
      if (key.startsWith(`${sessionId} `) && (!key.startsWith(`${sessionId}  `) || token.receivedAt < since)) token.receivedAt = -Infinity;
    }
  }

  #usable(key: string, least = reserve): string | undefined {
    const token = this.#known.get(key);
    return token && this.remaining(token) > least ? token.jwt : undefined;
  }

  async #obtain(session: Session, key: string, options: GetTokenOptions): Promise<string> {
    if (options.template || options.skipCache) return this.#request(session, key, options);
    const known = this.#known.get(key);
    return this.#platform.exclusively(lockName, lockPatience, async () => {
      // Another tab may have got one meanwhile; its message can be on its way still, its cookie is there.
      this.adopt(session, this.#readShared());
      return (this.#known.get(key) !== known && this.#usable(key)) || this.#request(session, key, options);
    });
  }

  async #request(session: Session, key: string, options: GetTokenOptions): Promise<string> {
    const running = this.#running;
    try {
      const jwt = await withRetries(() => this.#send(session, options), {
        ...timingOf(this.#platform),
        attempts: requestAttempts,
        shouldRetry: (error) => isTemporary(error) && this.#platform.isOnline(),
      });
      const claims = readToken(jwt);
      if (!claims || !belongsTo(session, claims, options)) {
        throw new ClerkRuntimeError("The token is somebody else's", { code: 'invalid_response' });
      }
      if (running === this.#running) this.#accept(session, key, { jwt, claims, receivedAt: this.#platform.now() });
      return jwt;
    } catch (error) {
      throw isNetworkError(error) && !this.#platform.isOnline() ? new ClerkOfflineError(error) : error;
    }
  }

  async #send(session: Session, options: GetTokenOptions): Promise<string> {
    const { template = '', skipCache } = options;
    const { jwt } = await this.#api.call(template ? tokenEndpoints.createTokenFromTemplate : tokenEndpoints.createToken, {
      path: { sessionId: session.id, template },
      query: skipCache ? { debug: 'skip_cache' } : {},
      body: template ? {} : { organizationId: organizationOf(session, options) },
    });
    return jwt;
  }

  #accept(session: Session, key: string, token: KnownToken): void {
    this.#known.set(key, token);
    if (key !== keyOf(session, {})) return;
    this.#lifetime = Math.max(this.#lifetime, token.claims.exp - token.claims.iat);
    session.setToken(token.jwt);
    this.#observe(session, token.jwt);
  }
}

const organizationOf = (session: Session, { organizationId }: GetTokenOptions) =>
  organizationId === undefined ? session.lastActiveOrganizationId : organizationId;

const keyOf = (session: Session, options: GetTokenOptions) =>
  `${session.id} ${options.template ?? ''} ${organizationOf(session, options) ?? ''}`;

const belongsTo = (session: Session, claims: TokenClaims, { template }: GetTokenOptions) =>
  (claims.sid === session.id || (Boolean(template) && claims.sid === undefined)) && claims.sub === session.user?.id;

/** Whether `claims` were read from the database before `known`. Without that mark the newcomer counts as fresher. */
const isOlder = (claims: TokenClaims, known: TokenClaims | undefined) =>
  known?.oiat !== undefined &&
  claims.oiat !== undefined &&
  known.organizationId === claims.organizationId &&
  (claims.oiat < known.oiat || (claims.oiat === known.oiat && claims.iat < known.iat));

/** Whatever is not the API's own refusal. */
const isTemporary = (error: unknown) => !(statusOf(error) < 500);
