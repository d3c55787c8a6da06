/** Sign-in tokens and actor tokens: who comes with one is signed in, once (dossier part 2, §2.4, §6.6; security.md, C3). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { verifyToken } from '@clerk/backend';
import type { ClerkClient } from '@clerk/backend';
import { decodeJwt } from 'jose';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { appCode } from '../../support/authenticator-app.ts';
import { createBackendClient, refusals } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { createFrontendClient, createFrontendClients } from '../../support/frontend-client.ts';
import type { FrontendAnswer, FrontendClient } from '../../support/frontend-client.ts';
import { textOfRows } from '../../support/rows-text.ts';
import { withSecondFactors } from '../../support/second-factors.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';

const refusal = ({ status, codes }: FrontendAnswer) => [status, ...codes];

describe('tickets of backends', () => {
  let api: TestApi;
  let clerk: ClerkClient;
  let call: BackendCall;
  let time = Date.now();
  let count = 0;
  before(async () => {
    api = await startApi({ now: () => time, instance: { ...withSecondFactors, single_session_mode: false } });
    call = createBackendClient(api);
    clerk = createOfficialBackend(api);
  });
  after(() => api.stop());

  const newUser = async (more: Parameters<ClerkClient['users']['createUser']>[0] = {}) =>
    (await clerk.users.createUser({ emailAddress: [`holder${count++}@example.com`], password: 'copper-lantern-meadow', ...more })).id;
  const newToken = (userId: string, expiresInSeconds = 300) => clerk.signInTokens.createSignInToken({ userId, expiresInSeconds });
  const newActorToken = (userId: string, more: Partial<Parameters<ClerkClient['actorTokens']['create']>[0]> = {}) =>
    clerk.actorTokens.create({ userId, actor: { sub: 'user_support' }, ...more });
  const redeem = (browser: FrontendClient, ticket: string) => browser.call('POST', '/client/sign_ins', { strategy: 'ticket', ticket });
  const redeemAnywhere = async (ticket: string) => redeem(await createFrontendClient(api), ticket);
  const sessionsOf = async (userId: string) => (await clerk.sessions.getSessionList({ userId })).totalCount;

  it('sign the user in, and are used up by it', async () => {
    const userId = await newUser();
    const { id, token, url, status } = await newToken(userId);
    assert.equal(status, 'pending');
    assert.equal(new URL(url).searchParams.get('__clerk_ticket'), token);
    const { response, client } = await redeemAnywhere(token);
    assert.equal(response.status, 'complete');
    assert.deepEqual(
      [response.first_factor_verification.strategy, response.first_factor_verification.object, response.first_factor_verification.status],
      ['ticket', 'verification_ticket', 'verified'],
    );
    assert.equal(client.sign_in, null);
    assert.equal(client.last_authentication_strategy, 'ticket');
    assert.equal(client.sessions[0].user.id, userId);
    assert.equal(client.sessions[0].actor, null);
    assert.equal(decodeJwt(client.sessions[0].last_active_token.jwt)['act'], undefined);
    assert.deepEqual(refusal(await redeemAnywhere(token)), [400, 'sign_in_token_already_used_code']);
    assert.deepEqual(refusals(await call('POST', `/sign_in_tokens/${id}/revoke`)), ['sign_in_token_cannot_be_revoked_code']);
    assert.equal(await sessionsOf(userId), 1);
  });

  it('make one session, however many come at once', async () => {
    for (const isOneBrowser of [true, false]) {
      const userId = await newUser();
      const { token } = await newToken(userId);
      const browsers = isOneBrowser ? Array(64).fill(await createFrontendClient(api)) : await createFrontendClients(api, 64);
      const answers = await Promise.all(browsers.map((browser: FrontendClient) => redeem(browser, token)));
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      const codes = new Set(answers.flatMap((answer) => answer.codes));
      for (const code of codes) assert.ok(['sign_in_token_already_used_code', 'identifier_already_signed_in'].includes(code), code);
      assert.equal(await sessionsOf(userId), 1);
    }
  });

  it('end by revocation and by time', async () => {
    const userId = await newUser();
    const revoked = await newToken(userId);
    assert.equal((await clerk.signInTokens.revokeSignInToken(revoked.id)).status, 'revoked');
    assert.deepEqual(refusal(await redeemAnywhere(revoked.token)), [400, 'sign_in_token_revoked_code']);
    const late = await newToken(userId, 60);
    time += 60_000;
    assert.deepEqual(refusal(await redeemAnywhere(late.token)), [400, 'ticket_expired_code']);
    const gone = await newToken(userId);
    await clerk.users.deleteUser(userId);
    assert.deepEqual(refusal(await redeemAnywhere(gone.token)), [400, 'ticket_invalid_code']);
  });

  it('are known as a whole: a changed one is none', async () => {
    const { token } = await newToken(await newUser());
    const [header = '', payload = '', signature = ''] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ ...decodeJwt(token), eid: 'sit_other' })).toString('base64url');
    for (const text of [`${header}.${forged}.${signature}`, `${header}.${payload}.`, `${token} `, 'x', 'x'.repeat(10_000)]) {
      assert.deepEqual(refusal(await redeemAnywhere(text)), [400, 'ticket_invalid_code']);
    }
    assert.deepEqual(refusal(await redeemAnywhere('')), [422, 'form_param_nil']);
    assert.equal((await redeemAnywhere(token)).status, 200);
  });

  it('are no session tokens', async () => {
    const { token } = await newToken(await newUser());
    await assert.rejects(verifyToken(token, { secretKey: api.secretKey, apiUrl: api.backendUrl }));
  });

  it('do not get around a ban, a lock or a second factor', async () => {
    const banned = await newUser();
    const { token } = await newToken(banned);
    await clerk.users.banUser(banned);
    assert.deepEqual(refusal(await redeemAnywhere(token)), [403, 'user_banned']);
    await clerk.users.unbanUser(banned);
    await clerk.users.lockUser(banned);
    assert.deepEqual(refusal(await redeemAnywhere(token)), [403, 'user_locked']);
    await clerk.users.unlockUser(banned);
    assert.equal((await redeemAnywhere(token)).response.status, 'complete', 'a refused attempt has not used it up');

    const totpSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    const careful = await newUser({ totpSecret });
    const browser = await createFrontendClient(api);
    const second = await newToken(careful);
    const { response } = await redeem(browser, second.token);
    assert.deepEqual([response.status, response.created_session_id], ['needs_second_factor', null]);
    assert.deepEqual(refusal(await redeemAnywhere(second.token)), [400, 'sign_in_token_already_used_code']);
    const path = `/client/sign_ins/${response.id}/attempt_second_factor`;
    const done = await browser.call('POST', path, { strategy: 'totp', code: appCode(totpSecret, time) });
    assert.equal(done.response.status, 'complete');
  });

  it('sign nobody in twice on a browser', async () => {
    const userId = await newUser();
    const browser = await createFrontendClient(api);
    assert.equal((await redeem(browser, (await newToken(userId)).token)).status, 200);
    const { token } = await newToken(userId);
    assert.deepEqual(refusal(await redeem(browser, token)), [400, 'identifier_already_signed_in']);
    assert.equal((await redeemAnywhere(token)).status, 200, 'it is as good as before');
  });

  it('let somebody act in the place of a user, who is named in every token, and for a while only', async () => {
    const userId = await newUser({ totpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' });
    const actor = { sub: 'user_support', iss: 'https://support.example.com' };
    const created = await newActorToken(userId, { actor, sessionMaxDurationInSeconds: 120 });
    assert.deepEqual([created.status, created.userId, created.actor], ['pending', userId, actor]);
    assert.ok(created.url?.startsWith(`${api.url}/v1/tickets/accept?ticket=`));
    const lastSignIn = async () => (await clerk.users.getUser(userId)).lastSignInAt;
    const before = await lastSignIn();
    const browser = await createFrontendClient(api);
    const { response, client } = await redeem(browser, created.token ?? '');
    assert.equal(response.status, 'complete', 'the telephone of the user is not at hand');
    const [session] = client.sessions;
    assert.deepEqual(session.actor, actor);
    assert.equal(session.expire_at, time + 120_000);
    assert.deepEqual(decodeJwt(session.last_active_token.jwt)['act'], actor);
    assert.deepEqual((await clerk.sessions.getSession(session.id)).actor, actor);
    assert.equal(await lastSignIn(), before);
    assert.deepEqual(refusal(await redeemAnywhere(created.token ?? '')), [400, 'actor_token_already_used_code']);
    time += 120_000;
    assert.deepEqual((await browser.call('GET', '/client')).response.sessions, []);

    const revoked = await newActorToken(userId);
    assert.equal((await clerk.actorTokens.revoke(revoked.id)).status, 'revoked');
    assert.deepEqual(refusal(await redeemAnywhere(revoked.token ?? '')), [400, 'actor_token_revoked_code']);
    assert.deepEqual(refusals(await call('POST', `/actor_tokens/${revoked.id}/revoke`)), ['actor_token_cannot_be_revoked_code']);
  });

  it('are refused for what they cannot be', async () => {
    const user_id = await newUser();
    const actor = { sub: 'user_support' };
    const table: [path: string, body: unknown, expected: string[]][] = [
      ['/sign_in_tokens', {}, ['form_param_missing user_id']],
      ['/sign_in_tokens', { user_id: 'user_unknown' }, ['resource_not_found']],
      ['/sign_in_tokens', { user_id, expires_in_seconds: 0 }, ['form_param_value_invalid expires_in_seconds']],
      ['/sign_in_tokens', { user_id, org_id: 'org_1' }, ['form_param_unknown org_id']],
      ['/actor_tokens', { user_id }, ['form_param_missing actor']],
      ['/actor_tokens', { user_id, actor: {} }, ['form_param_value_invalid actor']],
      ['/actor_tokens', { user_id, actor: 'user_support' }, ['form_param_value_invalid actor']],
      ['/actor_tokens', { user_id, actor: { ...actor, note: 'x'.repeat(1024) } }, ['form_param_exceeds_allowed_size actor']],
      [
        '/actor_tokens',
        { user_id, actor, session_max_duration_in_seconds: -1 },
        ['form_param_value_invalid session_max_duration_in_seconds'],
      ],
      ['/actor_tokens', { user_id: 'user_unknown', actor }, ['resource_not_found']],
      ['/sign_in_tokens/sit_unknown/revoke', undefined, ['resource_not_found']],
      ['/actor_tokens/act_unknown/revoke', undefined, ['resource_not_found']],
    ];
    for (const [path, body, expected] of table) assert.deepEqual(refusals(await call('POST', path, { body })), expected, path);
    const { id } = await newToken(user_id);
    assert.equal((await call('POST', `/actor_tokens/${id}/revoke`)).status, 404, 'one kind is not the other');
  });

  it('are nowhere but with who has them', async () => {
    const { token } = await newToken(await newUser());
    await redeemAnywhere(token);
    const rows = textOfRows(await api.database.selectFrom('tickets').selectAll().execute());
    const jti = String(decodeJwt(token)['jti']);
    for (const secret of [token, jti]) {
      assert.ok(!rows.includes(secret));
      assert.ok(!api.log.some((line) => line.includes(secret)));
    }
  });
});
