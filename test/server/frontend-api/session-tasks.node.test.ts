/** An instance that demands a second factor, and people who have none (dossier part 1, §5.2; part 2, §4.3). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { appCode } from '../../support/authenticator-app.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { readEnvironment } from '../../support/environment.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { refusal } from '../../support/second-factor-suite.ts';
import { addAuthenticator, withSecondFactors } from '../../support/second-factors.ts';
import { addUser } from '../../support/users.ts';
import { signingSecret, startWebhookReceiver } from '../../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../support/webhook-receiver.ts';

const password = 'violet-harbour-lantern';
const setupMfa = [{ key: 'setup-mfa' }];

describe('a session in an instance that demands a second factor', () => {
  let api: TestApi;
  let call: BackendCall;
  let receiver: WebhookReceiver;
  let time = Date.now();
  let count = 0;
  before(async () => {
    receiver = await startWebhookReceiver();
    const instance = {
      ...withSecondFactors,
      sign_in: { second_factor: { required: true } },
      users: [],
      webhooks: [{ url: receiver.url }],
    };
    api = await startApi({ now: () => time, webhookSigningSecrets: signingSecret(), instance });
    call = createBackendClient(api);
  });
  after(async () => {
    await api.stop();
    await receiver.stop();
  });

  const signIn = async () => {
    const emailAddress = `person-${++count}@example.com`;
    const user = await addUser(api, { emailAddress, password }, time);
    const browser = await createFrontendClient(api);
    const answer = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
    const sessionId: string = answer.response.created_session_id;
    const me = (method: string, path: string, form: Record<string, string> = {}) => browser.call(method, path, form, { sessionId });
    return { user, emailAddress, browser, answer, sessionId, me };
  };
  const setUp = async ({ me }: Pick<Awaited<ReturnType<typeof signIn>>, 'me'>) => {
    const { secret } = (await me('POST', '/me/totp')).response;
    const answer = await me('POST', '/me/totp/attempt_verification', { code: appCode(secret, time) });
    assert.equal(answer.status, 200);
    return answer;
  };

  it('is pending until one is set up, for browsers, backends and whoever gets its token', async () => {
    const visitor = await signIn();
    const { answer, sessionId, me } = visitor;
    assert.equal(answer.response.status, 'complete');
    const [session] = answer.client.sessions;
    assert.deepEqual([session.status, session.tasks], ['pending', setupMfa]);
    assert.equal(decodeJwt(session.last_active_token.jwt)['sts'], 'pending');
    const { body } = await call('GET', `/sessions/${sessionId}`);
    assert.deepEqual([body.status, body.tasks], ['pending', setupMfa]);
    const listed = async (status: string) => (await call('GET', `/sessions?status=${status}&user_id=${visitor.user.id}`)).body.length;
    assert.deepEqual([await listed('pending'), await listed('active')], [1, 0]);

    time += 1000;
    const done = (await setUp(visitor)).client.sessions[0];
    assert.deepEqual([done.id, done.status, done.tasks], [sessionId, 'active', null]);
    assert.ok(done.updated_at > session.updated_at, 'browsers would keep their old copy');
    assert.equal(decodeJwt(done.last_active_token.jwt)['sts'], 'active');
    assert.deepEqual([await listed('pending'), await listed('active')], [0, 1]);
    assert.equal((await me('GET', '/me')).client.sessions[0].status, 'active');
  });

  it('is pending after a sign-up too', async () => {
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ups', { email_address: 'new+clerk_test@example.com', password });
    await browser.call('POST', `/client/sign_ups/${response.id}/prepare_verification`, { strategy: 'email_code' });
    const done = await browser.call('POST', `/client/sign_ups/${response.id}/attempt_verification`, {
      strategy: 'email_code',
      code: '424242',
    });
    assert.deepEqual([done.response.status, done.client.sessions[0].status], ['complete', 'pending']);
  });

  it('is not pending for who has one, and they cannot take it away again', async () => {
    const visitor = await signIn();
    await setUp(visitor);
    assert.deepEqual(refusal(await visitor.me('DELETE', '/me/totp')), [400, 'second_factor_deletion_not_allowed']);
    assert.equal((await visitor.me('GET', '/me')).response.totp_enabled, true);
    assert.equal((await visitor.me('POST', '/me/backup_codes')).status, 200);
    const { body } = await call('DELETE', `/users/${visitor.user.id}/mfa`);
    assert.deepEqual(body, { user_id: visitor.user.id });
    assert.equal((await visitor.me('GET', '/me')).client.sessions[0].status, 'active', 'what was started goes on');
  });

  it('ends, is touched and is shown like any other', async () => {
    const { browser, sessionId, me } = await signIn();
    assert.equal((await me('POST', `/client/sessions/${sessionId}/touch`)).response.status, 'pending');
    assert.equal((await me('GET', '/me/sessions/active')).body[0].status, 'pending');
    assert.equal((await browser.call('POST', `/client/sessions/${sessionId}/end`)).response.status, 'ended');
  });

  it('is freed by a backend that brings a factor along', async () => {
    const { user, me } = await signIn();
    await addAuthenticator(api, user.id);
    assert.equal((await me('GET', '/me')).client.sessions[0].status, 'active');
  });

  it('is session.pending to webhooks, and session.created once nothing is left to do', async () => {
    const visitor = await signIn();
    time += 1000;
    await setUp(visitor);
    const bodies = await api.database.selectFrom('webhook_events').select('body').orderBy('created_at').execute();
    const events = bodies.map(({ body }) => JSON.parse(body) as { type: string; data: { id: string; status: string; tasks: unknown } });
    assert.deepEqual(
      events.filter(({ data }) => data.id === visitor.sessionId).map(({ type, data }) => [type, data.status, data.tasks]),
      [
        ['session.pending', 'pending', setupMfa],
        ['session.created', 'active', null],
      ],
    );
  });

  it('is announced by the environment', async () => {
    const { user_settings: settings } = await readEnvironment(api.url);
    assert.deepEqual([settings.sign_in.second_factor, settings.sign_up.mfa], [{ required: true, enabled: true }, { required: true }]);
  });
});
