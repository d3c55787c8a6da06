/** Second factors for tests, as a backend brings them along. */
import { createTotpSecret } from '../../demo/server/domain/totp.ts';
import type { SettingsFile } from '../../demo/server/settings.ts';
import type { TestApi } from './api.ts';
import { createBackendClient } from './backend-client.ts';

/** An instance that offers all of them. */
export const withSecondFactors: SettingsFile = {
  attributes: { authenticator_app: { enabled: true }, backup_code: { enabled: true } },
};

async function update(api: TestApi, userId: string, body: object): Promise<void> {
  const { status, body: answer } = await createBackendClient(api)('PATCH', `/users/${userId}`, { body });
  if (status !== 200) throw new Error(JSON.stringify(answer));
}

/** Gives a user an authenticator app. @returns its secret, in base32. */
export async function addAuthenticator(api: TestApi, userId: string): Promise<string> {
  const secret = createTotpSecret();
  await update(api, userId, { totp_secret: secret });
  return secret;
}

export const addBackupCodes = (api: TestApi, userId: string, codes: string[]): Promise<void> =>
  update(api, userId, { backup_codes: codes });
