/** The cookies by which the page's own server knows who is there (dossier part 1, §5.8). Both families always say the same. */
import type { Client } from '../resources/client.ts';
import type { Session } from '../resources/session.ts';
import { oneYear, readCookie, removeCookie, writeCookie } from '../transport/cookies.ts';
import type { CookieAttributes } from '../transport/cookies.ts';
import type { Platform } from '../transport/platform.ts';
import type { Instance } from './instance.ts';

const sessionName = '__session';
const clientName = '__client_uat';
const contextName = 'clerk_active_context';
const probeName = '__clerk_test_etld';

export class SessionCookies {
  /** Cookie suffix of the key; empty until it is known. */
  suffix = '';
  readonly #platform: Platform;
  readonly #instance: Instance;
  #domain: string | undefined | null = null;

  constructor(platform: Platform, instance: Instance) {
    this.#platform = platform;
    this.#instance = instance;
  }

  /** How cookies of this page must be written. */
  attributes(): CookieAttributes {
    const isForeign = this.#platform.isForeignFrame();
    return {
      sameSite: isForeign ? 'None' : 'Lax',
      secure: this.#platform.url().protocol === 'https:' || isForeign,
    };
  }

  /** The session token that was written last, by any tab. */
  readSession(): string | undefined {
    const { cookies } = this.#platform;
    return this.#names(sessionName).map((name) => readCookie(cookies, name)).find(Boolean);
  }

  /** Writes what is true now. A session without a token at hand leaves its cookie alone. */
  write(client: Client, session: Session | null): void {
    const { cookies } = this.#platform;
    const attributes = this.attributes();
    const context = session && `${session.id}:${session.lastActiveOrganizationId ?? ''}`;
    if (!context) {
      for (const name of this.#names(sessionName)) removeCookie(cookies, name, attributes);
      removeCookie(cookies, contextName, attributes);
    } else if (this.#mayWrite(context)) {
      const token = session.lastActiveToken?.getRawString();
      if (token) for (const name of this.#names(sessionName)) writeCookie(cookies, name, token, { ...attributes, maxAge: oneYear });
      writeCookie(cookies, contextName, context, attributes);
    }
    this.#writeClient(client);
  }

  /** When the client last signed in or out, in seconds. In production the service writes it. */
  #writeClient(client: Client): void {
    const { frontendApi, instanceType, isLocal } = this.#instance;
    const host = this.#platform.url().hostname;
    if (instanceType !== 'development' || (!isLocal && `.${host}`.endsWith(`.${frontendApi.replace(/^.*?clerk\./, '')}`))) return;
    const seconds = client.signedInSessions.length && client.updatedAt ? Math.floor(client.updatedAt.getTime() / 1000) : 0;
    const sameSite = this.#platform.isForeignFrame() ? 'None' : 'Strict';
    const attributes = { ...this.attributes(), sameSite, domain: this.#registrableDomain(host), maxAge: oneYear } as const;
    for (const name of this.#names(clientName)) writeCookie(this.#platform.cookies, name, String(seconds), attributes);
  }

  /** Another tab may be showing another session: the one in front decides. */
  #mayWrite(context: string): boolean {
    const current = readCookie(this.#platform.cookies, contextName);
    return !current || current === context || this.#platform.isFocused() || (this.#platform.isForeignFrame() && this.#platform.isVisible());
  }

  #names(name: string): string[] {
    return this.suffix ? [`${name}_${this.suffix}`, name] : [name];
  }

  /** The widest domain that takes cookies, found by trying; none where hosts have no parent. */
  #registrableDomain(host: string): string | undefined {
    if (this.#domain !== null) return this.#domain;
    this.#domain = undefined;
    const labels = host.split('.');
    if (labels.length < 2 || /^[\d.]+$|:/.test(host)) return undefined;
    const { cookies } = this.#platform;
    for (let count = 2; count <= labels.length; count++) {
      const domain = labels.slice(-count).join('.');
      writeCookie(cookies, probeName, '1', { domain });
      if (!readCookie(cookies, probeName)) continue;
      removeCookie(cookies, probeName, { domain });
      return (this.#domain = domain);
    }
    return undefined;
  }
}
