/** The cookies by which the page's own server knows who is there (dossier part 1, §5.8). */
import type { Client } from '../resources/client.ts';
import type { Session } from '../resources/session.ts';
import { readCookie, removeCookie, writeCookie } from '../transport/cookies.ts';
import type { Platform } from '../transport/platform.ts';
import { SuffixedCookies } from '../transport/suffixed-cookies.ts';
import type { Instance } from './instance.ts';

const sessionName = '__session';
const contextName = 'clerk_active_context';
const probeName = '__clerk_test_etld';

export class SessionCookies extends SuffixedCookies {
  readonly #instance: Instance;
  #domain: string | undefined | null = null;

  constructor(platform: Platform, instance: Instance) {
    super(platform);
    this.#instance = instance;
  }

  /** The session token that was written last, by any tab. */
  readSession(): string | undefined {
    return this.read(sessionName);
  }

  /** Writes what is true now. A session without a token at hand leaves its cookie alone. */
  publish(client: Client, session: Session | null): void {
    const { cookies } = this.platform;
    const context = session && `${session.id}:${session.lastActiveOrganizationId ?? ''}`;
    if (!context) {
      this.remove(sessionName);
      removeCookie(cookies, contextName, this.attributes());
    } else if (this.#mayWrite(context)) {
      const token = session.lastActiveToken?.getRawString();
      if (token) this.write(sessionName, token);
      writeCookie(cookies, contextName, context, this.attributes());
    }
    this.#writeClient(client);
  }

  /** When the client last signed in or out, in seconds. In production the service writes it. */
  #writeClient(client: Client): void {
    const { frontendApi, instanceType, isLocal } = this.#instance;
    const host = this.platform.url().hostname;
    if (instanceType !== 'development' || (!isLocal && `.${host}`.endsWith(`.${frontendApi.replace(/^.*?clerk\./, '')}`))) return;
    const seconds = client.signedInSessions.length && client.updatedAt ? Math.floor(client.updatedAt.getTime() / 1000) : 0;
    this.write('__client_uat', String(seconds), {
      sameSite: this.platform.isForeignFrame() ? 'None' : 'Strict',
      domain: this.#registrableDomain(host),
    });
  }

  /** Another tab may be showing another session: the one in front decides. */
  #mayWrite(context: string): boolean {
    const { platform } = this;
    const current = readCookie(platform.cookies, contextName);
    return !current || current === context || platform.isFocused() || (platform.isForeignFrame() && platform.isVisible());
  }

  /** The widest domain that takes cookies, found by trying; none where hosts have no parent. */
  #registrableDomain(host: string): string | undefined {
    if (this.#domain !== null) return this.#domain;
    this.#domain = undefined;
    const labels = host.split('.');
    if (/^[\d.]+$|:/.test(host)) labels.length = 0;
    const { cookies } = this.platform;
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
