/** Private metadata never leaves by the Frontend API: a canary in it, and everything that this API can say (security.md, M1). */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { endpoints } from '../../../src/wire/endpoints.ts';
import type { EndpointName } from '../../../src/wire/endpoints.ts';
import { presentBackendUser, presentUser } from '../../../demo/server/present/user.ts';
import { findBackendUser } from '../../../demo/server/store/users.ts';
import { readSettings } from '../../../demo/server/settings.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { CallOptions, FrontendClient } from '../../support/frontend-client.ts';
import { CookieBrowser, startProductionApi } from '../../support/production.ts';
import { namedOrigin } from '../../support/passkeys.ts';
import { answered, password, refused, situatedInstance, situatedUser } from '../../support/situations.ts';
import type { SituatedCall } from '../../support/situations.ts';
import { addUser, mailedCodes } from '../../support/users.ts';

const canary = 'c4n4ry-of-private-metadata';
/** In a value, in a key, deep inside, and in a list. */
const documents = { stripeId: canary, [canary]: { deep: [canary, { [canary]: 1 }] } };

/** The text, and what its tokens say, also those that are inside of others. */
function reveal(text: string): string {
  const tokens = text.match(/eyJ[\w-]+\.[\w-]+/g) ?? [];
  const contents = tokens.flatMap((token) => token.split('.').map((part) => Buffer.from(part, 'base64url').toString()));
  return [text, ...contents.map(reveal)].join('\n');
}

const shows = (text: string) => reveal(text).includes(canary);

describe('M1: the search for the canary', () => {
  const token = (claims: object) => `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
  const places: [where: string, write: (text: string) => string][] = [
    ['a body', (text) => JSON.stringify({ response: { private_metadata: { stripeId: text } } })],
    ['a key', (text) => JSON.stringify({ [text]: 1 })],
    ['a token', (text) => token({ claims: { stripeId: text } })],
    ['a token inside of a token', (text) => token({ handshake: [`__session=${token({ meta: text })}; Path=/`] })],
    ['a token in an address', (text) => `/?__clerk_handshake=${encodeURIComponent(token({ meta: text }))}`],
  ];
  for (const [where, write] of places) {
    it(`finds it in ${where}`, () => {
      assert.ok(shows(write(canary)));
      assert.ok(!shows(write('something else')));
    });
  }
});

describe('M1: private metadata', () => {
  let api: TestApi;
  let count = 0;
  /** How often each status was answered, how often a user was shown, and where the canary was found. */
  const statuses = new Map<number, number>();
  let users = 0;
  const leaks: string[] = [];

  before(async () => {
    // Claims hold all that they can of the user; `none` is what situations call a template.
    const claims = { all: ['{{user.public_metadata}}', '{{user.unsafe_metadata}}', "{{user.private || 'metadata'}}", '{{user.id}}'] };
    api = await startApi({
      instance: { ...situatedInstance, users: [], session_token: { claims }, jwt_templates: [{ name: 'none', claims }] },
    });
  });
  after(() => api.stop());

  /** Looks through what was said somewhere. */
  const inspect = (where: string, text: string) => {
    if (text.includes('"object":"user"')) users++;
    if (shows(text)) leaks.push(where);
  };
  const assertSilent = () => assert.deepEqual(leaks, []);

  /** A person with the canary, and a browser whose every answer is kept. */
  const start = async () => {
    const emailAddress = `person${count++}+clerk_test@example.com`;
    const { id } = await addUser(api, { emailAddress, ...situatedUser, private_metadata: documents });
    const plain = await createFrontendClient(api, { origin: namedOrigin(api) });
    const browser: FrontendClient = {
      get devBrowser() {
        return plain.devBrowser;
      },
      set devBrowser(value) {
        plain.devBrowser = value;
      },
      call: async (...parameters) => {
        const answer = await plain.call(...parameters);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        inspect(`${parameters[0]} ${parameters[1]} ${answer.status}`, JSON.stringify([[...answer.headers], answer.body]));
        return answer;
      },
    };
    return { api, id, emailAddress, browser };
  };

  const fill = (path: string, parameters: Record<string, string> = {}) =>
    path.replace(/:(\w+)/g, (_match, parameter: string) => parameters[parameter] ?? 'missing');

  it('is in the answer of a backend, which is how the search shows that it can find it', async () => {
    const { id } = await start();
    const { body } = await createBackendClient(api)('GET', `/users/${id}`);
    assert.deepEqual(body.private_metadata, documents);
    assert.ok(shows(JSON.stringify(body)));
  });

  it('would be noticed if the presenter for browsers let it through', async () => {
    const { id } = await start();
    const user = (await findBackendUser(api.database, id))!;
    const context = { settings: readSettings({}, 'development'), frontendApiUrl: api.url, now: Date.now };
    assert.ok(shows(JSON.stringify(presentBackendUser(user, context))));
    // Even given a row that holds it.
    assert.ok(!shows(JSON.stringify(presentUser(user, context))));
  });

  for (const [name, run] of Object.entries({ ...answered, ...refused }) as [EndpointName, SituatedCall][]) {
    const { method, path } = endpoints[name];
    it(`is in no answer of ${method} ${path}, good or bad`, async () => {
      const situation = await start();
      const { browser, emailAddress, id } = situation;
      let parameters: Record<string, string> = {};
      let acting: string | undefined;
      const answer = await run(situation, (given = {}, form = {}, sessionId) => {
        parameters = given;
        acting = sessionId;
        return browser.call(method, fill(path, given), form, sessionId === undefined ? {} : { sessionId });
      });
      // Here there is a template; but still no second factor that sends anything, no waitlist, and no way in but the password.
      const expected = { prepareSecondReverification: 400, joinWaitlist: 403, removePassword: 400 }[name as string] ?? 200;
      assert.equal(answer.status, expected, JSON.stringify(answer.body));

      // The same again, and in all the ways in which it is refused.
      const session: CallOptions = acting === undefined ? {} : { sessionId: acting };
      const again = (form: Record<string, string> = {}, options: CallOptions = {}) =>
        browser.call(method, fill(path, parameters), form, options);
      for (const apiVersion of [null, '2021-02-05', '2025-11-10', '2026-08-20'])
        await again({ unsafe_metadata: '{"a":1}' }, { ...session, apiVersion });
      await again({ private_metadata: '{"a":1}' }, session);
      await again({ unsafe_metadata: '[]' }, session);
      await again({}, { ...session, apiVersion: 'latest' });
      await again({}, { ...session, headers: { 'content-type': 'application/json' } });
      await again({}, { ...session, headers: { origin: 'https://evil.example.com' } });
      await again({}, { ...session, query: { _method: 'DELETE' } });
      await again({}, { sessionId: 'sess_unknown' });
      await browser.call(method, fill(path), {}, session);
      await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
      await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password: 'wrong-marble-lantern' });
      await api.database.updateTable('users').set({ banned: true }).where('id', '=', id).execute();
      await again({}, session);
      await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
      assertSilent();
    });
  }

  it('was looked for in all kinds of answers', () => {
    for (const status of [200, 400, 401, 403, 404, 415, 422]) assert.ok(statuses.has(status), String(status));
    assert.ok(users > Object.keys(endpoints).length, String(users));
  });

  it('is in no session token, no token of a template and no handshake, whatever its format', async () => {
    const { browser, emailAddress } = await start();
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
    for (const path of ['tokens', 'tokens/none']) {
      const { body } = await browser.call('POST', `/client/sessions/${response.created_session_id}/${path}`);
      assert.match(reveal(body.jwt as string), /"all":\[/);
    }
    for (const format of ['token', 'nonce']) {
      const query = new URLSearchParams({ redirect_url: `${api.url}/`, format, __clerk_db_jwt: browser.devBrowser });
      const answer = await fetch(`${api.url}/v1/client/handshake?${query}`, { redirect: 'manual' });
      const location = new URL(answer.headers.get('location') ?? '');
      const nonce = location.searchParams.get('__clerk_handshake_nonce');
      const payload =
        nonce === null
          ? location.href
          : JSON.stringify((await createBackendClient(api)('GET', `/clients/handshake_payload?nonce=${nonce}`)).body);
      assert.ok(reveal(payload).includes('__session'), format);
      inspect(`handshake ${format}`, payload);
    }
    assertSilent();
  });

  it('is in no answer of a production instance, and in none of its cookies', async () => {
    const production = await startProductionApi();
    try {
      await addUser(production, { emailAddress: 'ann@example.com', password, private_metadata: documents });
      const browser = new CookieBrowser(production.address);
      const sessionId = await browser.signIn('ann@example.com', password);
      for (const [method, path, form] of [
        ['GET', '/v1/client', {}],
        ['GET', `/v1/me?_clerk_session_id=${sessionId}`, {}],
        ['PATCH', `/v1/me/metadata?_clerk_session_id=${sessionId}`, { unsafe_metadata: '{"a":1}' }],
        ['PATCH', `/v1/me?_clerk_session_id=${sessionId}`, { private_metadata: '{}' }],
        ['POST', `/v1/client/sessions/${sessionId}/tokens`, {}],
      ] as const) {
        const answer = await browser.call(method, path, { form });
        inspect(`production ${method} ${path}`, JSON.stringify([[...answer.headers], answer.setCookies, answer.body]));
      }
      inspect('cookies', JSON.stringify([...browser.cookies]));
      assertSilent();
    } finally {
      await production.stop();
    }
  });

  it('is on no page', async () => {
    const pages = readdirSync(new URL('../../../demo', import.meta.url)).filter((name) => /\.(html|js|svg)$/.test(name));
    const { id } = await start();
    for (const path of [
      ...pages.map((name) => `/${name}`),
      ...['/', '/sign-in', '/sign-up', '/sign-in/factor-one', '/inbox', '/inbox/mails', '/v1/health', '/.well-known/jwks.json', '/none'],
      `/avatars/${id}.svg`,
      '/instance.json',
    ]) {
      const answer = await fetch(api.url + path);
      inspect(path, `${JSON.stringify([...answer.headers])} ${await answer.text()}`);
    }
    assertSilent();
  });

  it('is in no mail and in no line of the log, also when backends send it wrongly and when a write fails', async () => {
    const { id } = await start();
    const call = createBackendClient(api);
    await call('PATCH', `/users/${id}/metadata`, { body: { private_metadata: { again: canary } } });
    await call('PATCH', `/users/${id}/metadata`, { body: `{"private_metadata":{"a":"${canary}"` });
    await call('PATCH', `/users/${id}/metadata`, { body: { private_metadata: canary } });
    await call('PATCH', `/users/${id}/metadata`, { body: { private_metadata: { a: canary.repeat(400) } } });
    await call('PATCH', `/users/${id}`, { body: { private_metadata: { a: canary } }, version: '2026-05-12' });
    await call('GET', `/users?query=${canary}&limit=bad`);
    await call('PUT', '/users/user_none/metadata', { body: { private_metadata: { a: canary } } });
    // PostgreSQL quotes the row that fails.
    await sql`alter table users add constraint no_boom check (not jsonb_exists(private_metadata, 'boom'))`.execute(api.database);
    const failed = await call('PATCH', `/users/${id}/metadata`, { body: { private_metadata: { boom: canary } } });
    assert.deepEqual([failed.status, failed.body.errors[0].code], [500, 'internal_clerk_error']);
    inspect('the answer to a failed write', JSON.stringify([[...failed.headers], failed.body]));
    assert.match(api.log.join(''), /no_boom/);
    inspect('log', api.log.join(''));
    const emailAddress = 'reader-of-mail@example.com';
    await addUser(api, { emailAddress, private_metadata: documents });
    await (await createFrontendClient(api)).call('POST', '/client/sign_ins', { identifier: emailAddress, strategy: 'email_code' });
    assert.match((await mailedCodes(api, emailAddress)).join(), /^\d{6}$/);
    inspect('mails', JSON.stringify(await api.mails()));
    assertSilent();
  });
});
