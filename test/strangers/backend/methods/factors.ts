/** `clerk.users`, as far as second factors, passkeys and accounts at other providers go; and the addresses and numbers of a user. */
import assert from 'node:assert/strict';
import { appCode } from '../../../support/authenticator-app.ts';
import { addExternalAccount } from '../../../support/external-accounts.ts';
import { createFrontendClient } from '../../../support/frontend-client.ts';
import { addPasskey, createPasskeyDevice, namedOrigin } from '../../../support/passkeys.ts';
import { addressOf, password, refusal } from './stage.ts';
import type { Rows, Stage } from './stage.ts';

/** Of RFC 6238, appendix B. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const backupCodes = ['spare-code-1', 'spare-code-2'];

const createProtected = ({ create }: Stage) => create({ totpSecret: secret, backupCodes });
const flagsOf = async ({ clerk }: Stage, id: string) => {
  const { totpEnabled, backupCodeEnabled, twoFactorEnabled } = await clerk.users.getUser(id);
  return [totpEnabled, backupCodeEnabled, twoFactorEnabled];
};

export const factors: Rows = {
  'users.verifyTOTP': async (stage) => {
    const { clerk } = stage;
    const { id: userId } = await createProtected(stage);
    const code = appCode(secret, Date.now());
    assert.deepEqual(await clerk.users.verifyTOTP({ userId, code }), { verified: true, code_type: 'totp' });
    assert.deepEqual(await refusal(clerk.users.verifyTOTP({ userId, code })), [422, 'totp_incorrect_code']);
  },

  'users.disableUserMFA': async (stage) => {
    const { id } = await createProtected(stage);
    assert.deepEqual(await flagsOf(stage, id), [true, true, true]);
    await stage.clerk.users.disableUserMFA(id);
    assert.deepEqual(await flagsOf(stage, id), [false, false, false]);
  },

  'users.deleteUserTOTP': async (stage) => {
    const { id } = await createProtected(stage);
    await stage.clerk.users.deleteUserTOTP(id);
    // Backup codes without a second factor to back up are none.
    assert.deepEqual((await flagsOf(stage, id))[0], false);
    const verified = stage.clerk.users.verifyTOTP({ userId: id, code: appCode(secret, Date.now()) });
    assert.match(String(await refusal(verified)), /^(400,totp_disabled|422,totp_incorrect_code)$/);
  },

  'users.deleteUserBackupCodes': async (stage) => {
    const { id } = await createProtected(stage);
    await stage.clerk.users.deleteUserBackupCodes(id);
    assert.deepEqual(await flagsOf(stage, id), [true, false, true]);
  },

  'users.deleteUserPasskey': async ({ api, clerk, create }) => {
    const user = await create();
    const browser = await createFrontendClient(api, { origin: namedOrigin(api) });
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: addressOf(user), password });
    const sessionId = response.created_session_id as string;
    const { passkeyId } = await addPasskey(browser, { sessionId, device: createPasskeyDevice(namedOrigin(api)) });
    const deleted = await clerk.users.deleteUserPasskey({ userId: user.id, passkeyIdentificationId: passkeyId });
    assert.equal(deleted.deleted, true);
    const again = clerk.users.deleteUserPasskey({ userId: user.id, passkeyIdentificationId: passkeyId });
    assert.deepEqual(await refusal(again), [404, 'resource_not_found']);
  },

  'users.getUserOauthAccessToken': async ({ api, clerk, create }) => {
    const { id } = await create();
    assert.deepEqual((await clerk.users.getUserOauthAccessToken(id, 'google')).data, []);
    // Connected without a token, as by One Tap: there is none to give.
    await addExternalAccount(api, id, { strategy: 'oauth_google', email_address: 'elsewhere@example.com' });
    assert.deepEqual((await clerk.users.getUserOauthAccessToken(id, 'google')).totalCount, 0);
    assert.deepEqual(await refusal(clerk.users.getUserOauthAccessToken('user_unknown', 'google')), [404, 'resource_not_found']);
  },

  'users.deleteUserExternalAccount': async ({ api, clerk, create }) => {
    const { id: userId } = await create();
    await addExternalAccount(api, userId, { strategy: 'oauth_google', email_address: 'elsewhere@example.com' });
    const [account] = (await clerk.users.getUser(userId)).externalAccounts;
    assert.deepEqual([account?.provider, account?.emailAddress], ['oauth_google', 'elsewhere@example.com']);
    const deleted = await clerk.users.deleteUserExternalAccount({ userId, externalAccountId: account?.id ?? '' });
    assert.equal(deleted.deleted, true);
    assert.deepEqual((await clerk.users.getUser(userId)).externalAccounts, []);
  },

  'emailAddresses.createEmailAddress': async ({ clerk, create }) => {
    const { id: userId } = await create();
    const address = await clerk.emailAddresses.createEmailAddress({ userId, emailAddress: 'created@example.com' });
    assert.deepEqual([address.emailAddress, address.verification?.status], ['created@example.com', undefined]);
    const again = clerk.emailAddresses.createEmailAddress({ userId, emailAddress: 'created@example.com', verified: true });
    assert.match(String(await refusal(again)), /^422,form_identifier_exists/);
  },

  'emailAddresses.getEmailAddress': async ({ clerk, create }) => {
    const user = await create();
    const address = await clerk.emailAddresses.getEmailAddress(user.primaryEmailAddressId ?? '');
    assert.deepEqual([address.emailAddress, address.verification?.status], [addressOf(user), 'verified']);
  },

  'emailAddresses.updateEmailAddress': async ({ clerk, create }) => {
    const { id: userId } = await create();
    const { id } = await clerk.emailAddresses.createEmailAddress({ userId, emailAddress: 'updated@example.com' });
    const updated = await clerk.emailAddresses.updateEmailAddress(id, { verified: true, primary: true });
    assert.equal(updated.verification?.status, 'verified');
    assert.equal((await clerk.users.getUser(userId)).primaryEmailAddressId, id);
  },

  'emailAddresses.deleteEmailAddress': async ({ clerk, create }) => {
    const { id: userId } = await create();
    const { id } = await clerk.emailAddresses.createEmailAddress({ userId, emailAddress: 'deleted@example.com', verified: true });
    assert.equal((await clerk.emailAddresses.deleteEmailAddress(id)).deleted, true);
    assert.deepEqual(await refusal(clerk.emailAddresses.getEmailAddress(id)), [404, 'resource_not_found']);
  },

  'phoneNumbers.createPhoneNumber': async ({ clerk, create }) => {
    const { id: userId } = await create();
    const number = await clerk.phoneNumbers.createPhoneNumber({
      userId,
      phoneNumber: '+1 415 555 0140',
      verified: true,
      reservedForSecondFactor: true,
    });
    assert.deepEqual([number.phoneNumber, number.reservedForSecondFactor], ['+14155550140', true]);
    assert.equal((await clerk.users.getUser(userId)).twoFactorEnabled, true);
  },

  'phoneNumbers.getPhoneNumber': async ({ clerk, create }) => {
    const user = await create({ phoneNumber: ['+14155550141'] });
    assert.equal((await clerk.phoneNumbers.getPhoneNumber(user.primaryPhoneNumberId ?? '')).phoneNumber, '+14155550141');
  },

  'phoneNumbers.updatePhoneNumber': async ({ clerk, create }) => {
    const { id: userId } = await create();
    const { id } = await clerk.phoneNumbers.createPhoneNumber({ userId, phoneNumber: '+14155550142' });
    const updated = await clerk.phoneNumbers.updatePhoneNumber(id, { verified: true, primary: true });
    assert.equal(updated.verification?.status, 'verified');
    assert.equal((await clerk.users.getUser(userId)).primaryPhoneNumberId, id);
  },

  'phoneNumbers.deletePhoneNumber': async ({ clerk, create }) => {
    const user = await create({ phoneNumber: ['+14155550143'] });
    const id = user.primaryPhoneNumberId ?? '';
    assert.equal((await clerk.phoneNumbers.deletePhoneNumber(id)).deleted, true);
    assert.deepEqual(await refusal(clerk.phoneNumbers.getPhoneNumber(id)), [404, 'resource_not_found']);
  },
};
