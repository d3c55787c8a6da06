import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { endpoints, forms } from '../../src/wire/endpoints.ts';
import type { EndpointName } from '../../src/wire/endpoints.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createFrontendClient } from '../support/frontend-client.ts';
import type { FrontendAnswer, FrontendClient } from '../support/frontend-client.ts';
import { addUser } from '../support/users.ts';
import { assertComplete } from '../support/strict.ts';

interface Situation {
  browser: FrontendClient;
  emailAddress: string;
}

/** Brings about a situation in which an endpoint answers 2xx, and calls it. */
type Call = (situation: Situation, call: CallEndpoint) => Promise<FrontendAnswer>;
type CallEndpoint = (path?: Record<string, string>, form?: Record<string, string>, sessionId?: string) => Promise<FrontendAnswer>;

const password = 'quiet-marble-lantern';
const code = '424242';

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
  await situation.browser.call('POST', `/client/sign_ins/${signInId}/attempt_first_factor`, { strategy, code });
  return signInId;
};

const newcomer = (address: string) => ({ email_address: address.replace('person', 'newcomer'), password });

const startSignUp = async ({ browser, emailAddress }: Situation): Promise<{ signUpId: string }> => {
  const { response } = await browser.call('POST', '/client/sign_ups', newcomer(emailAddress));
  return { signUpId: response.id };
};

const withSession =
  (form: Record<string, string> = {}): Call =>
  async (situation, call) => {
    const sessionId = await signIn(situation);
    return call({ sessionId, template: 'none' }, form, sessionId);
  };

/** Endpoints for which this product never has anything but a refusal. */
const refused = {
  prepareSecondFactor: async (situation, call) => call(await startSignIn(situation), { strategy: 'phone_code' }),
  attemptSecondFactor: async (situation, call) => call(await startSignIn(situation), { strategy: 'totp', code }),
  createTokenFromTemplate: withSession(),
} satisfies Partial<Record<EndpointName, Call>>;

const answered: Record<Exclude<EndpointName, keyof typeof refused>, Call> = {
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
  resetPassword: async (situation, call) => call({ signInId: await startReset(situation) }, { password: 'another-marble-lantern' }),
  createSignUp: ({ emailAddress }, call) => call({}, newcomer(emailAddress)),
  getSignUp: async (situation, call) => call(await startSignUp(situation)),
  updateSignUp: async (situation, call) => call(await startSignUp(situation), { unsafe_metadata: '{"a":1}' }),
  prepareVerification: async (situation, call) => call(await startSignUp(situation), { strategy: 'email_code' }),
  attemptVerification: async (situation, call) => {
    const { signUpId } = await startSignUp(situation);
    await situation.browser.call('POST', `/client/sign_ups/${signUpId}/prepare_verification`, { strategy: 'email_code' });
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
};

describe('endpoints of the Frontend API', () => {
  let api: TestApi;
  let count = 0;
  before(async () => {
    api = await startApi();
  });
  after(() => api.stop());

  const perform = async (name: EndpointName, run: Call): Promise<FrontendAnswer> => {
    const emailAddress = `person${count++}+clerk_test@example.com`;
    await addUser(api, { emailAddress, password, private_metadata: { canary: 'private' } });
    const browser = await createFrontendClient(api);
    const { method, path } = endpoints[name];
    return run({ browser, emailAddress }, (parameters = {}, form = {}, sessionId) => {
      const filled = path.replace(/:(\w+)/g, (_match, parameter: string) => parameters[parameter] ?? 'missing');
      return browser.call(method, filled, form, sessionId === undefined ? {} : { sessionId });
    });
  };

  for (const [name, run] of Object.entries(answered) as [EndpointName, Call][]) {
    const { method, path, plain, response } = endpoints[name];
    it(`${method} ${path} answers completely`, async () => {
      const answer = await perform(name, run);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      if (plain) {
        assertComplete(response, answer.body);
        // A member of this name would be taken for the piggyback (dossier part 1, §3.1).
        assert.ok(!('client' in answer.body));
        return;
      }
      assert.deepEqual(Object.keys(answer.body), ['response', 'client']);
      assertComplete(response, answer.body.response);
      assertComplete(endpoints.getClient.response, answer.body.client);
    });
  }

  for (const [name, run] of Object.entries(refused) as [EndpointName, Call][]) {
    const { method, path } = endpoints[name];
    it(`${method} ${path} refuses clearly`, async () => {
      const answer = await perform(name, run);
      assert.ok(answer.status >= 400 && answer.status < 500, JSON.stringify(answer.body));
      assert.ok(answer.codes.length);
      assert.match(answer.body.clerk_trace_id, /^[0-9a-f]{32}$/);
    });
  }

  it('have a form each', () => {
    assert.deepEqual(Object.keys(forms).sort(), Object.keys(endpoints).sort());
  });

  it('carry a fresh token for every signed-in session', async () => {
    const answer = await perform('touchSession', answered.touchSession);
    assert.equal(answer.client.sessions.length, 1);
    for (const session of answer.client.sessions) assert.match(session.last_active_token.jwt, /^[\w-]+\.[\w-]+\.[\w-]+$/);
  });
});
