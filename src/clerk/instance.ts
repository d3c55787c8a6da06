/** Which instance a page belongs to: key, proxy and domain, and the addresses that follow from them (dossier part 1, §1). */
import { isLoopbackHost, isServiceDevelopmentHost, parsePublishableKey } from '../rules/publishable-key.ts';
import type { PublishableKey } from '../rules/publishable-key.ts';
import type { ClerkConstructorOptions } from './clerk-api.ts';

export class Instance {
  readonly publishableKey: string;
  readonly frontendApi: string;
  readonly instanceType: PublishableKey['instanceType'];
  readonly #options: ClerkConstructorOptions;
  readonly #pageUrl: () => URL;

  /** @throws Error that says what is wrong with the key */
  constructor(key: string, options: ClerkConstructorOptions, pageUrl: () => URL) {
    const parsed = parsePublishableKey(key);
    if (!parsed) throw new Error(keyProblem(key));
    this.publishableKey = key.trim();
    this.frontendApi = parsed.frontendApi;
    this.instanceType = parsed.instanceType;
    this.#options = options;
    this.#pageUrl = pageUrl;
  }

  /** Absolute, without a slash at its end; empty without a proxy. */
  get proxyUrl(): string {
    const given = this.#resolve(this.#options.proxyUrl);
    if (!given) return '';
    if (!/^(https?:\/\/|\/)/.test(given)) throw new Error(`clerk-lit: the proxy URL "${given}" must begin with https:// or /.`);
    const { origin, pathname } = new URL(given, this.#pageUrl());
    return (origin + pathname).replace(/\/+$/, '');
  }

  get domain(): string {
    const given = this.#resolve(this.#options.domain).replace(/^https?:\/\//, '');
    return !given || this.#isDevelopment || /\.clerk\.accounts|^clerk\..+\./.test(given) ? given : `clerk.${given}`;
  }

  /** Where requests go, with `/v1`. Plain `http:` is meant for hosts that only this machine answers. */
  get apiUrl(): string {
    const host = (!this.#isDevelopment && this.domain) || this.frontendApi;
    return `${this.proxyUrl || `${isLoopbackHost(host) ? 'http' : 'https'}://${host}`}/v1`;
  }

  /** Whether the client is known by a credential in the address instead of a cookie. */
  get usesDevBrowser(): boolean {
    return this.#isDevelopment && (isServiceDevelopmentHost(this.frontendApi) || this.isLocal);
  }

  /** The API runs on this machine, whatever host the key names. */
  get isLocal(): boolean {
    return isLoopbackHost(new URL(this.apiUrl).host);
  }

  /** Host of the pages that the service itself hosts. */
  get portalHost(): string {
    return this.frontendApi.replace(/clerk\.(accounts\.)?/, 'accounts.');
  }

  get #isDevelopment(): boolean {
    return this.instanceType === 'development';
  }

  #resolve(option: string | ((url: URL) => string) | undefined): string {
    return (typeof option === 'function' ? option(this.#pageUrl()) : option) || '';
  }
}

function keyProblem(key: string | undefined): string {
  let why = `is invalid: "${key}" is not pk_test_ or pk_live_ and the base64 of a host and "$"`;
  if (!key?.trim()) why = 'is missing';
  // A secret must not be repeated on a console.
  else if (/^\s*sk_/.test(key)) why = 'is a secret key: renew it';
  return `clerk-lit: The publishableKey ${why}. Copy it from your instance, or from what \`npm start\` printed.`;
}
