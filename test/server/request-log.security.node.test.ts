import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { describeQuery } from '../../demo/server/request-log.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { eventually } from '../support/eventually.ts';
import { createFrontendClient } from '../support/frontend-client.ts';
import { addUser } from '../support/users.ts';

describe('S2: secrets are not printed, and the log is at its most talkative', () => {
  let api: TestApi;
  before(async () => void (api = await startApi()));
  after(() => api.stop());

  it('holds no secret of anybody', async () => {
    const call = createBackendClient(api);
    const canaries = new Map<string, string>([
      ['secret key', api.secretKey],
      ['password', 'canary-password-violet'],
      ['wrong password', 'canary-wrong-password'],
      ['private metadata', 'canary-private-metadata'],
      ['public metadata', 'canary-public-metadata'],
      ['wrong key', 'sk_test_canary_wrong_key_000'],
      ['nonce', 'canary-handshake-nonce'],
      ['ticket', 'canary-ticket'],
      ['credential in the URL', 'dvb_canary'],
      ['search text', 'canary-search'],
    ]);
    const canary = (name: string) => canaries.get(name) ?? '';
    const { id } = (
      await call('POST', '/users', {
        body: {
          email_address: ['ann+clerk_test@example.com'],
          password: canary('password'),
          private_metadata: { canary: canary('private metadata') },
          public_metadata: { canary: canary('public metadata') },
        },
      })
    ).body;
    await call('PATCH', `/users/${id}/metadata`, { body: `{"private_metadata": {"a": "${canary('private metadata')}"` });
    await call('PATCH', `/users/${id}/metadata`, { body: { private_metadata: canary('private metadata') } });
    await call('POST', `/users/${id}/verify_password`, { body: { password: canary('wrong password') } });
    await call('GET', `/users?query=${canary('search text')}&limit=bad`);
    await call('GET', `/clients/handshake_payload?nonce=${canary('nonce')}`);
    await call('GET', '/users', { headers: { authorization: `Bearer ${canary('wrong key')}` } });
    await call('GET', `/users?token=${api.secretKey}`, { headers: { authorization: api.secretKey } });
    const session = (await call('POST', '/sessions', { body: { user_id: id } })).body;
    canaries.set('token by a backend', (await call('POST', `/sessions/${session.id}/tokens`)).body.jwt);

    const browser = await createFrontendClient(api);
    canaries.set('dev browser', browser.devBrowser);
    await browser.call('POST', '/client/sign_ins', {
      strategy: 'password',
      identifier: 'ann+clerk_test@example.com',
      password: canary('wrong password'),
    });
    const signIn = await browser.call('POST', '/client/sign_ins', {
      strategy: 'password',
      identifier: 'ann+clerk_test@example.com',
      password: canary('password'),
    });
    canaries.set('token of a sign-in', signIn.client.sessions[0].last_active_token.jwt);
    await browser.call('GET', '/client', {}, { query: { __clerk_ticket: canary('ticket'), rotating_token_nonce: canary('nonce') } });
    await fetch(
      `${api.url}/v1/client/handshake?redirect_url=http://127.0.0.1/&__clerk_db_jwt=${canary('credential in the URL')}&__session=${canary('nonce')}`,
      { redirect: 'manual' },
    );
    // A code of a real address, which lands in the inbox.
    await call('POST', '/users', { body: { email_address: ['real@example.com'], skip_password_requirement: true } });
    const other = await createFrontendClient(api);
    const attempt = await other.call('POST', '/client/sign_ins', { identifier: 'real@example.com' });
    const factor = attempt.response.supported_first_factors.find(({ strategy }: { strategy: string }) => strategy === 'email_code');
    await other.call('POST', `/client/sign_ins/${attempt.response.id}/prepare_first_factor`, {
      strategy: 'email_code',
      email_address_id: factor.email_address_id,
    });
    const mailed = async () => (await api.mails()).find((mail) => mail.recipient === 'real@example.com');
    while (!(await mailed())) await new Promise((resolve) => setImmediate(resolve));
    const code = /\d{6}/.exec((await mailed())?.subject ?? '')?.[0] ?? '';
    assert.match(code, /^\d{6}$/);

    const lines = api.log.join('');
    assert.ok(api.log.length > 10);
    for (const [name, value] of canaries) assert.ok(!lines.includes(value), `${name} is in the log`);
    assert.doesNotMatch(lines, /\$argon2id|eyJ[\w-]+\.|sk_test_|dvb_/);
    // Six digits may be part of an id or a trace; as a word they are the code.
    assert.doesNotMatch(lines, new RegExp(`\\b${code}\\b`));
  });

  it('has one JSON line a request, with what is needed to find it again', async () => {
    const start = api.log.length;
    const response = await fetch(`${api.url}/v1/environment?__clerk_api_version=2025-11-10&_clerk_js_version=6&other=x`);
    const lines = api.log.slice(start).map((line) => JSON.parse(line) as Record<string, unknown>);
    const [line] = lines;
    assert.equal(lines.length, 1);
    assert.deepEqual(Object.keys(line ?? {}).sort(), ['level', 'method', 'ms', 'path', 'query', 'status', 'time', 'traceId']);
    assert.deepEqual(
      [line?.['method'], line?.['path'], line?.['status'], line?.['query'], line?.['traceId']],
      [
        'GET',
        '/v1/environment',
        response.status,
        '__clerk_api_version=2025-11-10&_clerk_js_version=6&other=*',
        response.headers.get('x-clerk-trace-id'),
      ],
    );
  });

  it('says what went wrong to whoever has the trace id, and the answer says nothing but that', async () => {
    const { id } = await addUser(api, { emailAddress: 'failing@example.com' });
    await sql`alter table users add constraint no_boom check (first_name <> 'boom-canary')`.execute(api.database);
    const failed = await createBackendClient(api)('PATCH', `/users/${id}`, { body: { first_name: 'boom-canary' } });
    const traceId = failed.headers.get('x-clerk-trace-id') ?? '';
    assert.deepEqual(failed.body, {
      errors: [
        {
          code: 'internal_clerk_error',
          message: 'Oops, an unexpected error occurred',
          long_message: 'There was an internal error on our servers.',
        },
      ],
      clerk_trace_id: traceId,
    });
    const lines = api.log.filter((line) => line.includes(traceId));
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /"message":"request failed","error":"error: .*no_boom/);
    assert.doesNotMatch(api.log.join(''), /boom-canary/);
  });

  it('cannot be given a forged line', async () => {
    const start = api.log.length;
    await fetch(`${api.url}/v1/nothing%0a{"level":"error"}?a%0ab=c&limit=%0aforged`);
    for (const line of api.log.slice(start)) assert.equal(line.trimEnd().split('\n').length, 1);
  });
});

describe('S2: the development provider', () => {
  let api: TestApi;
  before(async () => void (api = await startApi({ instance: { social: [{ strategy: 'oauth_google' }] } })));
  after(() => api.stop());

  it('writes nothing beside the log, also not when callers leave', async (context) => {
    const written = context.mock.method(console, 'error', () => undefined);
    const { host, port } = new URL(api.url);
    const request = `GET /development-provider/.well-known/openid-configuration HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    // Whoever leaves at once leaves answers that cannot be sent.
    const leave = async () => {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
      socket.write(request.repeat(3));
      socket.once('connect', () => socket.resetAndDestroy());
      await once(socket, 'close');
    };
    await eventually('an answer could not be sent', async () => {
      await Promise.all(Array.from({ length: 20 }, leave));
      return api.log.some((line) => /"development provider","error":"Error: write E(PIPE|CONNRESET)"/.test(line));
    });
    assert.equal(written.mock.callCount(), 0);
  });
});

describe('S2: describeQuery()', () => {
  it('keeps the names of parameters and few values', () => {
    assert.equal(describeQuery('/v1/x?limit=5&offset=2&query=secret&__clerk_db_jwt=secret'), 'limit=5&offset=2&query=*&__clerk_db_jwt=*');
    assert.equal(describeQuery('/v1/x'), undefined);
    assert.equal(describeQuery('/v1/x?a=%zz'), '(unreadable)');
  });
});
