/** Passkeys of people in tests, registered as a browser does it. */
import type { SettingsFile } from '../../demo/server/settings.ts';
import type { TestApi } from './api.ts';
import type { FrontendClient } from './frontend-client.ts';
import { createPasskeyDevice } from './passkey-device.ts';
import type { PasskeyDevice } from './passkey-device.ts';

/** An instance that offers them. */
export const withPasskeys: SettingsFile = { attributes: { passkey: { enabled: true } } };

/** Origin of a page of this server by a name: on pages of an IP address there are no passkeys. */
export const namedOrigin = ({ url }: Pick<TestApi, 'url'>): string => url.replace('127.0.0.1', 'localhost');

/** Registers a passkey in a session of its owner. */
export async function addPasskey(
  browser: FrontendClient,
  { sessionId, device }: { sessionId: string; device: PasskeyDevice },
): Promise<{ passkeyId: string; device: PasskeyDevice }> {
  const created = await browser.call('POST', '/me/passkeys', {}, { sessionId });
  if (created.status !== 200) throw new Error(JSON.stringify(created.body));
  const form = { strategy: 'passkey', public_key_credential: device.register(created.response.verification.nonce) };
  const passkeyId = created.response.id as string;
  const verified = await browser.call('POST', `/me/passkeys/${passkeyId}/attempt_verification`, form, { sessionId });
  if (verified.status !== 200) throw new Error(JSON.stringify(verified.body));
  return { passkeyId, device };
}

export { createPasskeyDevice };
export type { PasskeyDevice };
