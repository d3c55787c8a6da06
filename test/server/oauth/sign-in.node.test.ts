import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { developmentPeople } from '../../../demo/server/development-provider/people.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { Navigator } from '../../support/external-accounts.ts';
import type { Choice } from '../../support/external-accounts.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { addUser } from '../../support/users.ts';

const callbackPage = 'http://localhost:3000/sso-callback';
const afterPage = 'http://localhost:3000/after';
const targets = { redirect_url: callbackPage, action_complete_redirect_url: afterPage };
const strategy = 'oauth_google';

describe('signing in and up over a provider', () => {
  let api: TestApi;
  let count = 0;
  before(async () => {
    api = await startApi({ instance: { users: [], social: [{ strategy }, { strategy: 'oauth_github' }] } });
  });
  after(() => api.stop());

  const freshEmail = () => `person${count++}@example.com`;
  const verified = (email: string): Choice => ({ email, verified: 'true' });

  /** The whole way; where the browser ends up, and the client then. */
  const walk = async (browser: FrontendClient, resource: 'sign_ins' | 'sign_ups', choice: Choice, form: Record<string, string> = {}) => {
    const started = await browser.call('POST', `/client/${resource}`, { strategy, ...targets, ...form });
    assert.equal(started.status, 200, JSON.stringify(started.body));
    const verification =
      resource === 'sign_ins' ? started.response.first_factor_verification : started.response.verifications.external_account;
    assert.equal(verification.status, 'unverified');
    const navigator = new Navigator();
    const callback = await navigator.visitProvider(verification.external_verification_redirect_url, choice);
    const hop = await navigator.go(callback);
    const { response: client } = await browser.call('GET', '/client');
    return { started, callback, hop, client, location: hop.headers.get('location') };
  };

  const signUp = async (email: string) => {
    const browser = await createFrontendClient(api);
    const { client, location } = await walk(browser, 'sign_ups', verified(email));
    assert.equal(client.sign_up.status, 'complete', JSON.stringify(client.sign_up));
    return { browser, client, location };
  };

  it('signs up at once whom the provider knows well enough', async () => {
    const email = freshEmail();
    const { client, location } = await signUp(email);
    assert.equal(location, afterPage);
    const [session] = client.sessions;
    assert.equal(client.sign_up.created_session_id, session.id);
    assert.equal(client.sign_up.verifications.external_account.status, 'verified');
    assert.equal(client.sign_up.verifications.email_address.object, 'verification_from_oauth');
    assert.equal(client.last_authentication_strategy, strategy);
    const { user } = session;
    assert.equal(user.password_enabled, false);
    assert.equal(user.email_addresses[0].email_address, email);
    assert.equal(user.email_addresses[0].verification.strategy, `from_${strategy}`);
    const [account] = user.external_accounts;
    assert.equal(account.provider, strategy);
    assert.equal(account.email_address, email);
    assert.equal(account.email_address_verified, true);
    assert.equal(account.verification.status, 'verified');
    assert.match(account.approved_scopes, /openid/);
    assert.deepEqual(user.email_addresses[0].linked_to, [{ type: strategy, id: account.identification_id }]);
  });

  it('signs in whom it knows, and shows the finished attempt to the page that follows', async () => {
    const email = freshEmail();
    await signUp(email);
    const browser = await createFrontendClient(api);
    const { client, location } = await walk(browser, 'sign_ins', verified(email));
    assert.equal(location, afterPage);
    assert.equal(client.sign_in.status, 'complete');
    assert.equal(client.sign_in.created_session_id, client.last_active_session_id);
    assert.equal(client.sign_in.first_factor_verification.status, 'verified');
    assert.equal(client.sign_in.first_factor_verification.object, 'verification_oauth');
    // Without the session there is nothing to come back to.
    await browser.call('POST', `/client/sessions/${client.last_active_session_id}/end`);
    assert.equal((await browser.call('GET', '/client')).response.sign_in, null);
  });

  it('turns a sign-in of somebody unknown into a sign-up, with metadata', async () => {
    const email = freshEmail();
    const browser = await createFrontendClient(api);
    const { client, location } = await walk(browser, 'sign_ins', verified(email));
    assert.equal(location, callbackPage);
    assert.equal(client.sign_in.first_factor_verification.status, 'transferable');
    assert.equal(client.sign_in.first_factor_verification.error.code, 'external_account_not_found');
    const transfer = await browser.call('POST', '/client/sign_ups', { transfer: 'true', unsafe_metadata: '{"from":"x"}' });
    assert.equal(transfer.response.status, 'complete', JSON.stringify(transfer.body));
    assert.equal(transfer.client.sign_in, null);
    assert.deepEqual(transfer.client.sessions[0].user.unsafe_metadata, { from: 'x' });
    assert.equal(transfer.client.sessions[0].user.external_accounts.length, 1);
    const again = await browser.call('POST', '/client/sign_ups', { transfer: 'true' });
    assert.notEqual(again.status, 200);
  });

  it('keeps the metadata of a sign-up all the way, and gives it to the new user alone', async () => {
    const form = { unsafe_metadata: '{"birthday":"11-30-1969"}' };
    const kept = { birthday: '11-30-1969' };
    const email = freshEmail();
    const atOnce = await walk(await createFrontendClient(api), 'sign_ups', verified(email), form);
    assert.deepEqual(atOnce.client.sessions[0].user.unsafe_metadata, kept);

    const browser = await createFrontendClient(api);
    const { client } = await walk(browser, 'sign_ups', { email: `person${count++}+clerk_test@example.com` }, form);
    const path = `/client/sign_ups/${client.sign_up.id}`;
    assert.deepEqual([client.sign_up.status, client.sign_up.unsafe_metadata], ['missing_requirements', kept]);
    await browser.call('POST', `${path}/prepare_verification`, { strategy: 'email_code' });
    const done = await browser.call('POST', `${path}/attempt_verification`, { strategy: 'email_code', code: '424242' });
    assert.deepEqual(done.client.sessions[0].user.unsafe_metadata, kept);

    // Somebody who is known already has metadata of their own.
    const known = await createFrontendClient(api);
    await walk(known, 'sign_ups', verified(email), { unsafe_metadata: '{"birthday":"another"}' });
    const transfer = await known.call('POST', '/client/sign_ins', { transfer: 'true' });
    assert.deepEqual(transfer.client.sessions[0].user.unsafe_metadata, kept);
  });

  it('turns a sign-up of somebody known into a sign-in', async () => {
    const email = freshEmail();
    await signUp(email);
    const browser = await createFrontendClient(api);
    const { client, location } = await walk(browser, 'sign_ups', verified(email));
    assert.equal(location, callbackPage);
    const { external_account: verification } = client.sign_up.verifications;
    assert.equal(verification.status, 'transferable');
    assert.equal(verification.error.code, 'external_account_exists');
    const transfer = await browser.call('POST', '/client/sign_ins', { transfer: 'true' });
    assert.equal(transfer.response.status, 'complete', JSON.stringify(transfer.body));
    assert.equal(transfer.client.sign_up, null);
    assert.equal(transfer.client.sessions.length, 1);
  });

  it('refuses a transfer where there is nothing to transfer', async () => {
    const browser = await createFrontendClient(api);
    for (const resource of ['sign_ins', 'sign_ups']) {
      assert.deepEqual((await browser.call('POST', `/client/${resource}`, { transfer: 'true' })).codes, ['account_transfer_invalid']);
    }
  });

  it('makes of ten transfers at once one account', async () => {
    const browser = await createFrontendClient(api);
    await walk(browser, 'sign_ins', verified(freshEmail()));
    const answers = await Promise.all(Array.from({ length: 10 }, () => browser.call('POST', '/client/sign_ups', { transfer: 'true' })));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  });

  it('links an account to whoever has proved its address', async () => {
    const email = freshEmail();
    const person = await addUser(api, { emailAddress: email, password: 'quiet-marble-lantern', public_metadata: { role: 'x' } });
    const { client } = await walk(await createFrontendClient(api), 'sign_ins', verified(email));
    assert.equal(client.sign_in.status, 'complete');
    const { user } = client.sessions[0];
    assert.equal(user.id, person.id);
    assert.equal(user.password_enabled, true);
    assert.equal(user.external_accounts.length, 1);
  });

  it('takes what a stranger has left behind at an address that they never proved', async () => {
    const email = freshEmail();
    const password = 'quiet-marble-lantern';
    const person = await addUser(api, { emailAddress: email, verifiedBy: null, password });
    await api.database.updateTable('email_addresses').set({ reserved: true }).where('user_id', '=', person.id).execute();
    const stranger = await createFrontendClient(api);
    const there = await stranger.call('POST', '/client/sign_ins', { identifier: email, password });
    assert.equal(there.response.status, 'complete', JSON.stringify(there.body));

    const browser = await createFrontendClient(api);
    const { client, location } = await walk(browser, 'sign_ins', verified(email));
    assert.equal(location, callbackPage);
    assert.equal(client.sign_in.status, 'needs_new_password');
    assert.deepEqual((await stranger.call('GET', '/client')).response.sessions, []);
    const guess = await (await createFrontendClient(api)).call('POST', '/client/sign_ins', { identifier: email, password });
    assert.notEqual(guess.status, 200);
    const set = await browser.call('POST', `/client/sign_ins/${client.sign_in.id}/reset_password`, { password: 'another-marble-lantern' });
    assert.equal(set.response.status, 'complete', JSON.stringify(set.body));
    assert.equal(set.client.sessions[0].user.id, person.id);
  });

  it('links nothing to an address that the provider does not vouch for', async () => {
    const email = freshEmail();
    await addUser(api, { emailAddress: email });
    const browser = await createFrontendClient(api);
    const { client } = await walk(browser, 'sign_ins', { email });
    assert.equal(client.sign_in.first_factor_verification.status, 'transferable');
    const { response } = await browser.call('POST', '/client/sign_ups', { transfer: 'true' });
    assert.equal(response.status, 'missing_requirements');
    assert.equal(response.email_address, null);
    assert.deepEqual(response.missing_fields, ['email_address']);
  });

  it('asks for what is missing, and has an unverified address proved by a code', async () => {
    const email = `person${count++}+clerk_test@example.com`;
    const browser = await createFrontendClient(api);
    const { client, location } = await walk(browser, 'sign_ups', { email });
    assert.equal(location, callbackPage);
    const { sign_up: attempt } = client;
    assert.deepEqual([attempt.status, attempt.missing_fields, attempt.unverified_fields], ['missing_requirements', [], ['email_address']]);
    assert.equal(attempt.verifications.external_account.status, 'verified');
    await browser.call('POST', `/client/sign_ups/${attempt.id}/prepare_verification`, { strategy: 'email_code' });
    const path = `/client/sign_ups/${attempt.id}/attempt_verification`;
    const done = await browser.call('POST', path, { strategy: 'email_code', code: '424242' });
    assert.equal(done.response.status, 'complete', JSON.stringify(done.body));
    assert.equal(done.client.sessions[0].user.external_accounts[0].email_address_verified, false);
    assert.equal(done.client.last_authentication_strategy, strategy);
  });

  it('tells the page of a refusal', async () => {
    for (const resource of ['sign_ins', 'sign_ups'] as const) {
      const browser = await createFrontendClient(api);
      const { client, location } = await walk(browser, resource, { refuse: 'true' });
      assert.equal(location, callbackPage);
      const verification = client.sign_in?.first_factor_verification ?? client.sign_up.verifications.external_account;
      assert.deepEqual([verification.status, verification.error.code], ['failed', 'oauth_access_denied']);
      assert.deepEqual(client.sessions, []);
    }
  });

  it('lists the providers of an identified person, and signs in from there', async () => {
    const email = freshEmail();
    await signUp(email);
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: email });
    assert.ok(response.supported_first_factors.some((factor: { strategy: string }) => factor.strategy === strategy));
    const prepared = await browser.call('POST', `/client/sign_ins/${response.id}/prepare_first_factor`, { strategy, ...targets });
    const navigator = new Navigator();
    const address = prepared.response.first_factor_verification.external_verification_redirect_url;
    await navigator.go(await navigator.visitProvider(address, verified(email)));
    assert.equal((await browser.call('GET', '/client')).response.sign_in.status, 'complete');
  });

  it('signs nobody in as another than they have said to be', async () => {
    const [one, other] = [freshEmail(), freshEmail()];
    await signUp(one);
    await signUp(other);
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: one });
    const prepared = await browser.call('POST', `/client/sign_ins/${response.id}/prepare_first_factor`, { strategy, ...targets });
    const navigator = new Navigator();
    const address = prepared.response.first_factor_verification.external_verification_redirect_url;
    await navigator.go(await navigator.visitProvider(address, verified(other)));
    const { response: client } = await browser.call('GET', '/client');
    assert.equal(client.sign_in.first_factor_verification.status, 'failed');
    assert.deepEqual(client.sessions, []);
  });

  it('refuses who is locked out or banned', async () => {
    const email = freshEmail();
    const { client } = await signUp(email);
    const { id } = client.sessions[0].user;
    for (const [changes, code] of [
      [{ banned: true }, 'user_banned'],
      [{ banned: false, locked_until: Date.now() + 3600_000, failed_attempts: 10 }, 'user_locked'],
    ] as const) {
      await api.database.updateTable('users').set(changes).where('id', '=', id).execute();
      const { client: then } = await walk(await createFrontendClient(api), 'sign_ins', verified(email));
      assert.equal(then.sign_in.first_factor_verification.error.code, code);
      assert.deepEqual(then.sessions, []);
    }
  });

  it('knows the people that can be chosen by a click', async () => {
    const [jane] = developmentPeople;
    const { client } = await walk(await createFrontendClient(api), 'sign_ups', { person: jane?.sub ?? '' }, { strategy: 'oauth_github' });
    assert.equal(client.sessions[0].user.external_accounts[0].first_name, 'Jane');
    assert.equal(client.last_authentication_strategy, 'oauth_github');
  });
});
