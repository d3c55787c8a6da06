import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { SettingsFile } from '../../../demo/server/settings.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer, FrontendClient } from '../../support/frontend-client.ts';
import { addUser } from '../../support/users.ts';

const password = 'quiet-marble-lantern';
const instance: SettingsFile = {
  session_token: {
    claims: {
      metadata: '{{user.public_metadata}}',
      theme: "{{user.unsafe_metadata.theme || 'light'}}",
      name: '{{user.full_name}}',
      firstName: '{{user.first_name}}',
      org: '{{org.slug}}',
      nested: { list: ['{{user.email_verified}}', 'is {{user.primary_email_address}}'] },
    },
  },
  jwt_templates: [
    {
      name: 'everything',
      lifetime: 120,
      claims: {
        aud: 'https://my-site.com',
        id: '{{user.id}}',
        external_id: '{{user.external_id}}',
        first_name: '{{user.first_name}}',
        last_name: '{{user.last_name}}',
        full_name: '{{user.full_name}}',
        username: '{{user.username}}',
        image_url: '{{user.image_url}}',
        has_image: '{{user.has_image}}',
        primary_email_address: '{{user.primary_email_address}}',
        email_verified: '{{user.email_verified}}',
        primary_phone_number: '{{user.primary_phone_number}}',
        primary_phone_address: '{{user.primary_phone_address}}',
        phone_number_verified: '{{user.phone_number_verified}}',
        primary_web3_wallet: '{{user.primary_web3_wallet}}',
        two_factor_enabled: '{{user.two_factor_enabled}}',
        created_at: '{{user.created_at}}',
        updated_at: '{{user.updated_at}}',
        public_metadata: '{{user.public_metadata}}',
        unsafe_metadata: '{{user.unsafe_metadata}}',
        organizations: '{{user.organizations}}',
        org: ['{{org.id}}', '{{org.name}}', '{{org.role}}', '{{org.public_metadata}}', '{{org_membership.public_metadata}}'],
        session: ['{{session.actor}}', '{{session.reverification_id}}'],
      },
    },
  ],
};

describe('tokens for browsers', () => {
  let api: TestApi;
  let backend: BackendCall;
  let browser: FrontendClient;
  let userId: string;
  let emailAddress: string;
  let sessionId: string;
  let time = Date.UTC(2026, 0, 1);
  let count = 0;

  before(async () => {
    api = await startApi({ instance, now: () => time });
    backend = createBackendClient(api);
  });
  after(() => api.stop());
  beforeEach(async () => {
    time += 60_000;
    emailAddress = `person${++count}@example.com`;
    const names = { first_name: 'Maria', last_name: 'Doe', username: `maria${count}`, external_id: emailAddress };
    const metadata = { public_metadata: { role: 'admin' }, private_metadata: { canary: 'c4n4ry' } };
    userId = (await addUser(api, { emailAddress, password, ...names, ...metadata }, time)).id;
    browser = await createFrontendClient(api);
    sessionId = (await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password })).response.created_session_id;
  });

  const mint = async (template = '') => {
    const { status, body } = await browser.call('POST', `/client/sessions/${sessionId}/tokens${template && `/${template}`}`);
    assert.equal(status, 200, JSON.stringify(body));
    return body.jwt as string;
  };
  /** Claims of the token that came along with an answer. */
  const riding = ({ client }: FrontendAnswer) => decodeJwt(client.sessions[0].last_active_token.jwt);

  it('of a session hold the claims of the settings', async () => {
    const { metadata, theme, name, firstName, org, nested, sid, sub } = decodeJwt(await mint());
    assert.deepEqual(
      { metadata, theme, name, firstName, org, nested, sid, sub },
      {
        metadata: { role: 'admin' },
        theme: 'light',
        name: 'Maria Doe',
        firstName: 'Maria',
        org: null,
        nested: { list: [true, `is ${emailAddress}`] },
        sid: sessionId,
        sub: userId,
      },
    );
  });

  it('of a template hold all that is documented, and of the session nothing', async () => {
    await backend('PATCH', `/users/${userId}/metadata`, { body: { unsafe_metadata: { foo: { bar: 42 }, text: '{{user.id}}' } } });
    const jwt = await mint('everything');
    const { kid, ...header } = decodeProtectedHeader(jwt);
    assert.match(kid ?? '', /^ins_/);
    assert.deepEqual(header, { alg: 'RS256', typ: 'JWT', cat: 'cl_B7d4PD222AAA' });
    const { jti, image_url: imageUrl, updated_at: updatedAt, ...claims } = decodeJwt(jwt);
    assert.match(jti ?? '', /^[\w-]{20}$/);
    assert.match(String(imageUrl), /^http:\/\/127\.0\.0\.1:\d+\/avatars\//);
    const iat = Math.floor(time / 1000);
    assert.ok(Number(updatedAt) >= iat && Number(updatedAt) < iat + 60);
    assert.deepEqual(claims, {
      aud: 'https://my-site.com',
      id: userId,
      external_id: emailAddress,
      first_name: 'Maria',
      last_name: 'Doe',
      full_name: 'Maria Doe',
      username: `maria${count}`,
      has_image: false,
      primary_email_address: emailAddress,
      email_verified: true,
      primary_phone_number: null,
      primary_phone_address: null,
      phone_number_verified: false,
      primary_web3_wallet: null,
      two_factor_enabled: false,
      created_at: iat,
      public_metadata: { role: 'admin' },
      unsafe_metadata: { foo: { bar: 42 }, text: '{{user.id}}' },
      organizations: {},
      org: [null, null, null, null, null],
      session: [null, null],
      azp: api.url,
      iss: `https://${new URL(api.url).host}`,
      sub: userId,
      iat,
      nbf: iat - 5,
      exp: iat + 120,
    });
  });

  it('of a template that nobody has made are not found', async () => {
    for (const name of ['nowhere', 'session%20token', 'a%2Fb']) {
      const { status, codes, errors } = await browser.call('POST', `/client/sessions/${sessionId}/tokens/${name}`);
      assert.deepEqual([status, codes], [404, ['resource_not_found']], name);
      assert.equal(errors[0]?.message, 'JWT template not found');
    }
  });

  it('of a template are for active sessions of users who may sign in', async () => {
    const call = () => browser.call('POST', `/client/sessions/${sessionId}/tokens/everything`);
    await api.database.updateTable('users').set({ banned: true }).where('id', '=', userId).execute();
    assert.deepEqual((await call()).codes, ['user_banned']);
    await api.database.updateTable('users').set({ banned: false }).where('id', '=', userId).execute();
    await backend('POST', `/sessions/${sessionId}/revoke`);
    assert.equal((await call()).status, 401);
    const stranger = await createFrontendClient(api);
    assert.equal((await stranger.call('POST', `/client/sessions/${sessionId}/tokens/everything`)).status, 404);
  });

  it('are fresh with the answer to every change, and to reading', async () => {
    const change = await browser.call('PATCH', '/me/metadata', { unsafe_metadata: '{"theme":"dark"}' }, { sessionId });
    assert.equal(riding(change)['theme'], 'dark');
    const update = await browser.call('PATCH', '/me', { unsafe_metadata: '{"theme":"sepia"}' }, { sessionId });
    assert.equal(riding(update)['theme'], 'sepia');
    await backend('PATCH', `/users/${userId}/metadata`, { body: { public_metadata: { role: 'shopper' } } });
    assert.deepEqual(riding(await browser.call('GET', '/me', {}, { sessionId }))['metadata'], { role: 'shopper' });
    await backend('PATCH', `/users/${userId}/metadata`, { body: { public_metadata: { role: null, plan: 'large' } } });
    assert.deepEqual(decodeJwt(await mint())['metadata'], { plan: 'large' });
    await backend('PUT', `/users/${userId}/metadata`, { body: { public_metadata: null } });
    assert.deepEqual(decodeJwt(await mint())['metadata'], {}, 'as the user has it in a browser');
  });

  it('say how fresh they are, to the millisecond and never backwards', async () => {
    const oiat = (jwt: string) => Number(decodeProtectedHeader(jwt)['oiat']);
    const first = oiat(await mint());
    assert.equal(oiat(await mint()), first, 'nothing has changed');
    // Another process whose clock is behind.
    time -= 30_000;
    const { client } = await browser.call('PATCH', '/me/metadata', { unsafe_metadata: '{"theme":"dark"}' }, { sessionId });
    assert.ok(oiat(client.sessions[0].last_active_token.jwt) > first);
  });

  it('hold the claims of the settings after a handshake too', async () => {
    const target = encodeURIComponent(`${api.url}/`);
    const answer = await fetch(`${api.url}/v1/client/handshake?redirect_url=${target}&__clerk_db_jwt=${browser.devBrowser}`, {
      redirect: 'manual',
    });
    const handshake = new URL(answer.headers.get('location') ?? '').searchParams.get('__clerk_handshake') ?? '';
    const { handshake: lines } = decodeJwt<{ handshake: string[] }>(handshake);
    const token = lines.find((line) => line.startsWith('__session='))?.split(/[=;]/)[1] ?? '';
    assert.deepEqual(decodeJwt(token)['metadata'], { role: 'admin' });
  });

  it('that no browser would keep as a cookie are told of in the log, by their size alone', async () => {
    const warnings = () => api.log.filter((line) => line.includes('"level":"warn"'));
    const fill = (length: number) =>
      backend('PATCH', `/users/${userId}/metadata`, { body: { public_metadata: { filling: 'x'.repeat(length) } } });
    await fill(1200);
    await mint();
    assert.deepEqual(warnings(), []);
    await fill(8000);
    const jwt = await mint();
    assert.equal((decodeJwt(jwt)['metadata'] as { filling: string }).filling.length, 8000, 'it works all the same');
    const bytes = jwt.length + '__session_12345678'.length;
    const [line = ''] = warnings();
    assert.match(line, new RegExp(`takes ${bytes} bytes as a cookie, and browsers keep 4096`));
    assert.doesNotMatch(line, /xxx|eyJ/);
  });
});
