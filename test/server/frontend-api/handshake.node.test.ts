import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { takeHandshake } from '../../../demo/server/store/handshakes.ts';
import { cookieSuffix } from '../../../src/rules/publishable-key.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { addUser } from '../../support/users.ts';
import { CookieBrowser, pageOrigin, startProductionApi } from '../../support/production.ts';
import { redirectSpellings } from '../../support/redirect-spellings.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';

const password = 'quiet-marble-lantern';
const page = 'http://localhost:3000/page?x=1';

const go = (url: string, parameters: Record<string, string>) => fetch(`${url}?${new URLSearchParams(parameters)}`, { redirect: 'manual' });

describe('GET /v1/client/handshake in development', () => {
  let api: TestApi;
  let browser: FrontendClient;
  let sessionId: string;
  let names: { session: string; uat: string; devBrowser: string; refresh: string };

  before(async () => {
    api = await startApi();
    await addUser(api, { emailAddress: 'ann@example.com', password });
    browser = await createFrontendClient(api);
    sessionId = (await browser.call('POST', '/client/sign_ins', { identifier: 'ann@example.com', password })).response.created_session_id;
    const suffix = await cookieSuffix(api.publishableKey);
    names = {
      session: `__session_${suffix}`,
      uat: `__client_uat_${suffix}`,
      devBrowser: `__clerk_db_jwt_${suffix}`,
      refresh: `__refresh_${suffix}`,
    };
  });
  after(() => api.stop());

  const shake = (parameters: Record<string, string>) =>
    go(`${api.url}/v1/client/handshake`, { redirect_url: page, __clerk_db_jwt: browser.devBrowser, ...parameters });
  const nonceOf = (answer: Response) => new URL(answer.headers.get('location') ?? '').searchParams.get('__clerk_handshake_nonce') ?? '';
  const directivesOf = async (answer: Response) => (await takeHandshake(api.database, nonceOf(answer), Date.now())) ?? [];
  const valueOf = (lines: string[], name: string) =>
    lines
      .find((line) => line.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .split(';')[0];

  it('goes back to the page with a nonce, behind which both families of cookies wait', async () => {
    const answer = await shake({ format: 'nonce', suffixed_cookies: 'true', __clerk_hs_reason: 'dev-browser-sync' });
    assert.equal(answer.status, 307);
    assert.match(answer.headers.get('location') ?? '', /^http:\/\/localhost:3000\/page\?x=1&__clerk_handshake_nonce=[\w-]{43}$/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const lines = await directivesOf(answer);
    for (const [plain, suffixed] of [
      ['__session', names.session],
      ['__client_uat', names.uat],
      ['__clerk_db_jwt', names.devBrowser],
    ] as const) {
      assert.ok(valueOf(lines, plain));
      assert.equal(valueOf(lines, plain), valueOf(lines, suffixed));
    }
    assert.equal(valueOf(lines, '__clerk_db_jwt'), browser.devBrowser);
    for (const line of lines) assert.match(line, /; Path=\/; Max-Age=34560000;( HttpOnly;)? SameSite=Lax$/);
    // The one that no script has a use for.
    assert.deepEqual(
      lines.filter((line) => line.includes('HttpOnly')).map((line) => line.replace(/=.*/, '')),
      [names.refresh],
    );
  });

  it('gives a nonce that works once and not for long', async () => {
    const answer = await shake({ format: 'nonce' });
    assert.ok((await directivesOf(answer)).length);
    assert.deepEqual(await directivesOf(answer), []);
    const late = await shake({ format: 'nonce' });
    assert.equal(await takeHandshake(api.database, nonceOf(late), Date.now() + 31_000), undefined);
    assert.equal(await takeHandshake(api.database, 'unknown', Date.now()), undefined);
  });

  it('stores nothing that could be used by who reads the table', async () => {
    const answer = await shake({ format: 'nonce' });
    const rows = await api.database.selectFrom('handshakes').selectAll().execute();
    assert.ok(rows.length);
    const dump = rows.map((row) => row.sealed_directives.toString('latin1') + row.nonce_hash.toString('latin1')).join();
    for (const secret of [browser.devBrowser, '__session', 'eyJ', nonceOf(answer)]) assert.ok(!dump.includes(secret));
  });

  it('answers in a signed token where no format is named', async () => {
    const token = new URL((await shake({})).headers.get('location') ?? '').searchParams.get('__clerk_handshake') ?? '';
    const { createLocalJWKSet, jwtVerify } = await import('jose');
    const keys = (await (await fetch(`${api.url}/.well-known/jwks.json`)).json()) as Parameters<typeof createLocalJWKSet>[0];
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys));
    assert.ok(valueOf(payload['handshake'] as string[], '__session'));
  });

  it('makes an unknown browser known', async () => {
    for (const devBrowser of ['', 'dvb_unknown']) {
      const lines = await directivesOf(await shake({ format: 'nonce', __clerk_db_jwt: devBrowser }));
      const made = valueOf(lines, '__clerk_db_jwt') ?? '';
      assert.match(made, /^dvb_/);
      assert.equal((await fetch(`${api.url}/v1/client?__clerk_db_jwt=${made}`)).status, 200);
      assert.equal(valueOf(lines, '__client_uat'), '0');
      assert.match(lines.find((line) => line.startsWith('__session=')) ?? '', /^__session=; Path=\/; Max-Age=0/);
    }
  });

  it('is understood by the official backend package', async () => {
    const clerk = createOfficialBackend(api);
    const ask = (url: string, cookie = '') =>
      clerk.authenticateRequest(
        new Request(url, { headers: { accept: 'text/html', 'sec-fetch-dest': 'document', ...(cookie && { cookie }) } }),
        { proxyUrl: api.url },
      );
    const first = await ask(page, `__clerk_db_jwt=${browser.devBrowser}; __client_uat=1`);
    assert.equal(first.status, 'handshake');
    const target = new URL(first.headers.get('location') ?? '');
    assert.equal(target.origin, api.url);
    const back = await fetch(target, { redirect: 'manual' });
    assert.equal(back.status, 307);
    const second = await ask(back.headers.get('location') ?? '');
    const cookies = second.headers
      .getSetCookie()
      .map((line) => line.split(';')[0] ?? '')
      .filter((pair) => !pair.endsWith('='));
    const third = await ask(page, cookies.join('; '));
    assert.deepEqual([third.status, third.toAuth()?.sessionId], ['signed-in', sessionId]);
  });

  it('leads nowhere but to pages that may use the instance', async () => {
    const foreign = redirectSpellings.map(([target]) => target).filter((target) => !/^\s*http:\/\/localhost/i.test(target));
    for (const target of [...foreign, '']) {
      for (const path of ['handshake', 'touch']) {
        const answer = await go(`${api.url}/v1/client/${path}`, { redirect_url: target, __clerk_db_jwt: browser.devBrowser });
        const location = answer.headers.get('location');
        // A test instance accepts every loopback origin, and no other.
        if (location) assert.match(location, /^https?:\/\/(localhost|evil\.localhost|127\.0\.0\.1|\[::1\])[:/]/, target);
        else assert.equal(answer.status, 422, target);
      }
    }
  });

  it('refuses two targets', async () => {
    const answer = await fetch(
      `${api.url}/v1/client/handshake?redirect_url=${encodeURIComponent(page)}&redirect_url=${encodeURIComponent(page)}`,
      { redirect: 'manual' },
    );
    assert.equal(answer.status, 422);
  });
});

describe('GET /v1/client/handshake in production', () => {
  it('answers with a cookie, for the browser that the __client cookie names', async () => {
    const api = await startProductionApi({ host: 'clerk.example.com' });
    try {
      await addUser(api, { emailAddress: 'ann@example.com', password });
      const browser = new CookieBrowser(api.address);
      await browser.signIn('ann@example.com', password);
      const target = encodeURIComponent(`${pageOrigin}/page`);
      const { status, headers, setCookies } = await browser.call('GET', `/v1/client/handshake?redirect_url=${target}&format=nonce`);
      assert.deepEqual([status, headers.get('location')], [307, `${pageOrigin}/page`]);
      const [line = ''] = setCookies;
      const [, nonce = ''] =
        /^__clerk_handshake_nonce=([\w-]{43}); Path=\/; Domain=example\.com; Max-Age=30; HttpOnly; Secure; SameSite=Lax$/.exec(line) ?? [];
      const lines = (await takeHandshake(api.database, nonce, Date.now())) ?? [];
      assert.match(
        lines.find((text) => text.startsWith('__session=')) ?? '',
        /^__session=eyJ[\w.-]+; Path=\/; Max-Age=34560000; Secure; SameSite=Lax$/,
      );
      assert.match(lines.find((text) => text.startsWith('__client_uat=')) ?? '', /^__client_uat=\d{10}; Path=\/; Domain=example\.com; /);
      assert.ok(lines.some((text) => /^__clerk_handshake_nonce=; .*Max-Age=0/.test(text)));
      assert.ok(lines.at(-1)?.startsWith('__session_'));
      assert.ok(!lines.some((text) => text.startsWith('__clerk_db_jwt')));

      const foreign = await browser.call('GET', `/v1/client/handshake?redirect_url=${encodeURIComponent('http://localhost:3000/')}`);
      assert.deepEqual([foreign.status, foreign.codes], [422, ['invalid_redirect_url']]);
    } finally {
      await api.stop();
    }
  });
});

describe('GET /v1/client/touch', () => {
  it('gives the cookie that was shown its full life again, and no other', async () => {
    const api = await startProductionApi();
    try {
      await addUser(api, { emailAddress: 'ann@example.com', password });
      const browser = new CookieBrowser(api.address);
      await browser.signIn('ann@example.com', password);
      const shown = browser.cookies.get('__client');
      const path = `/v1/client/touch?redirect_url=${encodeURIComponent(`${pageOrigin}/a?b#c`)}`;
      const { status, headers, setCookies } = await browser.call('GET', path);
      assert.deepEqual([status, headers.get('location')], [307, `${pageOrigin}/a?b#c`]);
      assert.deepEqual(setCookies, [`__client=${shown}; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax`]);

      const unknown = new CookieBrowser(api.address);
      unknown.cookies.set('__client', 'unknown');
      assert.deepEqual((await unknown.call('GET', path)).setCookies, []);
    } finally {
      await api.stop();
    }
  });
});
