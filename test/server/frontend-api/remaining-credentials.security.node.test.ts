/** What is left of all that somebody held when a secret is changed, or the person is stopped (security.md, C6). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createRefreshToken } from '../../../demo/server/domain/refresh-tokens.ts';
import { loadKeys } from '../../../demo/server/keys.ts';
import type { Keys } from '../../../demo/server/keys.ts';
import type { Database } from '../../../demo/server/store/database.ts';
import { countAttempt, resetFailures, uncountAttempt } from '../../../demo/server/store/lockouts.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { addUser, mailedCodes, mailTo } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const another = 'orchard-lantern-river';

describe('C6: after', () => {
  let api: TestApi;
  let backend: BackendCall;
  let keys: Keys;
  let time = Date.now();
  let count = 0;
  before(async () => {
    const email_address = { first_factors: ['email_code' as const, 'email_link' as const] };
    api = await startApi({ now: () => time, instance: { users: [], attributes: { email_address } } });
    backend = createBackendClient(api);
    keys = await loadKeys(api.database, { instanceType: 'development', now: () => time });
  });
  after(() => api.stop());

  /** Somebody who is signed in twice, has a code, a link and a reset under way, and a ticket of a backend. */
  const start = async () => {
    time += 60_000;
    const emailAddress = `holder-${++count}@example.com`;
    const { id } = await addUser(api, { emailAddress, password }, time);
    const browse = async (form: Record<string, string>) => {
      const browser = await createFrontendClient(api);
      const answer = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, ...form });
      return { browser, answer, path: `/client/sign_ins/${answer.response?.id}` };
    };
    const open = async (strategy: string) => {
      time += 1_000;
      const attempt = await browse({});
      const factor = attempt.answer.response.supported_first_factors.find((each: { strategy: string }) => each.strategy === strategy);
      const link = strategy === 'email_link' && { redirect_url: `${api.url}/verify` };
      const form = { strategy, email_address_id: factor.email_address_id as string, ...link };
      assert.equal((await attempt.browser.call('POST', `${attempt.path}/prepare_first_factor`, form)).status, 200);
      return attempt;
    };
    const signedIn = async () => {
      const { browser, answer } = await browse({ password });
      assert.equal(answer.response.status, 'complete');
      const sessionId = answer.response.created_session_id as string;
      return { browser, sessionId, token: answer.client.sessions[0].last_active_token.jwt as string };
    };
    const acting = await signedIn();
    const other = await signedIn();
    const coded = await open('email_code');
    const [code = ''] = await mailedCodes(api, emailAddress);
    const linked = await open('email_link');
    const link = /^http\S+$/m.exec((await mailTo(api, emailAddress, 2)).text)?.[0] ?? '';
    const reset = await open('reset_password_email_code');
    const [resetCode = ''] = await mailedCodes(api, emailAddress, 3);
    const strategy = 'reset_password_email_code';
    const proved = await reset.browser.call('POST', `${reset.path}/attempt_first_factor`, { strategy, code: resetCode });
    assert.equal(proved.response.status, 'needs_new_password');
    const { token: ticket } = (await backend('POST', '/sign_in_tokens', { body: { user_id: id } })).body as { token: string };

    /** What still works, by name. Each is used once, and what cannot be undone comes last. */
    const remaining = async () => {
      const works: string[] = [];
      const note = (name: string, isGood: boolean) => void (isGood && works.push(name));
      const { browser, sessionId, token } = other;
      note('session', (await browser.call('GET', '/me', {}, { sessionId })).status === 200);
      note('token', (await browser.call('POST', `/client/sessions/${sessionId}/tokens`)).status === 200);
      const body = { expired_token: token, refresh_token: createRefreshToken({ keys }, sessionId), request_origin: api.url };
      note('refresh', (await backend('POST', `/sessions/${sessionId}/refresh`, { body })).status === 200);
      const tried = await coded.browser.call('POST', `${coded.path}/attempt_first_factor`, { strategy: 'email_code', code });
      note('code', tried.status === 200);
      await fetch(link, { redirect: 'manual' });
      note('link', (await linked.browser.call('GET', linked.path)).response?.status === 'complete');
      const changed = await reset.browser.call('POST', `${reset.path}/reset_password`, { password: 'river-orchard-lantern' });
      note('reset', changed.status === 200);
      const redeemed = await (await createFrontendClient(api)).call('POST', '/client/sign_ins', { strategy: 'ticket', ticket });
      note('ticket', redeemed.response?.status === 'complete');
      note('password', (await browse({ password })).answer.response?.status === 'complete');
      return works;
    };
    return { id, acting, remaining, open, emailAddress };
  };
  type Holder = Awaited<ReturnType<typeof start>>;

  const change =
    (form: Record<string, string>) =>
    ({ acting }: Holder) => {
      const passwords = { current_password: password, new_password: another };
      return acting.browser.call('POST', '/me/change_password', { ...passwords, ...form }, { sessionId: acting.sessionId });
    };
  const forget =
    (form: Record<string, string>) =>
    async ({ open, emailAddress }: Holder) => {
      const { browser, path } = await open('reset_password_email_code');
      const [code = ''] = await mailedCodes(api, emailAddress, 4);
      await browser.call('POST', `${path}/attempt_first_factor`, { strategy: 'reset_password_email_code', code });
      return browser.call('POST', `${path}/reset_password`, { password: another, ...form });
    };
  const byBackend =
    (method: string, path: (id: string) => string, body?: object) =>
    ({ id }: Holder) =>
      backend(method, path(id), { ...(body && { body }) });
  const signOut = { sign_out_of_other_sessions: true };
  const sessions = ['session', 'token', 'refresh'];

  const actions: [what: string, act: (holder: Holder) => Promise<{ status: number }>, remaining: string[]][] = [
    ['nothing', () => Promise.resolve({ status: 200 }), [...sessions, 'code', 'link', 'reset', 'ticket']],
    ['a change of the password', change({}), [...sessions, 'ticket']],
    ['a change that signs out elsewhere', change({ sign_out_of_other_sessions: 'true' }), ['ticket']],
    ['a reset of the password', forget({}), [...sessions, 'ticket']],
    ['a reset that signs out elsewhere', forget({ sign_out_of_other_sessions: 'true' }), ['ticket']],
    ['a backend’s change of the password', byBackend('PATCH', (id) => `/users/${id}`, { password: another }), [...sessions, 'ticket']],
    ['a backend’s change that signs out', byBackend('PATCH', (id) => `/users/${id}`, { password: another, ...signOut }), ['ticket']],
    ['a ban', byBackend('POST', (id) => `/users/${id}/ban`), []],
    ['a lock by an administrator', byBackend('POST', (id) => `/users/${id}/lock`), sessions],
    ['the end of the account', byBackend('DELETE', (id) => `/users/${id}`), []],
  ];
  it('a lock by an administrator, whoever is just being judged has not undone it by being right', async () => {
    const rule = { maxAttempts: 10, duration: 3600_000 };
    for (const [index, forgive] of [
      resetFailures,
      (database: Database, userId: string) => uncountAttempt(database, { userId }),
    ].entries()) {
      const emailAddress = `hurried-${index}@example.com`;
      const { id } = await addUser(api, { emailAddress, password }, time);
      const signIn = async () => (await createFrontendClient(api)).call('POST', '/client/sign_ins', { identifier: emailAddress, password });
      // As an attempt is counted, judged, and found right.
      assert.equal(await countAttempt(api.database, { userId: id }, rule, time), 1);
      assert.equal((await backend('POST', `/users/${id}/lock`)).body.locked, true);
      await forgive(api.database, id);
      assert.equal((await backend('GET', `/users/${id}`)).body.locked, true);
      assert.deepEqual((await signIn()).codes, ['user_locked']);
      await backend('POST', `/users/${id}/unlock`);
      assert.equal((await signIn()).status, 200);
    }
  });

  for (const [what, act, expected] of actions) {
    it(`${what}, ${expected.join(', ') || 'nothing'} still works`, async () => {
      const holder = await start();
      const { status } = await act(holder);
      assert.equal(status, 200);
      assert.deepEqual(await holder.remaining(), expected);
    });
  }
});
