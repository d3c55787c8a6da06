/** Publishable keys (dossier part 1, §1.1): `pk_test_` or `pk_live_`, then base64 of `<frontend api host>$`. */

/** What a valid key says. */
export interface PublishableKey {
  instanceType: 'development' | 'production';
  /** Host of the Frontend API, with port if there is one. */
  frontendApi: string;
}

/** Reads a key; `undefined` where it is not valid. Spaces around it are ignored, as founding pages carry them. */
export function parsePublishableKey(key: string | undefined | null): PublishableKey | undefined {
  const [, kind, payload = ''] = /^\s*pk_(test|live)_([^_\s]+)\s*$/.exec(key ?? '') ?? [];
  try {
    // Host grammar, not only "has a dot": the key decides where credentials are sent.
    const [, frontendApi] = /^([a-z\d-]+(?:\.[a-z\d-]+)+(?::\d{1,5})?)\$$/i.exec(atob(payload)) ?? [];
    return frontendApi ? { instanceType: kind === 'test' ? 'development' : 'production', frontendApi } : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a key, unpadded as Clerk's own tools do. */
export function createPublishableKey({ instanceType, frontendApi }: PublishableKey): string {
  const payload = btoa(`${frontendApi}$`).replace(/=+$/, '');
  return `pk_${instanceType === 'development' ? 'test' : 'live'}_${payload}`;
}

/** A host that only this machine answers: there, and only there, plain `http:` is meant. */
export function isLoopbackHost(host: string): boolean {
  return /^((.+\.)?localhost|\[::1]|127(\.\d{1,3}){3})(:\d+)?$/i.test(host);
}

/** A host of the hosted service for development instances (§1.2). No server but the service itself has such a name. */
export function isServiceDevelopmentHost(host: string): boolean {
  return /((\.lcl|\.stg|accounts)(stage)?\.dev|\.(dev|stg|accounts)\.lclclerk\.com)$/.test(host);
}

/** Cookie suffix of a key: SHA-1 of the key text as given, base64url, first 8 characters. */
export async function cookieSuffix(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(key));
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .slice(0, 8);
}
