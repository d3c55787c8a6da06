/** A situation for every endpoint of the Frontend API in which it answers 2xx, for tests that go through all of them. */
import type { SettingsFile } from '../../demo/server/settings.ts';
import type { EndpointName } from '../../src/wire/endpoints.ts';
import type { TestApi } from './api.ts';
import { appCode } from './authenticator-app.ts';
import { addExternalAccount } from './external-accounts.ts';
import type { FrontendAnswer, FrontendClient } from './frontend-client.ts';
import { testNumber } from './phone-numbers.ts';
import { addPasskey, createPasskeyDevice, namedOrigin, withPasskeys } from './passkeys.ts';
import { withSecondFactors } from './second-factors.ts';

/** Settings that all of them need: what is off by default is asked for too. */
export const situatedInstance: SettingsFile = {
  attributes: {
    ...withSecondFactors.attributes,
    ...withPasskeys.attributes,
    phone_number: { enabled: true, second_factors: ['phone_code'] },
  },
  client_trust: true,
  social: [{ strategy: 'oauth_google' }],
};

/** Who asks: a browser, and a user with `password` whom {@link situatedUser} was given to. */
export interface Situation {
  api: Pick<TestApi, 'database' | 'url'>;
  /** On a page that has a name. */
  browser: FrontendClient;
  emailAddress: string;
  /** Of that page; default: of the server, by its name. */
  origin?: string;
  /** The code that somebody has just been sent. Default: the one that test instances take from everybody. */
  codeFor?: (to: string) => Promise<string>;
}

/** Brings about a situation in which an endpoint answers 2xx, and calls it. */
export type SituatedCall = (situation: Situation, call: CallEndpoint) => Promise<FrontendAnswer>;
export type CallEndpoint = (path?: Record<string, string>, form?: Record<string, string>, sessionId?: string) => Promise<FrontendAnswer>;

export const password = 'quiet-marble-lantern';

/** A password is enough for them, but where a situation says otherwise. */
export const situatedUser = { password, bypass_client_trust: true };

const sentCode = async ({ codeFor }: Situation, to: string): Promise<string> => (await codeFor?.(to)) ?? '424242';

const originOf = ({ api, origin }: Situation): string => origin ?? namedOrigin(api);

const signIn = async ({ browser, emailAddress }: Situation): Promise<string> => {
  const answer = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
  return answer.response.created_session_id;
};

const startSignIn = async ({ browser, emailAddress }: Situation): Promise<{ signInId: string; emailAddressId: string }> => {
  const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress });
  const factor = response.supported_first_factors.find(({ strategy }: { strategy: string }) => strategy === 'email_code');
  return { signInId: response.id, emailAddressId: factor.email_address_id };
};

const startReset = async (situation: Situation): Promise<string> => {
  const { signInId, emailAddressId } = await startSignIn(situation);
  const strategy = 'reset_password_email_code';
  await situation.browser.call('POST', `/client/sign_ins/${signInId}/prepare_first_factor`, { strategy, email_address_id: emailAddressId });
  const code = await sentCode(situation, situation.emailAddress);
  await situation.browser.call('POST', `/client/sign_ins/${signInId}/attempt_first_factor`, { strategy, code });
  return signInId;
};

const newcomer = (address: string) => ({ email_address: address.replace('person', 'newcomer'), password });

const startSignUp = async ({ browser, emailAddress }: Situation): Promise<{ signUpId: string }> => {
  const { response } = await browser.call('POST', '/client/sign_ups', newcomer(emailAddress));
  return { signUpId: response.id };
};

const withSession =
  (form: Record<string, string> = {}): SituatedCall =>
  async (situation, call) => {
    const sessionId = await signIn(situation);
    return call({ sessionId, template: 'none' }, form, sessionId);
  };

/** A sign-in with the right password, from a browser that is not trusted. */
const startSecondFactor = async ({ api, browser, emailAddress }: Situation): Promise<{ signInId: string }> => {
  const owner = api.database.selectFrom('email_addresses').select('user_id').where('email_address', '=', emailAddress);
  await api.database.updateTable('users').set({ bypass_client_trust: false }).where('id', '=', owner).execute();
  const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
  return { signInId: response.id };
};

const createAuthenticator = async (situation: Situation): Promise<{ sessionId: string; secret: string; form: { code: string } }> => {
  const sessionId = await signIn(situation);
  const { response } = await situation.browser.call('POST', '/me/totp', {}, { sessionId });
  return { sessionId, secret: response.secret, form: { code: appCode(response.secret, Date.now()) } };
};

/** Somebody with a passkey. */
const ownPasskey = async (situation: Situation) => {
  const sessionId = await signIn(situation);
  const device = createPasskeyDevice(originOf(situation));
  return { sessionId, ...(await addPasskey(situation.browser, { sessionId, device })) };
};

const withPasskey =
  (form: Record<string, string> = {}): SituatedCall =>
  async (situation, call) => {
    const { sessionId, passkeyId } = await ownPasskey(situation);
    return call({ passkeyId }, form, sessionId);
  };

/** A reverification under way. */
const startReverification = async ({ browser }: Situation, sessionId: string, level = 'first_factor'): Promise<any> => {
  const { response } = await browser.call('POST', `/client/sessions/${sessionId}/verify`, { level });
  return response;
};

/** A page that providers send people back to. */
const returnUrl = ({ origin = 'http://localhost:3000' }: Situation): string => `${origin}/sso-callback`;

/** Somebody who has connected an account. */
const connectAccount = async (situation: Situation): Promise<{ sessionId: string; externalAccountId: string }> => {
  const sessionId = await signIn(situation);
  const owner = await situation.api.database
    .selectFrom('email_addresses')
    .select('user_id')
    .where('email_address', '=', situation.emailAddress)
    .executeTakeFirstOrThrow();
  const { id: externalAccountId } = await addExternalAccount(situation.api, owner.user_id, { strategy: 'oauth_google' });
  return { sessionId, externalAccountId };
};

/** Adds something of one's own that takes the code 424242, and asks for its code. */
const addOwn = async (situation: Situation, kind: 'email_address' | 'phone_number') => {
  const sessionId = await signIn(situation);
  const { browser, emailAddress } = situation;
  const value = kind === 'phone_number' ? testNumber() : emailAddress.replace('person', 'further');
  const collection = kind === 'phone_number' ? 'phone_numbers' : 'email_addresses';
  const { response } = await browser.call('POST', `/me/${collection}`, { [kind]: value }, { sessionId });
  const path = { emailAddressId: response.id, phoneNumberId: response.id };
  const prepare = (strategy: string) =>
    browser.call('POST', `/me/${collection}/${response.id}/prepare_verification`, { strategy }, { sessionId });
  return { sessionId, path, prepare, value };
};

const withOwn =
  (kind: 'email_address' | 'phone_number', form: Record<string, string> = {}): SituatedCall =>
  async (situation, call) => {
    const { sessionId, path } = await addOwn(situation, kind);
    return call(path, form, sessionId);
  };

const withPrepared =
  (kind: 'email_address' | 'phone_number', strategy: string): SituatedCall =>
  async (situation, call) => {
    const { sessionId, path, prepare, value } = await addOwn(situation, kind);
    await prepare(strategy);
    return call(path, { code: await sentCode(situation, value) }, sessionId);
  };

/** Endpoints for which this product, or these settings, never have anything but a refusal. */
export const refused = {
  // No second factor there is has anything to send.
  prepareSecondReverification: async (situation, call) => {
    const sessionId = await signIn(situation);
    await startReverification(situation, sessionId, 'second_factor');
    return call({ sessionId }, { strategy: 'totp' });
  },
  joinWaitlist: ({ emailAddress }, call) => call({}, { email_address: emailAddress }),
  createTokenFromTemplate: withSession(),
  // Accounts need their password here.
  removePassword: withSession({ current_password: password }),
} satisfies Partial<Record<EndpointName, SituatedCall>>;

/** All others. */
export const answered: Record<Exclude<EndpointName, keyof typeof refused>, SituatedCall> = {
  createDevBrowser: (_situation, call) => call(),
  getEnvironment: (_situation, call) => call(),
  updateEnvironment: (_situation, call) => call(),
  getClient: async (situation, call) => {
    await signIn(situation);
    await situation.browser.call('POST', '/client/sign_ups', newcomer(situation.emailAddress));
    return call();
  },
  createClient: (_situation, call) => call(),
  deleteClient: (_situation, call) => call(),
  endAllSessions: withSession(),
  verifyClient: withSession({ captcha_token: 'x' }),
  createSignIn: ({ emailAddress }, call) => call({}, { identifier: emailAddress }),
  getSignIn: async (situation, call) => call(await startSignIn(situation)),
  prepareFirstFactor: async (situation, call) => {
    const { signInId, emailAddressId } = await startSignIn(situation);
    return call({ signInId }, { strategy: 'email_code', email_address_id: emailAddressId });
  },
  attemptFirstFactor: async (situation, call) => call(await startSignIn(situation), { strategy: 'password', password }),
  prepareSecondFactor: async (situation, call) => call(await startSecondFactor(situation), { strategy: 'email_code' }),
  attemptSecondFactor: async (situation, call) => {
    const { signInId } = await startSecondFactor(situation);
    await situation.browser.call('POST', `/client/sign_ins/${signInId}/prepare_second_factor`, { strategy: 'email_code' });
    return call({ signInId }, { strategy: 'email_code', code: await sentCode(situation, situation.emailAddress) });
  },
  resetPassword: async (situation, call) => call({ signInId: await startReset(situation) }, { password: 'another-marble-lantern' }),
  createSignUp: ({ emailAddress }, call) => call({}, newcomer(emailAddress)),
  getSignUp: async (situation, call) => call(await startSignUp(situation)),
  updateSignUp: async (situation, call) => call(await startSignUp(situation), { unsafe_metadata: '{"a":1}' }),
  prepareVerification: async (situation, call) => call(await startSignUp(situation), { strategy: 'email_code' }),
  attemptVerification: async (situation, call) => {
    const { signUpId } = await startSignUp(situation);
    await situation.browser.call('POST', `/client/sign_ups/${signUpId}/prepare_verification`, { strategy: 'email_code' });
    const code = await sentCode(situation, newcomer(situation.emailAddress).email_address);
    return call({ signUpId }, { strategy: 'email_code', code });
  },
  touchSession: withSession({ active_organization_id: '', intent: 'select_session' }),
  endSession: withSession(),
  removeSession: withSession(),
  getSession: withSession(),
  listActiveSessions: withSession(),
  listSessions: withSession(),
  revokeSession: withSession(),
  createToken: withSession({ organization_id: '', tab_state: 'focused' }),
  getUser: withSession(),
  updateUser: withSession({ unsafe_metadata: '{"a":1}' }),
  updateUserMetadata: withSession({ unsafe_metadata: '{"a":1}' }),
  deleteUser: withSession(),
  startReverification: withSession({ level: 'first_factor' }),
  prepareFirstReverification: async (situation, call) => {
    const sessionId = await signIn(situation);
    await startReverification(situation, sessionId);
    return call({ sessionId }, { strategy: 'email_code' });
  },
  attemptFirstReverification: async (situation, call) => {
    const sessionId = await signIn(situation);
    await startReverification(situation, sessionId);
    return call({ sessionId }, { strategy: 'password', password });
  },
  attemptSecondReverification: async (situation, call) => {
    const { sessionId, secret, form } = await createAuthenticator(situation);
    await situation.browser.call('POST', '/me/totp/attempt_verification', form, { sessionId });
    await startReverification(situation, sessionId, 'second_factor');
    return call({ sessionId }, { strategy: 'totp', code: appCode(secret, Date.now() + 30_000) });
  },
  changePassword: withSession({ current_password: password, new_password: 'another-marble-lantern' }),
  createTOTP: withSession(),
  verifyTOTP: async (situation, call) => {
    const { sessionId, form } = await createAuthenticator(situation);
    return call({}, form, sessionId);
  },
  deleteTOTP: async (situation, call) => call({}, {}, (await createAuthenticator(situation)).sessionId),
  createBackupCodes: async (situation, call) => {
    const { sessionId, form } = await createAuthenticator(situation);
    await situation.browser.call('POST', '/me/totp/attempt_verification', form, { sessionId });
    return call({}, {}, sessionId);
  },
  listEmailAddresses: withOwn('email_address'),
  createEmailAddress: async (situation, call) => {
    const sessionId = await signIn(situation);
    return call({}, { email_address: situation.emailAddress.replace('person', 'further') }, sessionId);
  },
  getEmailAddress: withOwn('email_address'),
  deleteEmailAddress: withOwn('email_address'),
  prepareEmailAddress: withOwn('email_address', { strategy: 'email_code' }),
  attemptEmailAddress: withPrepared('email_address', 'email_code'),
  listPhoneNumbers: withOwn('phone_number'),
  createPhoneNumber: async (situation, call) => call({}, { phone_number: testNumber() }, await signIn(situation)),
  getPhoneNumber: withOwn('phone_number'),
  updatePhoneNumber: async (situation, call) => {
    const { sessionId, path, prepare, value } = await addOwn(situation, 'phone_number');
    await prepare('phone_code');
    const code = await sentCode(situation, value);
    await situation.browser.call('POST', `/me/phone_numbers/${path.phoneNumberId}/attempt_verification`, { code }, { sessionId });
    return call(path, { reserved_for_second_factor: 'true' }, sessionId);
  },
  deletePhoneNumber: withOwn('phone_number'),
  preparePhoneNumber: withOwn('phone_number', { strategy: 'phone_code' }),
  attemptPhoneNumber: withPrepared('phone_number', 'phone_code'),
  createExternalAccount: (situation, call) =>
    withSession({ strategy: 'oauth_google', redirect_url: returnUrl(situation) })(situation, call),
  reauthorizeExternalAccount: async (situation, call) => {
    const { sessionId, externalAccountId } = await connectAccount(situation);
    return call({ externalAccountId }, { redirect_url: returnUrl(situation) }, sessionId);
  },
  deleteExternalAccount: async (situation, call) => {
    const { sessionId, externalAccountId } = await connectAccount(situation);
    return call({ externalAccountId }, {}, sessionId);
  },
  revokeExternalAccountTokens: async (situation, call) => {
    const { sessionId, externalAccountId } = await connectAccount(situation);
    return call({ externalAccountId }, {}, sessionId);
  },
  createPasskey: withSession(),
  getPasskey: withPasskey(),
  updatePasskey: withPasskey({ name: 'My telephone' }),
  deletePasskey: withPasskey(),
  verifyPasskey: async (situation, call) => {
    const sessionId = await signIn(situation);
    const { response } = await situation.browser.call('POST', '/me/passkeys', {}, { sessionId });
    const credential = createPasskeyDevice(originOf(situation)).register(response.verification.nonce);
    return call({ passkeyId: response.id }, { strategy: 'passkey', public_key_credential: credential }, sessionId);
  },
};
