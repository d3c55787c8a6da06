/** Second factors for tests, as a backend brings them along. */
import { createTotpSecret } from '../../demo/server/domain/totp.ts';
import type { SettingsFile } from '../../demo/server/settings.ts';
import type { TestApi } from './api.ts';
import { createBackendClient } from './backend-client.ts';

/** An instance that offers all of them. */
export const withSecondFactors: SettingsFile = {
  attributes: { authenticator_app: { enabled: true }, backup_code: { enabled: true } },
};

/** An instance in which the second step may be anything; who has no second factor proves an address in a browser that is new to them. */
export const withEverySecondStep: SettingsFile = {
  attributes: { ...withSecondFactors.attributes, phone_number: { enabled: true, second_factors: ['phone_code'] } },
  client_trust: true,
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

/** Gives a user a phone number that is kept for the second step. */
export async function addSecondPhoneNumber(api: TestApi, userId: string, phoneNumber: string): Promise<void> {
  const body = { user_id: userId, phone_number: phoneNumber, verified: true, reserved_for_second_factor: true };
  const { status, body: answer } = await createBackendClient(api)('POST', '/phone_numbers', { body });
  if (status !== 200) throw new Error(JSON.stringify(answer));
}

export const addBackupCodes = (api: TestApi, userId: string, codes: string[]): Promise<void> =>
  update(api, userId, { backup_codes: codes });
