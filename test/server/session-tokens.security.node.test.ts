/** Session tokens verify with the published keys, and nothing else does (security.md, §3 and C7). */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { verifyToken } from '@clerk/backend';
import { decodeJwt, decodeProtectedHeader, exportJWK, SignJWT } from 'jose';
import { createRefreshToken } from '../../demo/server/domain/refresh-tokens.ts';
import { loadKeys } from '../../demo/server/keys.ts';
import type { Keys } from '../../demo/server/keys.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { createFrontendClient } from '../support/frontend-client.ts';
import { addUser } from '../support/users.ts';

const password = 'quiet-marble-lantern';

describe('N12, C7: a session token', () => {
  let api: TestApi;
  let keys: Keys;
  let token: string;
  let claims: Record<string, unknown>;
  before(async () => {
    api = await startApi();
    keys = await loadKeys(api.database, { instanceType: 'development', now: Date.now });
    await addUser(api, { emailAddress: 'ann@example.com', password });
    const browser = await createFrontendClient(api);
    const { client } = await browser.call('POST', '/client/sign_ins', { identifier: 'ann@example.com', password });
    token = client.sessions[0].last_active_token.jwt as string;
    claims = decodeJwt(token);
  });
  after(() => api.stop());

  /** What Clerk's package for backends thinks of a token on a site. */
  const judge = async (some: string, authorizedParties = [api.url]) => {
    const options = { secretKey: api.secretKey, apiUrl: api.backendUrl, authorizedParties };
    return verifyToken(some, options).then(
      ({ sub }) => sub,
      (error: { reason?: string }) => error.reason ?? 'refused',
    );
  };
  /** What the API itself answers to a backend that shows one, to have it renewed. */
  const renew = async (some: string) => {
    const sessionId = String(claims['sid']);
    const body = {
      expired_token: some,
      refresh_token: createRefreshToken({ keys }, sessionId),
      request_origin: api.url,
      request_originating_ip: '127.0.0.1',
    };
    return (await createBackendClient(api)('POST', `/sessions/${sessionId}/refresh`, { body })).status;
  };

  it('is signed by RS256 for 60 seconds, with ten of forgiveness, for the page that asks, and holds no metadata', () => {
    const { alg, kid, typ } = decodeProtectedHeader(token);
    assert.deepEqual([alg, kid, typ], ['RS256', keys.instanceId, 'JWT']);
    const [iat, nbf, exp] = [claims['iat'], claims['nbf'], claims['exp']].map(Number) as [number, number, number];
    assert.deepEqual([exp - iat, iat - nbf], [60, 10]);
    assert.deepEqual([claims['azp'], claims['iss']], [api.url, `https://${new URL(api.url).host}`]);
    const names = ['azp', 'exp', 'fva', 'iat', 'iss', 'jti', 'metadata', 'nbf', 'sid', 'sts', 'sub', 'theme', 'v'];
    // The settings of the demo instance add two claims, by name.
    assert.deepEqual(Object.keys(claims).sort(), names);
  });

  it('is accepted by Clerk’s package and by the API', async () => {
    assert.deepEqual([await judge(token), await renew(token)], [claims['sub'], 200]);
  });

  it('is for its page, and for its time', async () => {
    assert.equal(await judge(token, ['https://www.example.com']), 'token-invalid-authorized-parties');
    const seconds = Math.floor(Date.now() / 1000);
    const past = await keys.sign({ ...claims, iat: seconds - 120, nbf: seconds - 130, exp: seconds - 60 });
    assert.equal(await judge(past), 'token-expired');
    const future = await keys.sign({ ...claims, iat: seconds + 120, nbf: seconds + 110, exp: seconds + 180 });
    assert.equal(await judge(future), 'token-not-active-yet');
  });

  it('of somebody else counts for nothing, however it is made', async () => {
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const header = decodeProtectedHeader(token) as { alg: string };
    const sign = (more: object) => new SignJWT(claims).setProtectedHeader({ ...header, ...more }).sign(stranger.privateKey);
    const encode = (text: string) => Buffer.from(text).toString('base64url');
    const [head = '', body = '', signature = ''] = token.split('.');
    const repeated = JSON.stringify(claims).replace(/\}$/, ',"sub":"user_other"}');
    const forgeries = [
      await sign({}),
      await sign({ jwk: await exportJWK(stranger.publicKey) }),
      await sign({ jku: `${api.url}/keys.json` }),
      await sign({ x5u: `${api.url}/keys.pem` }),
      `${encode(JSON.stringify({ ...header, alg: 'none' }))}.${body}.`,
      `${head}.${encode(JSON.stringify({ ...claims, sub: 'user_other' }))}.${signature}`,
      `${head}.${encode(repeated)}.${signature}`,
      `${head}.${body}.${signature.slice(0, -8)}AAAAAAAA`,
      `${token}.${signature}`,
    ];
    for (const [index, forgery] of forgeries.entries()) {
      assert.notEqual(await judge(forgery), claims['sub'], `forgery ${index}`);
      assert.equal(await renew(forgery), 401, `forgery ${index}`);
    }
  });

  it('renews its own session only', async () => {
    const other = await keys.sign({ ...claims, sid: 'sess_other' });
    assert.equal(await renew(other), 401);
  });
});
