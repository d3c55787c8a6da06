import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { addExternalAccount, Navigator } from '../../support/external-accounts.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { addUser } from '../../support/users.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';

const strategy = 'oauth_google';
const targets = { redirect_url: 'http://localhost:3000/sso-callback', action_complete_redirect_url: 'http://localhost:3000/profile' };
const password = 'quiet-marble-lantern';

describe('accounts of a user at other providers', () => {
  let api: TestApi;
  let count = 0;
  /** Milliseconds by which the server's clock is ahead. */
  let ahead = 0;
  before(async () => {
    api = await startApi({ now: () => Date.now() + ahead, instance: { users: [], social: [{ strategy }, { strategy: 'oauth_github' }] } });
  });
  after(() => api.stop());

  const signedIn = async () => {
    const emailAddress = `person${count++}@example.com`;
    const user = await addUser(api, { emailAddress, password });
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
    return { browser, user, sessionId: response.created_session_id as string };
  };

  type Person = { browser: FrontendClient; sessionId: string };
  const readUser = async ({ browser, sessionId }: Person) => (await browser.call('GET', '/me', {}, { sessionId })).response;

  const connect = async (person: Person, email: string, form: Record<string, string> = {}) => {
    const { browser, sessionId } = person;
    const begun = await browser.call('POST', '/me/external_accounts', { strategy, ...targets, ...form }, { sessionId });
    assert.equal(begun.status, 200, JSON.stringify(begun.body));
    const { verification } = begun.response;
    assert.equal(verification.status, 'unverified');
    const navigator = new Navigator();
    const hop = await navigator.go(
      await navigator.visitProvider(verification.external_verification_redirect_url, { email, verified: 'true' }),
    );
    return { begun, location: hop.headers.get('location'), user: await readUser(person) };
  };

  it('are connected, and sign in from then on', async () => {
    const person = await signedIn();
    const { location, user } = await connect(person, 'elsewhere@example.com');
    assert.equal(location, targets.action_complete_redirect_url);
    assert.deepEqual(
      user.external_accounts.map((account: any) => [account.email_address, account.verification.status]),
      [['elsewhere@example.com', 'verified']],
    );
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ins', { strategy, ...targets });
    const navigator = new Navigator();
    const address = response.first_factor_verification.external_verification_redirect_url;
    await navigator.go(await navigator.visitProvider(address, { email: 'elsewhere@example.com', verified: 'true' }));
    const { response: client } = await browser.call('GET', '/client');
    assert.equal(client.sessions[0].user.id, user.id);
  });

  it('are one for each provider, and belong to one user', async () => {
    const person = await signedIn();
    await connect(person, 'taken@example.com');
    const again = await person.browser.call('POST', '/me/external_accounts', { strategy, ...targets }, { sessionId: person.sessionId });
    assert.deepEqual(again.codes, ['oauth_account_already_connected']);
    const { location, user } = await connect(await signedIn(), 'taken@example.com');
    assert.equal(location, targets.redirect_url);
    const [{ verification }] = user.external_accounts;
    assert.deepEqual([verification.status, verification.error.code], ['failed', 'oauth_identification_claimed']);
  });

  it('need a provider that there is, and a page that may use this instance', async () => {
    const { browser, sessionId } = await signedIn();
    const call = (form: Record<string, string>) => browser.call('POST', '/me/external_accounts', form, { sessionId });
    assert.deepEqual((await call({ strategy: 'oauth_nobody', ...targets })).codes, ['oauth_provider_not_enabled']);
    assert.deepEqual((await call({ strategy })).codes, ['form_param_missing']);
    assert.deepEqual((await call({ strategy, redirect_url: 'https://evil.test/' })).codes, ['invalid_redirect_url']);
    assert.equal((await readUser({ browser, sessionId })).external_accounts.length, 0);
  });

  it('are not connected for a session that has ended meanwhile', async () => {
    const person = await signedIn();
    const { browser, sessionId } = person;
    const begun = await browser.call('POST', '/me/external_accounts', { strategy, ...targets }, { sessionId });
    const navigator = new Navigator();
    const address = begun.response.verification.external_verification_redirect_url;
    const callback = await navigator.visitProvider(address, { email: 'late@example.com', verified: 'true' });
    await browser.call('POST', `/client/sessions/${sessionId}/end`);
    const hop = await navigator.go(callback);
    assert.equal(hop.headers.get('location'), targets.redirect_url);
    const rows = await api.database.selectFrom('external_accounts').select('id').where('email_address', '=', 'late@example.com').execute();
    assert.deepEqual(rows, []);
  });

  it('are renewed with other scopes, by the same person only', async () => {
    const person = await signedIn();
    const { user } = await connect(person, 'renewed@example.com');
    const { id } = user.external_accounts[0];
    const path = `/me/external_accounts/${id}/reauthorize`;
    for (const [email, status] of [
      ['another@example.com', 'http://localhost:3000/sso-callback'],
      ['renewed@example.com', 'http://localhost:3000/profile'],
    ] as const) {
      const asked = await person.browser.call(
        'PATCH',
        path,
        { ...targets, additional_scope: 'offline_access' },
        { sessionId: person.sessionId },
      );
      const address = new URL(asked.response.verification.external_verification_redirect_url);
      assert.equal(address.searchParams.get('scope'), 'openid email profile offline_access');
      const navigator = new Navigator();
      const hop = await navigator.go(await navigator.visitProvider(address.href, { email, verified: 'true' }));
      assert.equal(hop.headers.get('location'), status);
      const [account] = (await readUser(person)).external_accounts;
      assert.deepEqual([account.email_address, account.verification.status], ['renewed@example.com', 'verified']);
    }
  });

  it('are removed, but for the last way in', async () => {
    const person = await signedIn();
    const { user } = await connect(person, 'removed@example.com');
    const { sessionId } = person;
    const path = `/me/external_accounts/${user.external_accounts[0].id}`;
    assert.equal((await (await signedIn()).browser.call('DELETE', path, {}, { sessionId })).status, 401);
    const removed = await person.browser.call('DELETE', path, {}, { sessionId });
    assert.deepEqual([removed.response.deleted, removed.response.object], [true, 'external_account']);
    assert.equal((await person.browser.call('DELETE', path, {}, { sessionId })).status, 404);

    const { id } = await addExternalAccount(api, user.id, { strategy });
    await api.database.updateTable('users').set({ password_hash: null }).where('id', '=', user.id).execute();
    await api.database.deleteFrom('email_addresses').where('user_id', '=', user.id).execute();
    const last = await person.browser.call('DELETE', `/me/external_accounts/${id}`, {}, { sessionId });
    assert.deepEqual(last.codes, ['last_required_identification_deletion_failed']);
    assert.equal((await readUser(person)).external_accounts.length, 1);
  });

  it('give backends tokens that the provider takes, and renew them', async () => {
    const person = await signedIn();
    const { user } = await connect(person, 'tokens@example.com');
    const clerk = createOfficialBackend(api);
    const read = () => clerk.users.getUserOauthAccessToken(user.id, 'google');
    const { data, totalCount } = await read();
    assert.equal(totalCount, 1);
    const userinfo = async (token: string) =>
      fetch(`${api.url}/development-provider/me`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(((await (await userinfo(data[0]?.token ?? '')).json()) as { email: string }).email, 'tokens@example.com');

    const call = createBackendClient(api);
    const plain = await call('GET', `/users/${user.id}/oauth_access_tokens/oauth_google`);
    assert.equal(plain.body.length, 1);

    ahead = 2 * 3600_000;
    const { data: renewed } = await read();
    assert.notEqual(renewed[0]?.token, data[0]?.token);
    assert.equal((await userinfo(renewed[0]?.token ?? '')).status, 200);
    assert.ok((renewed[0]?.expiresAt ?? 0) > Date.now() + ahead);

    const { sealed_tokens: sealed } = await api.database
      .selectFrom('external_accounts')
      .select('sealed_tokens')
      .where('user_id', '=', user.id)
      .executeTakeFirstOrThrow();
    assert.ok(sealed && !sealed.toString('latin1').includes(data[0]?.token ?? ''));
    assert.ok(!api.log.join('\n').includes(data[0]?.token ?? ''));

    const gone = await person.browser.call(
      'DELETE',
      `/me/external_accounts/${user.external_accounts[0].id}/tokens`,
      {},
      { sessionId: person.sessionId },
    );
    assert.equal(gone.response.object, 'user');
    assert.equal((await read()).totalCount, 0);
    await clerk.users.deleteUserExternalAccount({ userId: user.id, externalAccountId: user.external_accounts[0].id });
    assert.equal((await readUser(person)).external_accounts.length, 0);
  });
});
