/** Links by mail: where they lead, what they complete, and that each does so once (dossier part 2, §2.8; security.md, §3, C3, E2). */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { SettingsFile } from '../../../demo/server/settings.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer, FrontendClient } from '../../support/frontend-client.ts';
import { CookieBrowser, startProductionApi } from '../../support/production.ts';
import { textOfRows } from '../../support/rows-text.ts';
import { addUser, mailTo } from '../../support/users.ts';

const password = 'copper-lantern-meadow';
const refusal = ({ status, codes }: FrontendAnswer) => [status, ...codes];

const withLinks: SettingsFile = {
  attributes: {
    email_address: { first_factors: ['email_code', 'email_link'], verifications: ['email_link', 'email_code'] },
    password: { required: false },
  },
};

/** The link in the newest mail to an address, once there are so many. */
const linkTo = async (api: TestApi, emailAddress: string, count = 1) =>
  /^http\S+$/m.exec((await mailTo(api, emailAddress, count)).text)?.[0] ?? '';

const open = (link: string, { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {}) =>
  fetch(link, { method, redirect: 'manual', headers });
/** What the page is told that a link leads to. */
const outcome = async (link: string, headers: Record<string, string> = {}) => {
  const answer = await open(link, { headers });
  assert.equal(answer.status, 303, await answer.text());
  const { origin, pathname, searchParams } = new URL(answer.headers.get('location') ?? '');
  return {
    page: origin + pathname,
    status: searchParams.get('__clerk_status'),
    session: searchParams.get('__clerk_created_session'),
    names: [...searchParams.keys()],
  };
};

describe('N9, C3: links by mail', () => {
  let api: TestApi;
  let time = Date.now();
  let count = 0;
  let emailAddress: string;
  let browser: FrontendClient;
  let page: string;
  before(async () => {
    api = await startApi({ now: () => time, instance: withLinks });
    page = `${api.url}/verify`;
  });
  after(() => api.stop());
  beforeEach(async () => {
    time += 60_000;
    emailAddress = `reader${count++}@example.com`;
    browser = await createFrontendClient(api);
  });

  /** A sign-in that waits for its link. */
  const start = async (more: Record<string, string> = { redirect_url: page }, some = browser) => {
    const { response } = await some.call('POST', '/client/sign_ins', { identifier: emailAddress });
    const factor = response.supported_first_factors.find(({ strategy }: { strategy: string }) => strategy === 'email_link');
    const path = `/client/sign_ins/${response.id}`;
    const form = { strategy: 'email_link', email_address_id: factor.email_address_id, ...more };
    const prepared = await some.call('POST', `${path}/prepare_first_factor`, form);
    assert.equal(prepared.status, 200, JSON.stringify(prepared.body));
    return { path, prepared, read: async () => (await some.call('GET', path)).response };
  };
  const newUser = (more: object = {}) => addUser(api, { emailAddress, password, ...more }, time);
  const sessionsOf = (userId: string) => api.database.selectFrom('sessions').selectAll().where('user_id', '=', userId).execute();

  it('sign in where they were asked for, wherever they are opened', async () => {
    const user = await newUser();
    const { prepared, read } = await start({ redirect_url: `${page}?from=mail` });
    const { object, strategy, status, expire_at } = prepared.response.first_factor_verification;
    assert.deepEqual([object, strategy, status], ['verification_email_link', 'email_link', 'unverified']);
    assert.equal(expire_at, time + 600_000);
    const opened = await outcome(await linkTo(api, emailAddress));
    assert.deepEqual([opened.page, opened.status], [page, 'verified']);
    assert.deepEqual(opened.names, ['from', '__clerk_status', '__clerk_created_session']);
    const signIn = await read();
    assert.deepEqual([signIn.status, signIn.created_session_id], ['complete', opened.session]);
    assert.equal(signIn.first_factor_verification.status, 'verified');
    assert.equal(signIn.first_factor_verification.verified_at_client, undefined);
    const { response: client } = await browser.call('GET', '/client');
    assert.deepEqual([client.sign_in, client.last_active_session_id], [null, opened.session]);
    assert.equal(client.last_authentication_strategy, 'email_link');
    assert.equal((await sessionsOf(user.id)).length, 1);
  });

  it('say in which browser they were opened, where that is known', async () => {
    await newUser();
    const { read } = await start();
    const { response: client } = await browser.call('GET', '/client');
    await outcome(await linkTo(api, emailAddress), { cookie: `__clerk_db_jwt=${browser.devBrowser}` });
    assert.equal((await read()).first_factor_verification.verified_at_client, client.id);
  });

  it('work once, however often and at the same time they are opened', async () => {
    const user = await newUser();
    await start();
    const link = await linkTo(api, emailAddress);
    const outcomes = await Promise.all(Array.from({ length: 64 }, () => outcome(link)));
    assert.equal(outcomes.filter(({ status }) => status === 'verified').length, 1);
    assert.equal(outcomes.filter(({ status }) => status === 'failed').length, 63);
    assert.equal((await sessionsOf(user.id)).length, 1);
    assert.equal((await outcome(link)).status, 'failed');
  });

  it('are not used up by what only looks at them', async () => {
    await newUser();
    await start();
    const link = await linkTo(api, emailAddress);
    const head = await open(link, { method: 'HEAD' });
    assert.equal(head.status, 200);
    for (const headers of [{ 'sec-purpose': 'prefetch;prerender' }, { purpose: 'prefetch' }, { 'x-moz': 'prefetch' }]) {
      const looked = await open(link, { headers: headers as Record<string, string> });
      assert.deepEqual([looked.status, looked.headers.get('cache-control')], [503, 'no-store']);
    }
    assert.equal((await open(link, { method: 'POST', headers: { origin: api.url } })).status, 404);
    assert.equal((await outcome(link)).status, 'verified');
  });

  it('end with time, with a newer link, and with their attempt', async () => {
    await newUser();
    await start();
    const first = await linkTo(api, emailAddress);
    time += 600_000;
    assert.deepEqual(await outcome(first), { page, status: 'expired', session: null, names: ['__clerk_status'] });

    const { path } = await start();
    const second = await linkTo(api, emailAddress, 2);
    time += 30_000;
    await browser.call('POST', `${path}/prepare_first_factor`, { strategy: 'email_link', redirect_url: page });
    const third = await linkTo(api, emailAddress, 3);
    assert.equal((await outcome(second)).status, 'expired');
    await browser.call('POST', '/client/sign_ins', { identifier: emailAddress });
    assert.equal((await outcome(third)).status, 'expired', 'a newer attempt has taken its place');

    const { path: last } = await start();
    const fourth = await linkTo(api, emailAddress, 4);
    await browser.call('POST', `${last}/attempt_first_factor`, { strategy: 'password', password });
    assert.equal((await outcome(fourth)).status, 'expired', 'somebody has signed in otherwise');
  });

  it('do not get around a lock, a ban, or a new password', async () => {
    const user = await newUser();
    const call = createBackendClient(api);
    for (const [index, [action, undo]] of [
      ['ban', 'unban'],
      ['lock', 'unlock'],
    ].entries()) {
      await start();
      const link = await linkTo(api, emailAddress, index + 1);
      await call('POST', `/users/${user.id}/${action}`);
      assert.equal((await outcome(link)).status, 'failed', action);
      await call('POST', `/users/${user.id}/${undo}`);
      time += 60_000;
    }
    assert.equal((await sessionsOf(user.id)).length, 0);
  });

  it('take the place of a code: too few of them, and too often', async () => {
    await newUser();
    const { path } = await start();
    const again = await browser.call('POST', `${path}/prepare_first_factor`, { strategy: 'email_link' });
    assert.deepEqual(refusal(again), [429, 'verification_code_too_many_requests']);
    for (let tries = 0; tries < 3; tries++) {
      const wrong = await browser.call('POST', `${path}/attempt_first_factor`, { strategy: 'email_link', code: 'x' });
      assert.deepEqual(refusal(wrong), [422, 'form_code_incorrect']);
    }
    assert.equal((await outcome(await linkTo(api, emailAddress))).status, 'failed');
  });

  it('that are none are refused, on a page for people', async () => {
    for (const token of ['', 'x', 'x'.repeat(5000)]) {
      const answer = await open(`${api.url}/v1/verify?token=${token}`);
      const body = (await answer.json()) as { errors: { code: string }[] };
      assert.deepEqual([answer.status, body.errors[0]?.code], [400, 'verification_link_token_invalid']);
    }
    const html = await open(`${api.url}/v1/verify?token=x`, { headers: { accept: 'text/html' } });
    assert.equal(html.status, 400);
    assert.match(await html.text(), /<h1>This link does not work<\/h1>\s*<p>It may have been used already/);
    assert.match(html.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  });

  it('have a page of ours where nobody says where to go on', async () => {
    await newUser();
    await start({});
    const link = await linkTo(api, emailAddress);
    const first = await open(link, { headers: { accept: 'text/html' } });
    assert.deepEqual([first.status, first.headers.get('location')], [200, null]);
    assert.match(await first.text(), /Go back to where you began/);
    const second = await open(link);
    const body = (await second.json()) as { errors: { code: string }[] };
    assert.deepEqual([second.status, body.errors[0]?.code], [400, 'verification_link_token_invalid']);
    time += 30_000;
    await start({}, await createFrontendClient(api));
    const late = await linkTo(api, emailAddress, 2);
    time += 600_000;
    const third = (await (await open(late)).json()) as { errors: { code: string }[] };
    assert.equal(third.errors[0]?.code, 'verification_link_token_expired');
  });

  it('lead to pages that may use the instance, and take no credential there', async () => {
    await newUser();
    await start({ redirect_url: `${page}?__clerk_db_jwt=${browser.devBrowser}&a=1` });
    assert.deepEqual((await outcome(await linkTo(api, emailAddress))).names, ['a', '__clerk_status', '__clerk_created_session']);
    for (const redirect_url of ['https://evil.example.com/', '//evil.example.com', 'javascript:alert(1)', '/verify', `${api.url}\\@evil`]) {
      const other = await createFrontendClient(api);
      const form = { identifier: emailAddress, strategy: 'email_link', redirect_url };
      assert.deepEqual(refusal(await other.call('POST', '/client/sign_ins', form)), [422, 'invalid_redirect_url'], redirect_url);
    }
  });

  it('prove the address at sign-up', async () => {
    const begun = await browser.call('POST', '/client/sign_ups', { email_address: emailAddress, first_name: '' });
    assert.equal(begun.response.verifications.email_address, null);
    const path = `/client/sign_ups/${begun.response.id}`;
    const prepared = await browser.call('POST', `${path}/prepare_verification`, { strategy: 'email_link', redirect_url: page });
    const { strategy, object, supported_strategies, next_action } = prepared.response.verifications.email_address;
    assert.deepEqual(
      [strategy, object, supported_strategies, next_action],
      ['email_link', 'verification_email_link', ['email_link', 'email_code'], 'needs_attempt'],
    );
    const link = await linkTo(api, emailAddress);
    const outcomes = await Promise.all(Array.from({ length: 16 }, () => outcome(link)));
    const [opened, ...others] = outcomes.filter(({ status }) => status === 'verified');
    assert.deepEqual(others, []);
    const { response } = await browser.call('GET', path);
    assert.deepEqual([response.status, response.created_session_id], ['complete', opened?.session]);
    assert.equal(response.verifications.email_address.status, 'verified');
    const { body: user } = await createBackendClient(api)('GET', `/users/${response.created_user_id}`);
    assert.equal(user.email_addresses[0].verification.strategy, 'email_link');
  });

  it('do not complete a sign-up that has changed its address since', async () => {
    const begun = await browser.call('POST', '/client/sign_ups', {
      email_address: emailAddress,
      strategy: 'email_link',
      redirect_url: page,
    });
    const link = await linkTo(api, emailAddress);
    await browser.call('PATCH', `/client/sign_ups/${begun.response.id}`, { email_address: `other-${emailAddress}` });
    assert.equal((await outcome(link)).status, 'failed');
    const { response } = await browser.call('GET', `/client/sign_ups/${begun.response.id}`);
    assert.deepEqual([response.status, response.unverified_fields], ['missing_requirements', ['email_address']]);
  });

  it('prove an address that a user adds', async () => {
    const user = await newUser();
    const { response: signedIn } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
    const session = { sessionId: signedIn.created_session_id };
    const second = `second-${emailAddress}`;
    const { response: added } = await browser.call('POST', '/me/email_addresses', { email_address: second }, session);
    const path = `/me/email_addresses/${added.id}`;
    const form = { strategy: 'email_link', redirect_url: page };
    const prepared = await browser.call('POST', `${path}/prepare_verification`, form, session);
    assert.equal(prepared.response.verification.strategy, 'email_link');
    assert.deepEqual((await outcome(await linkTo(api, second))).status, 'verified');
    const { response } = await browser.call('GET', path, {}, session);
    assert.deepEqual([response.verification.status, response.verification.strategy], ['verified', 'email_link']);
    assert.equal((await sessionsOf(user.id)).length, 1);
  });

  it('send nothing to test addresses, where the test code does', async () => {
    emailAddress = `reader${count++}+clerk_test@example.com`;
    await newUser();
    const { path } = await start();
    const done = await browser.call('POST', `${path}/attempt_first_factor`, { strategy: 'email_link', code: '424242' });
    assert.equal(done.response.status, 'complete');
    assert.ok(!(await api.mails()).some(({ recipient }) => recipient === emailAddress));
  });

  it('are nowhere but in the mail', async () => {
    await newUser();
    await start();
    const token = new URL(await linkTo(api, emailAddress)).searchParams.get('token') ?? '';
    await outcome(`${api.url}/v1/verify?token=${token}`);
    assert.ok(token.length >= 43);
    for (const table of ['email_links', 'verifications', 'sign_ins'] as const) {
      const rows = await api.database.selectFrom(table).selectAll().execute();
      assert.ok(rows.length, table);
      assert.ok(!textOfRows(rows).includes(token), table);
    }
    assert.ok(!api.log.some((line) => line.includes(token)));
  });
});

describe('C3: links by mail that must be opened in the same browser', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi({ instance: { ...withLinks, email_link: { require_same_client: true } } });
  });
  after(() => api.stop());

  it('are refused to others, and are as good as before', async () => {
    const emailAddress = 'same@example.com';
    await addUser(api, { emailAddress });
    const browser = await createFrontendClient(api);
    const other = await createFrontendClient(api);
    const form = { identifier: emailAddress, strategy: 'email_link' };
    const { response } = await browser.call('POST', '/client/sign_ins', { ...form, redirect_url: `${api.url}/verify` });
    const link = await linkTo(api, emailAddress);
    for (const headers of [{}, { cookie: `__clerk_db_jwt=${other.devBrowser}` }, { cookie: '__clerk_db_jwt=dvb_unknown' }]) {
      assert.equal((await outcome(link, headers as Record<string, string>)).status, 'client_mismatch');
    }
    assert.equal((await browser.call('GET', `/client/sign_ins/${response.id}`)).response.status, 'needs_first_factor');
    assert.equal((await outcome(link, { cookie: `__clerk_db_jwt=${browser.devBrowser}` })).status, 'verified');
    const { body } = await browser.call('GET', '/environment');
    assert.equal(body.user_settings.attack_protection.email_link.require_same_client, true);
    assert.deepEqual(body.user_settings.attributes.email_address.verifications, ['email_link', 'email_code']);
  });

  it('say so on our page', async () => {
    const browser = await createFrontendClient(api);
    const emailAddress = 'new@example.com';
    await browser.call('POST', '/client/sign_ups', { email_address: emailAddress, strategy: 'email_link' });
    const answer = await open(await linkTo(api, emailAddress));
    const body = (await answer.json()) as { errors: { code: string }[] };
    assert.deepEqual([answer.status, body.errors[0]?.code], [403, 'sign_up_email_link_not_same_client']);
  });
});

describe('C3: links by mail in production', () => {
  let api: TestApi & { address: string };
  before(async () => {
    api = await startProductionApi({ instance: withLinks });
  });
  after(() => api.stop());

  const start = async (emailAddress: string) => {
    await addUser(api, { emailAddress });
    const browser = new CookieBrowser(api.address);
    const form = { identifier: emailAddress, strategy: 'email_link', redirect_url: `${api.address}/verify` };
    const { response } = await browser.call('POST', '/v1/client/sign_ins', { form });
    return { browser, id: response.id as string, link: await linkTo(api, emailAddress) };
  };
  const pathOf = (link: string) => link.slice(api.address.length);

  it('give the browser that opens its own link a new credential, so that a planted one never signs in', async () => {
    const { browser, link, id } = await start('own@example.com');
    const planted = browser.copy();
    const before = browser.cookies.get('__client');
    const opened = await browser.call('GET', pathOf(link));
    assert.equal(opened.status, 303);
    assert.notEqual(browser.cookies.get('__client'), before);
    const { response } = await browser.call('GET', `/v1/client/sign_ins/${id}`);
    assert.equal(response.status, 'complete');
    assert.equal((await browser.call('GET', '/v1/client')).response.sessions.length, 1);
    assert.deepEqual((await planted.call('GET', '/v1/client')).response?.sessions ?? [], []);
  });

  it('opened elsewhere leave the browser that waits what it knows itself by, and sign in nobody else', async () => {
    const { browser, link, id } = await start('elsewhere@example.com');
    const elsewhere = new CookieBrowser(api.address);
    const opened = await elsewhere.call('GET', pathOf(link));
    assert.equal(opened.status, 303);
    assert.equal(elsewhere.cookies.get('__client'), undefined);
    const { response } = await browser.call('GET', `/v1/client/sign_ins/${id}`);
    assert.equal(response.status, 'complete');
    assert.equal((await browser.call('GET', '/v1/client')).response.sessions.length, 1);
  });
});
