import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { exportJWK, SignJWT } from 'jose';
import { loadKeys } from '../../demo/server/keys.ts';
import type { Keys } from '../../demo/server/keys.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';

describe('C7, C8: keys of an instance', () => {
  let api: TestApi;
  let keys: Keys;
  let now = Date.now();
  const load = () => loadKeys(api.database, { instanceType: 'development', now: () => now });
  before(async () => {
    api = await startApi();
    keys = await load();
  });
  after(() => api.stop());

  it('are the same for every process on the database', async () => {
    const other = await load();
    assert.deepEqual([other.instanceId, other.secretKey, other.codeKey], [keys.instanceId, keys.secretKey, keys.codeKey]);
    assert.deepEqual(await other.verify(await keys.sign({ sub: 'x' })), { sub: 'x' });
  });

  it('of what lasts are different ones, which a reader of the database lacks where there is a pepper', async () => {
    const other = await loadKeys(api.database, { instanceType: 'development', pepper: 'salt and pepper', now: () => now });
    const all = [keys, other].flatMap(({ codeKey, sealingKey, backupCodeKey, refreshTokenKey }) => [
      codeKey,
      sealingKey,
      backupCodeKey,
      refreshTokenKey,
    ]);
    assert.equal(new Set(all.map((key) => key.toString('hex'))).size, 7, 'only the key of short-lived codes is the same');
    assert.ok(all.every((key) => key.length === 32));
    assert.deepEqual((await load()).sealingKey, keys.sealingKey);
  });

  it('verify what they signed, and say what category it is', async () => {
    const token = await keys.sign({ sub: 'user_1', exp: 1 }, { cat: 'cl_B7d4PD111AAA', oiat: 1.5 });
    const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as object;
    assert.deepEqual(header, { alg: 'RS256', kid: keys.instanceId, typ: 'JWT', cat: 'cl_B7d4PD111AAA', oiat: 1.5 });
    assert.deepEqual(await keys.verify(token), { sub: 'user_1', exp: 1 }, 'expired ones too: the caller decides');
  });

  it('verify no forgery', async () => {
    const token = await keys.sign({ sub: 'user_1' });
    const [head = '', body = '', signature = ''] = token.split('.');
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const header = { alg: 'RS256', kid: keys.instanceId, typ: 'JWT' };
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const strangerJwk = await exportJWK(stranger.publicKey);
    const sign = (protectedHeader: object) =>
      new SignJWT({ sub: 'user_2' }).setProtectedHeader({ ...header, ...protectedHeader }).sign(stranger.privateKey);
    const {
      keys: [published],
    } = (await keys.jwks()) as { keys: [{ n: string }] };
    const hmac = (key: string) => {
      const input = `${encode({ ...header, alg: 'HS256' })}.${body}`;
      return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
    };
    const forgeries = [
      '',
      'a.b.c',
      `${head}.${body}.`,
      `${head}.${encode({ sub: 'user_2' })}.${signature}`,
      `${encode({ ...header, alg: 'none' })}.${body}.`,
      `${encode({ ...header, alg: 'None' })}.${body}.${signature}`,
      `${token}.${signature}`,
      `${token}x`,
      ` ${token}`,
      `${token}\n`,
      hmac(published.n),
      hmac(JSON.stringify(published)),
      await sign({}),
      await sign({ jwk: strangerJwk }),
      await sign({ jku: `${api.url}/keys` }),
      await sign({ x5u: `${api.url}/keys` }),
      await sign({ kid: '../../dev/null' }),
      await sign({ kid: "' or 1=1 --" }),
      `${encode({ ...header, kid: undefined })}.${body}.${signature}`,
      `${head}.${body}.${'A'.repeat(signature.length)}`,
      'x'.repeat(1_000_000),
    ];
    for (const forgery of forgeries) assert.equal(await keys.verify(forgery), undefined, forgery.slice(0, 80));
  });

  it('stay published for a day after they retired', async () => {
    await api.database
      .insertInto('signing_keys')
      .values({
        id: 'ins_retired',
        private_key: JSON.stringify(await exportJWK(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)),
        public_key: JSON.stringify(await exportJWK(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)),
        created_at: 1,
        activated_at: 1,
        retired_at: now,
      })
      .execute();
    const published = async () => ((await (await load()).jwks()).keys as { kid: string }[]).map(({ kid }) => kid).sort();
    now += 23 * 3600_000;
    assert.deepEqual(await published(), [keys.instanceId, 'ins_retired'].sort());
    now += 2 * 3600_000;
    assert.deepEqual(await published(), [keys.instanceId]);
  });

  it('of the secret kind must fit the publishable key', async () => {
    for (const secretKeys of ['sk_live_0123456789012345678901', 'sk_test_short', 'nonsense']) {
      await assert.rejects(
        loadKeys(api.database, { instanceType: 'development', secretKeys, now: () => now }),
        /^StartError: CLERK_SECRET_KEY: expected sk_test_/,
      );
    }
  });
});
