import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { reservedClaims } from '../../../demo/server/domain/claim-rules.ts';
import { storeSettingsTemplates } from '../../../demo/server/settings-templates.ts';
import { readSettings } from '../../../demo/server/settings.ts';
import type { SettingsFile } from '../../../demo/server/settings.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient, refusals } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';

const instance: SettingsFile = {
  attributes: { authenticator_app: { enabled: true } },
  session_token: { claims: {} },
  jwt_templates: [],
};

describe('/v1/jwt_templates', () => {
  let api: TestApi;
  let call: BackendCall;
  let userId: string;
  let sessionId: string;
  const now = Date.UTC(2026, 0, 1);
  let time = now;
  before(async () => {
    api = await startApi({ instance, now: () => time });
    call = createBackendClient(api);
    const user = {
      email_address: ['ann@example.com'],
      skip_password_requirement: true,
      first_name: 'Ann',
      public_metadata: { role: 'admin' },
    };
    userId = (await call('POST', '/users', { body: { ...user, private_metadata: { canary: 'c4n4ry' } } })).body.id;
    sessionId = (await call('POST', '/sessions', { body: { user_id: userId } })).body.id;
  });
  after(() => api.stop());

  let count = 0;
  const create = async (more: object = {}) => {
    const answer = await call('POST', '/jwt_templates', { body: { name: `template_${count++}`, claims: {}, ...more } });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body;
  };
  const refuse = async (more: object) => {
    const answer = await call('POST', '/jwt_templates', { body: { name: `template_${count++}`, claims: {}, ...more } });
    return [answer.status, ...refusals(answer)];
  };
  const mint = async (name: string, body?: object) => {
    const answer = await call('POST', `/sessions/${sessionId}/tokens/${name}`, { body });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    assert.equal(answer.body.object, 'token');
    return answer.body.jwt as string;
  };

  it('creates, shows, changes and deletes', async () => {
    const claims = { aud: 'https://example.com', list: ['{{user.id}}', 1, null], deep: { name: '{{user.first_name}}' } };
    const created = await create({ name: 'supabase', claims });
    assert.deepEqual(created, {
      object: 'jwt_template',
      id: created.id,
      name: 'supabase',
      claims,
      lifetime: 60,
      allowed_clock_skew: 5,
      custom_signing_key: false,
      signing_algorithm: 'RS256',
      created_at: time,
      updated_at: time,
    });
    assert.match(created.id, /^jtmp_/);
    assert.deepEqual((await call('GET', `/jwt_templates/${created.id}`)).body, created);

    time += 1000;
    const change = { name: 'supabase_2', claims: { a: 1 }, lifetime: 3600, allowed_clock_skew: 0 };
    const changed = (await call('PATCH', `/jwt_templates/${created.id}`, { body: change })).body;
    assert.deepEqual(changed, { ...created, ...change, updated_at: time });
    const kept = (await call('PATCH', `/jwt_templates/${created.id}`, { body: { name: 'supabase', claims } })).body;
    assert.deepEqual([kept.lifetime, kept.allowed_clock_skew], [3600, 0], 'what is missing stays');
    assert.ok(kept.updated_at > changed.updated_at);
    const reset = { name: 'supabase', claims, lifetime: null, allowed_clock_skew: null };
    const byDefault = (await call('PATCH', `/jwt_templates/${created.id}`, { body: reset })).body;
    assert.deepEqual([byDefault.lifetime, byDefault.allowed_clock_skew], [60, 5]);

    const deleted = await call('DELETE', `/jwt_templates/${created.id}`);
    assert.deepEqual([deleted.status, deleted.body], [200, { object: 'jwt_template', id: created.id, deleted: true }]);
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { name: 'x', claims: {} }],
      ['DELETE', undefined],
    ] as const) {
      const answer = await call(method, `/jwt_templates/${created.id}`, { body });
      assert.deepEqual([answer.status, ...refusals(answer)], [404, 'resource_not_found'], method);
      assert.equal(answer.body.errors[0].long_message, `No JWT template exists with id: ${created.id}`);
    }
  });

  it('lists the newest first, plain or with the number of all', async () => {
    const first = await create();
    time += 1000;
    const second = await create();
    const { body: plain } = await call('GET', '/jwt_templates');
    assert.deepEqual(plain.slice(0, 2), [second, first]);
    const { body: page } = await call('GET', '/jwt_templates?paginated=true&limit=1&offset=1');
    assert.deepEqual(page.data, [first]);
    assert.equal(page.total_count, plain.length);
    assert.equal((await call('GET', '/jwt_templates?limit=501')).status, 422);
  });

  it('names what is missing or wrong', async () => {
    await create({ name: 'taken' });
    const table: [body: object, expected: unknown[]][] = [
      [{ name: undefined }, [422, 'form_param_missing name']],
      [{ name: '' }, [422, 'form_param_missing name']],
      [{ name: 'a b' }, [422, 'form_param_format_invalid name']],
      [{ name: 1 }, [422, 'form_param_type_invalid name']],
      [{ name: 'taken' }, [422, 'form_already_exists name']],
      [{ claims: undefined }, [422, 'form_param_missing claims']],
      [{ claims: null }, [422, 'form_param_missing claims']],
      [{ claims: [] }, [422, 'form_param_value_invalid claims']],
      [{ claims: 'text' }, [422, 'form_param_value_invalid claims']],
      [{ claims: { a: '\0' } }, [422, 'form_param_value_invalid claims']],
      [{ claims: JSON.parse('{"__proto__": 1}') as object }, [422, 'form_param_value_invalid claims']],
      [{ claims: { a: '{{user.private_metadata}}' } }, [422, 'form_param_value_invalid claims']],
      [{ claims: { a: [{ b: 'x {{ user.id || user . private_metadata.stripeId }}' }] } }, [422, 'form_param_value_invalid claims']],
      [{ lifetime: 29 }, [422, 'form_param_value_invalid lifetime']],
      [{ lifetime: 315_360_001 }, [422, 'form_param_value_invalid lifetime']],
      [{ lifetime: 1.5 }, [422, 'form_param_type_invalid lifetime']],
      [{ allowed_clock_skew: 301 }, [422, 'form_param_value_invalid allowed_clock_skew']],
      [{ allowed_clock_skew: -1 }, [422, 'form_param_value_invalid allowed_clock_skew']],
      ...reservedClaims.map((name): [object, unknown[]] => [{ claims: { [name]: 'x' } }, [400, 'jwt_template_reserved_claim claims']]),
    ];
    for (const [body, expected] of table) assert.deepEqual(await refuse(body), expected, JSON.stringify(body));
    let deep: object = {};
    for (let depth = 0; depth < 70; depth++) deep = { deep };
    assert.deepEqual(await refuse({ claims: deep }), [422, 'form_param_value_invalid claims']);

    const reserved = await call('POST', '/jwt_templates', { body: { name: 'x', claims: { sub: 'me' } } });
    assert.deepEqual(
      [reserved.body.errors[0].message, reserved.body.errors[0].long_message],
      ['reserved claim used', "You can't use the reserved claim: 'sub'"],
    );
    const hidden = await call('POST', '/jwt_templates', { body: { name: 'x', claims: { a: '{{user.private_metadata}}' } } });
    assert.match(hidden.body.errors[0].long_message, /private_metadata cannot be named in a claim/);
    const { id } = await create();
    const renamed = await call('PATCH', `/jwt_templates/${id}`, { body: { name: 'taken', claims: {} } });
    assert.deepEqual([renamed.status, ...refusals(renamed)], [422, 'form_already_exists name']);
    assert.deepEqual(refusals(await call('PATCH', `/jwt_templates/${id}`, { body: { claims: {} } })), ['form_param_missing name']);
  });

  describe('tokens', () => {
    it('hold the claims of the template, and of the others seven', async () => {
      await create({
        name: 'claims',
        lifetime: 600,
        allowed_clock_skew: 30,
        claims: { aud: 'x', role: '{{user.public_metadata.role}}', hi: 'Hi {{user.last_name}}' },
      });
      const jwt = await mint('claims');
      const { kid, ...header } = decodeProtectedHeader(jwt);
      assert.match(kid ?? '', /^ins_/);
      assert.deepEqual(header, { alg: 'RS256', typ: 'JWT', cat: 'cl_B7d4PD222AAA' });
      const { jti, ...claims } = decodeJwt(jwt);
      assert.match(jti ?? '', /^[\w-]{20}$/);
      const iat = Math.floor(time / 1000);
      assert.deepEqual(claims, {
        aud: 'x',
        role: 'admin',
        hi: 'Hi null',
        iss: `https://${new URL(api.url).host}`,
        sub: userId,
        iat,
        nbf: iat - 30,
        exp: iat + 600,
      });
      const longer = decodeJwt(await mint('claims', { expires_in_seconds: 3600 }));
      assert.equal(Number(longer.exp) - Number(longer.iat), 3600);
      const refused = await call('POST', `/sessions/${sessionId}/tokens/claims`, { body: { expires_in_seconds: 1 } });
      assert.deepEqual(refusals(refused), ['form_param_value_invalid expires_in_seconds']);
    });

    it('hold what is stored when they are made', async () => {
      const { id } = await create({ name: 'fresh', claims: { role: '{{user.public_metadata.role}}' } });
      await call('PATCH', `/users/${userId}/metadata`, { body: { public_metadata: { role: 'shopper' } } });
      assert.equal(decodeJwt(await mint('fresh'))['role'], 'shopper');
      await call('PATCH', `/jwt_templates/${id}`, { body: { name: 'fresh', claims: { other: '{{user.public_metadata.role}}' } } });
      const { role, other } = decodeJwt(await mint('fresh'));
      assert.deepEqual([role, other], [undefined, 'shopper']);
    });

    it('say whether a second factor is asked for', async () => {
      await create({ name: 'two', claims: { two: '{{user.two_factor_enabled}}' } });
      assert.equal(decodeJwt(await mint('two'))['two'], false);
      const answer = await call('PATCH', `/users/${userId}`, { body: { totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' } });
      assert.equal(answer.body.two_factor_enabled, true, JSON.stringify(answer.body));
      assert.equal(decodeJwt(await mint('two'))['two'], true);
    });

    it('are given for active sessions and known templates only', async () => {
      const answer = await call('POST', `/sessions/${sessionId}/tokens/nowhere`);
      assert.deepEqual([answer.status, ...refusals(answer)], [404, 'resource_not_found']);
      assert.equal(answer.body.errors[0].long_message, 'No JWT template exists with name: nowhere');
      assert.equal((await call('POST', '/sessions/sess_unknown/tokens/nowhere')).status, 404);
      await create({ name: 'given' });
      const banned = (await call('POST', '/users', { body: { email_address: ['banned@example.com'], skip_password_requirement: true } }))
        .body.id;
      const session = (await call('POST', '/sessions', { body: { user_id: banned } })).body.id;
      await call('POST', `/users/${banned}/ban`);
      for (const path of ['', '/given']) {
        const refused = await call('POST', `/sessions/${session}/tokens${path}`);
        assert.deepEqual([refused.status, ...refusals(refused)], [401, 'authentication_invalid'], path);
      }
    });
  });

  describe('signing keys', () => {
    const pem = (key: ReturnType<typeof generateKeyPairSync>['privateKey']) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const secret = 'a secret that some other service shares, long enough for HS512: it has sixty-four';

    it('of every algorithm sign, and the header names none of ours', async () => {
      const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const curve = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });
      const pairs = [
        ...['RS256', 'RS384', 'RS512'].map((algorithm) => ({ algorithm, ...rsa })),
        { algorithm: 'ES256', ...curve('P-256') },
        { algorithm: 'ES384', ...curve('P-384') },
        { algorithm: 'ES512', ...curve('P-521') },
      ];
      const keys = [
        ...pairs.map(({ algorithm, publicKey, privateKey }) => ({ algorithm, publicKey, text: pem(privateKey) })),
        ...['HS256', 'HS384', 'HS512'].map((algorithm) => ({ algorithm, publicKey: new TextEncoder().encode(secret), text: secret })),
      ];
      for (const { algorithm, publicKey, text } of keys) {
        const template = await create({ name: algorithm, custom_signing_key: true, signing_algorithm: algorithm, signing_key: text });
        assert.deepEqual([template.custom_signing_key, template.signing_algorithm], [true, algorithm]);
        assert.ok(!('signing_key' in template), 'what was written cannot be read');
        const { payload, protectedHeader } = await jwtVerify(await mint(algorithm), publicKey, { currentDate: new Date(time) });
        assert.deepEqual(protectedHeader, { alg: algorithm, typ: 'JWT', cat: 'cl_B7d4PD222AAA' });
        assert.equal(payload.sub, userId);
      }
    });

    it('stay with a change that does not name them, and go with the flag', async () => {
      const { id } = await create({ name: 'keyed', custom_signing_key: true, signing_algorithm: 'HS256', signing_key: secret });
      const change = async (body: object) =>
        (await call('PATCH', `/jwt_templates/${id}`, { body: { name: 'keyed', claims: {}, ...body } })).body;
      assert.equal((await change({})).signing_algorithm, 'HS256');
      await jwtVerify(await mint('keyed'), new TextEncoder().encode(secret), { currentDate: new Date(time) });
      assert.equal(
        (await change({ signing_algorithm: 'RS256' })).errors[0].meta.param_name,
        'signing_key',
        'an algorithm needs its own key',
      );
      const without = await change({ custom_signing_key: false });
      assert.deepEqual([without.custom_signing_key, without.signing_algorithm], [false, 'RS256']);
      assert.match(decodeProtectedHeader(await mint('keyed')).kid ?? '', /^ins_/);
    });

    it('that cannot sign are refused, and never quoted', async () => {
      const small = pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey);
      const curve = pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
      const own = { custom_signing_key: true };
      const table: [body: object, expected: string][] = [
        [own, 'form_conditional_param_missing signing_algorithm'],
        [{ ...own, signing_algorithm: 'HS256' }, 'form_conditional_param_missing signing_key'],
        [{ ...own, signing_algorithm: 'none', signing_key: secret }, 'form_param_value_invalid signing_algorithm'],
        [{ ...own, signing_algorithm: 'toString', signing_key: secret }, 'form_param_value_invalid signing_algorithm'],
        [{ ...own, signing_algorithm: 'HS256', signing_key: 'tooshort-secret' }, 'form_param_value_invalid signing_key'],
        [{ ...own, signing_algorithm: 'RS256', signing_key: 'tooshort-secret' }, 'form_param_value_invalid signing_key'],
        [{ ...own, signing_algorithm: 'RS256', signing_key: small }, 'form_param_value_invalid signing_key'],
        [{ ...own, signing_algorithm: 'RS256', signing_key: curve }, 'form_param_value_invalid signing_key'],
        [{ ...own, signing_algorithm: 'ES384', signing_key: curve }, 'form_param_value_invalid signing_key'],
        [{ signing_algorithm: 'HS256' }, 'form_param_value_invalid signing_algorithm'],
        [{ signing_key: secret }, 'form_param_value_invalid signing_key'],
      ];
      for (const [body, expected] of table) {
        const answer = await call('POST', '/jwt_templates', { body: { name: 'refused', claims: {}, ...body } });
        assert.deepEqual([answer.status, ...refusals(answer)], [422, expected], JSON.stringify(body));
        const sent = (body as { signing_key?: string }).signing_key;
        if (sent) assert.ok(!JSON.stringify(answer.body).includes(sent.slice(0, 40)));
      }
      assert.ok(!api.log.join('').includes('tooshort-secret'));
    });
  });

  describe('of the settings', () => {
    const settings = (file: SettingsFile) => readSettings(file, 'development');
    const store = (file: SettingsFile) => storeSettingsTemplates({ database: api.database, settings: settings(file), now: () => time });
    const list = async () => (await call('GET', '/jwt_templates?limit=500')).body as { id: string; name: string; updated_at: number }[];
    const named = async (name: string) => (await list()).find((template) => template.name === name);
    const file: SettingsFile = {
      session_token: { claims: { role: '{{user.public_metadata.role}}' } },
      jwt_templates: [{ name: 'from_file', claims: { snake_case: 1, camelCase: '{{user.id}}' }, lifetime: 90 }],
    };

    it('are there from the start, and read only', async () => {
      await store(file);
      const template = await named('from_file');
      assert.deepEqual(decodeJwt(await mint('from_file'))['camelCase'], userId);
      for (const [method, body] of [
        ['PATCH', { name: 'from_file', claims: {} }],
        ['DELETE', undefined],
      ] as const) {
        const answer = await call(method, `/jwt_templates/${template?.id}`, { body });
        assert.deepEqual([answer.status, ...refusals(answer)], [403, 'resource_forbidden'], method);
      }
    });

    it('include the one of the session token, from which no other token is made', async () => {
      await store(file);
      const template = await named('session token');
      for (const [method, body] of [
        ['PATCH', { name: 'mine', claims: {} }],
        ['DELETE', undefined],
      ] as const) {
        const answer = await call(method, `/jwt_templates/${template?.id}`, { body });
        assert.deepEqual([answer.status, ...refusals(answer)], [403, 'session_token_jwt_template'], method);
      }
      assert.equal((await call('POST', `/sessions/${sessionId}/tokens/session%20token`)).status, 404);
    });

    it('follow the file at each start, and no more than it changed', async () => {
      const { id } = await create({ name: 'made_first' });
      await store(file);
      const before = await named('from_file');
      time += 1000;
      await store(file);
      assert.deepEqual(await named('from_file'), before);
      await store({
        ...file,
        jwt_templates: [
          { name: 'made_first', claims: {} },
          { name: 'from_file', claims: { a: 1 } },
        ],
      });
      const after = await named('from_file');
      assert.equal(after?.id, before?.id);
      assert.ok((after?.updated_at ?? 0) > (before?.updated_at ?? Infinity));
      assert.equal((await named('made_first'))?.id, id, 'the file takes over a template of that name');
      await store(instance);
      const names = (await list()).map(({ name }) => name);
      for (const name of ['from_file', 'made_first', 'session token']) assert.ok(!names.includes(name), name);
      assert.ok(names.includes('taken'), 'those of the Backend API stay');
    });

    it('agree when two processes start at once', async () => {
      const other: SettingsFile = { jwt_templates: ['c', 'b', 'a'].map((name) => ({ name: `both_${name}`, claims: {} })) };
      await Promise.all(Array.from({ length: 8 }, () => store(other)));
      assert.equal((await list()).filter(({ name }) => name.startsWith('both_')).length, 3);
      await store(instance);
    });
  });
});
