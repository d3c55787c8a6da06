import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readJwt } from '../../src/resources/jwt.ts';

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('readJwt()', () => {
  it('gives header and claims, whatever characters they hold', () => {
    const claims = { sub: 'user_1', unsafe: { city: 'Zürich', sign: '🙂ÿ>?' } };
    const jwt = `${encode({ alg: 'RS256' })}.${encode(claims)}.signature`;
    assert.match(jwt, /[-_]/);
    assert.deepEqual(readJwt(jwt), { header: { alg: 'RS256' }, claims });
  });

  it('gives nothing for what is no token', () => {
    for (const jwt of [undefined, null, 7, '', 'a', 'a.b.c', `${encode({})}.`, `.${encode({})}`]) assert.equal(readJwt(jwt), undefined);
  });
});
