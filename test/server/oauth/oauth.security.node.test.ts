import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { Navigator } from '../../support/external-accounts.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { startOtherProvider } from '../../support/other-provider.ts';
import type { OtherProvider } from '../../support/other-provider.ts';
import { CookieBrowser, pageOrigin, startProductionApi } from '../../support/production.ts';
import { redirectSpellings } from '../../support/redirect-spellings.ts';
import { textOfRows } from '../../support/rows-text.ts';
import { isLoopbackHost } from '../../../src/rules/publishable-key.ts';
import { allowedRedirect } from '../../../src/rules/redirect.ts';

const targets = { redirect_url: 'http://localhost:3000/sso-callback', action_complete_redirect_url: 'http://localhost:3000/after' };
const clientId = 'our-application';

describe('the way to a provider and back', () => {
  let provider: OtherProvider;
  let api: TestApi;
  let count = 0;
  before(async () => {
    provider = await startOtherProvider();
    const { issuer } = provider;
    const plain = { authorization_url: `${issuer}/authorize`, token_url: `${issuer}/token`, userinfo_url: `${issuer}/me` };
    api = await startApi({
      instance: {
        users: [],
        allowed_origins: ['https://app.test', 'https://a.shop.test'],
        social: [
          { strategy: 'oauth_google', client_id: clientId, issuer },
          { strategy: 'oauth_custom_plain', client_id: clientId, ...plain, scopes: ['read'], emails_are_verified: true },
        ],
      },
      clientSecretOf: (strategy) => (strategy === 'oauth_custom_plain' ? 'a secret' : undefined),
    });
  });
  after(() => Promise.all([api.stop(), provider.stop()]));

  const newPerson = () => {
    const sub = `person-${count++}`;
    provider.person = { sub, email: `${sub}@example.com`, email_verified: true };
  };

  /** To the provider and back, but for the last step. */
  const setOut = async (browser: FrontendClient, strategy = 'oauth_google', resource = 'sign_ups') => {
    const { response, body } = await browser.call('POST', `/client/${resource}`, { strategy, ...targets });
    const verification = resource === 'sign_ups' ? response.verifications?.external_account : response.first_factor_verification;
    assert.ok(verification, JSON.stringify(body));
    const address = verification.external_verification_redirect_url as string;
    const navigator = new Navigator();
    const callback = (await navigator.go(address)).headers.get('location') ?? '';
    return { address, callback, navigator, id: response.id as string };
  };

  const verificationOf = async (browser: FrontendClient) => {
    const { response } = await browser.call('GET', '/client');
    return { client: response, verification: response.sign_up?.verifications.external_account };
  };

  const codesOf = (text: string) => (JSON.parse(text) as { errors: { code: string }[] }).errors.map(({ code }) => code);

  it('asks with PKCE, a nonce, and a state that is kept as a digest only', async () => {
    newPerson();
    const browser = await createFrontendClient(api);
    const { address, callback, navigator } = await setOut(browser);
    const { searchParams: asked } = new URL(address);
    assert.equal(asked.get('code_challenge_method'), 'S256');
    assert.equal(asked.get('redirect_uri'), `${api.url}/v1/oauth_callback`);
    for (const name of ['state', 'nonce', 'code_challenge']) assert.match(asked.get(name) ?? '', /^[\w-]{43}$/);
    const row = await api.database.selectFrom('oauth_states').selectAll().executeTakeFirstOrThrow();
    for (const name of ['state', 'nonce']) assert.ok(!textOfRows([row]).includes(asked.get(name) ?? ''), name);
    assert.equal((await navigator.go(callback)).headers.get('location'), targets.action_complete_redirect_url);
    assert.match(provider.tokenRequests.at(-1)?.form.get('code_verifier') ?? '', /^[\w-]{43}$/);
    assert.deepEqual(await api.database.selectFrom('oauth_states').selectAll().execute(), []);
    for (const secret of [asked.get('state'), new URL(callback).searchParams.get('code'), 'access-code']) {
      assert.ok(!api.log.join('\n').includes(secret ?? ''), 'nothing of it is in the log');
    }
  });

  it('comes back once, however many come at the same time', async () => {
    newPerson();
    const browser = await createFrontendClient(api);
    const { callback, navigator } = await setOut(browser);
    const hops = await Promise.all(Array.from({ length: 10 }, () => navigator.go(callback)));
    assert.equal(hops.filter(({ status }) => status === 303).length, 1);
    for (const { status, text } of hops.filter((hop) => hop.status !== 303)) {
      assert.deepEqual([status, codesOf(text)], [400, ['oauth_callback_invalid']]);
    }
    assert.equal((await verificationOf(browser)).client.sessions.length, 1);
  });

  it('is not used up by a look at the headers', async () => {
    newPerson();
    const { callback, navigator } = await setOut(await createFrontendClient(api));
    assert.equal((await fetch(callback, { method: 'HEAD', redirect: 'manual' })).status, 404);
    assert.equal((await navigator.go(callback)).status, 303);
  });

  it('refuses a state that nobody has, and none', async () => {
    for (const query of ['', '?state=', '?code=x', '?state=unknown&code=x']) {
      const answer = await fetch(`${api.url}/v1/oauth_callback${query}`, { redirect: 'manual' });
      assert.deepEqual([answer.status, codesOf(await answer.text())], [400, ['oauth_callback_invalid']]);
    }
  });

  it('does not come back in another browser, and not in the first one after that', async () => {
    newPerson();
    const browser = await createFrontendClient(api);
    const victim = await createFrontendClient(api);
    const { callback, navigator } = await setOut(browser);
    const foreign = new Navigator();
    foreign.cookies.set('__clerk_db_jwt', victim.devBrowser);
    assert.deepEqual(codesOf((await foreign.go(callback)).text), ['oauth_callback_invalid']);
    assert.equal((await navigator.go(callback)).status, 400);
    for (const one of [browser, victim]) assert.deepEqual((await verificationOf(one)).client.sessions, []);
  });

  it('does not come back to an attempt that another has replaced', async () => {
    newPerson();
    const browser = await createFrontendClient(api);
    const { callback, navigator } = await setOut(browser);
    await setOut(browser);
    const hop = await navigator.go(callback);
    assert.equal(hop.headers.get('location'), targets.redirect_url);
    const { client, verification } = await verificationOf(browser);
    assert.equal(verification.status, 'unverified');
    assert.deepEqual(client.sessions, []);
  });

  it('believes nothing that was signed for somebody else, by somebody else, or at another time', async () => {
    const now = Math.floor(Date.now() / 1000);
    const faults: [name: string, changes: Record<string, unknown>, usesOtherKey?: boolean][] = [
      ['nonce', { nonce: 'another' }],
      ['nonce', { nonce: undefined }],
      ['issuer', { iss: 'https://accounts.evil.test' }],
      ['audience', { aud: 'another-application' }],
      ['time', { iat: now - 7200, exp: now - 3600 }],
      ['subject', { sub: undefined }],
      ['subject', { sub: 'another-person' }],
      ['key', {}, true],
    ];
    for (const [name, changes, usesOtherKey = false] of faults) {
      newPerson();
      Object.assign(provider, { changes, usesOtherKey });
      const browser = await createFrontendClient(api);
      const { callback, navigator } = await setOut(browser);
      const hop = await navigator.go(callback);
      Object.assign(provider, { changes: {}, usesOtherKey: false });
      assert.equal(hop.headers.get('location'), targets.redirect_url, name);
      const { client, verification } = await verificationOf(browser);
      assert.deepEqual(
        [verification.status, verification.error?.code],
        ['failed', 'oauth_callback_invalid'],
        `${name} ${JSON.stringify(changes)}`,
      );
      assert.deepEqual(client.sessions, []);
    }
  });

  it('believes no code of somebody else', async () => {
    newPerson();
    const browser = await createFrontendClient(api);
    const { callback, navigator } = await setOut(browser);
    const other = await setOut(await createFrontendClient(api));
    const mixed = new URL(callback);
    mixed.searchParams.set('code', new URL(other.callback).searchParams.get('code') ?? '');
    // Its nonce is that of the other way; a provider that checks PKCE would not even answer.
    await navigator.go(mixed.href);
    assert.equal((await verificationOf(browser)).verification.status, 'failed');
  });

  it('speaks OAuth 2 without discovery, with its secret', async () => {
    provider.person = { id: 4711, login: 'octo', name: 'Octo Cat', email: 'octo@example.com' };
    const browser = await createFrontendClient(api);
    const { callback, navigator, address } = await setOut(browser, 'oauth_custom_plain');
    assert.equal(new URL(address).searchParams.get('scope'), 'read');
    assert.equal((await navigator.go(callback)).headers.get('location'), targets.action_complete_redirect_url);
    assert.equal(provider.tokenRequests.at(-1)?.form.get('client_secret'), 'a secret');
    const { client } = await verificationOf(browser);
    const [account] = client.sessions[0].user.external_accounts;
    assert.deepEqual([account.provider_user_id, account.username, account.first_name, account.last_name], ['4711', 'octo', 'Octo', 'Cat']);
    assert.ok(!api.log.join('\n').includes('a secret'));
  });

  it('takes an answer by a form, and asks the browser to come again', async () => {
    newPerson();
    const browser = await createFrontendClient(api);
    const { callback, navigator } = await setOut(browser);
    const answer = await fetch(`${api.url}/v1/oauth_callback`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: provider.issuer },
      body: new URLSearchParams([...new URL(callback).searchParams, ['user', '{}']]),
    });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get('location'), callback);
    assert.equal((await navigator.go(callback)).headers.get('location'), targets.action_complete_redirect_url);
  });

  it('sends browsers to pages that may use this instance, however a target is spelled', async () => {
    const browser = await createFrontendClient(api);
    const isLocal = (origin: string) => isLoopbackHost(new URL(origin).host);
    const rules = { allowedOrigins: ['https://app.test', 'https://a.shop.test', isLocal] };
    for (const [target] of redirectSpellings) {
      if (!target) continue;
      const expected = allowedRedirect(target, rules)?.href;
      const form = { strategy: 'oauth_google', redirect_url: target };
      const { status, codes } = await browser.call('POST', '/client/sign_ins', form);
      if (expected === undefined) assert.deepEqual([status, codes], [422, ['invalid_redirect_url']], target);
      else assert.equal(status, 200, target);
    }
    const rows = await api.database.selectFrom('oauth_states').select('redirect_url').execute();
    for (const { redirect_url: url } of rows) {
      assert.ok(isLocal(url) || ['https://app.test', 'https://a.shop.test'].includes(new URL(url).origin), url);
    }
  });

  it('takes an ID token of Google once, and only one for this application', async () => {
    newPerson();
    const browser = await createFrontendClient(api);
    const call = (resource: string, token: string) => browser.call('POST', `/client/${resource}`, { strategy: 'google_one_tap', token });
    for (const wrong of [{ aud: 'another' }, { aud: clientId, iss: 'https://evil.test' }, { aud: clientId, exp: 1 }]) {
      const refused = await call('sign_ups', await provider.sign({ ...provider.person, ...wrong }));
      assert.deepEqual(refused.codes, ['form_param_value_invalid']);
    }
    const token = await provider.sign({ ...provider.person, aud: clientId });
    const unknown = await call('sign_ins', token);
    assert.deepEqual([unknown.status, unknown.codes], [404, ['external_account_not_found']]);
    const signedUp = await call('sign_ups', token);
    assert.equal(signedUp.response.status, 'complete', JSON.stringify(signedUp.body));
    const another = await createFrontendClient(api);
    const replayed = await another.call('POST', '/client/sign_ins', { strategy: 'google_one_tap', token });
    assert.deepEqual(replayed.codes, ['verification_already_verified']);
    const fresh = await provider.sign({ ...provider.person, aud: clientId, jti: 'fresh' });
    const signedIn = await another.call('POST', '/client/sign_ins', { strategy: 'google_one_tap', token: fresh });
    assert.equal(signedIn.response.status, 'complete', JSON.stringify(signedIn.body));
    assert.equal(signedIn.response.first_factor_verification.object, 'verification_google_one_tap');
  });
});

describe('the way to a provider in production', () => {
  let provider: OtherProvider;
  let api: TestApi & { address: string };
  before(async () => {
    provider = await startOtherProvider();
    provider.person = { sub: 'one', email: 'one@example.com', email_verified: true };
    const social = [{ strategy: 'oauth_google', client_id: clientId, issuer: provider.issuer }, { strategy: 'oauth_github' }];
    api = await startProductionApi({ instance: { social } });
  });
  after(() => Promise.all([api.stop(), provider.stop()]));

  const setOut = async (browser: CookieBrowser) => {
    const form = {
      strategy: 'oauth_google',
      redirect_url: `${pageOrigin}/sso-callback`,
      action_complete_redirect_url: `${pageOrigin}/after`,
    };
    const { response, body } = await browser.call('POST', '/v1/client/sign_ups', { form });
    assert.ok(response, JSON.stringify(body));
    const there = await new Navigator().go(response.verifications.external_account.external_verification_redirect_url);
    const { pathname, search } = new URL(there.headers.get('location') ?? '');
    return pathname + search;
  };

  it('ends in the browser with the cookie, which is changed', async () => {
    const browser = new CookieBrowser(api.address);
    const callback = await setOut(browser);
    const before = browser.cookies.get('__client');
    const back = await browser.call('GET', callback);
    assert.equal(back.status, 303);
    assert.equal(back.headers.get('location'), `${pageOrigin}/after`);
    assert.notEqual(browser.cookies.get('__client'), before);
    assert.notEqual(browser.cookies.get('__client_uat') ?? '0', '0');
    const { response } = await browser.call('GET', '/v1/client');
    assert.equal(response.sessions.length, 1);
  });

  it('ends nowhere in another browser, or in one without a cookie', async () => {
    for (const other of [new CookieBrowser(api.address), await someone()]) {
      const callback = await setOut(new CookieBrowser(api.address));
      assert.deepEqual((await other.call('GET', callback)).codes, ['oauth_callback_invalid']);
    }

    async function someone() {
      const browser = new CookieBrowser(api.address);
      await browser.call('POST', '/v1/client/sign_ins', { form: {} });
      return browser;
    }
  });

  it('knows no development provider', async () => {
    const { body } = await new CookieBrowser(api.address).call('GET', '/v1/environment');
    assert.deepEqual(Object.keys(body.user_settings.social), ['oauth_google']);
    assert.equal(body.display_config.google_one_tap_client_id, clientId);
    const answer = await fetch(`${api.address}/development-provider/.well-known/openid-configuration`);
    assert.equal(answer.status, 404);
    assert.ok(api.log.some((line) => line.includes('oauth_github has no client_id')));
  });
});
