import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { oneYear, readCookie, removeCookie, writeCookie } from '../../src/transport/cookies.ts';

const store = (text = '') => {
  const written: string[] = [];
  return { written, read: () => text, write: (cookie: string) => void written.push(cookie) };
};

describe('readCookie()', () => {
  it('finds a cookie by its whole name', () => {
    const cookies = store('__session_abc=long; __session=short; x__session=no');
    assert.equal(readCookie(cookies, '__session'), 'short');
    assert.equal(readCookie(cookies, '__session_abc'), 'long');
    assert.equal(readCookie(cookies, '__sess'), undefined);
  });
  it('survives values that are not well encoded', () => {
    assert.equal(readCookie(store('a=%zz'), 'a'), '%zz');
    assert.equal(readCookie(store('a=b%20c=d'), 'a'), 'b c=d');
  });
});

describe('writeCookie()', () => {
  it('writes for the whole site, Lax unless told otherwise', () => {
    const cookies = store();
    writeCookie(cookies, '__session', 'a.b-c_d', { secure: true, maxAge: oneYear });
    writeCookie(cookies, 'clerk_active_context', 'sess_1:org_1');
    writeCookie(cookies, '__client_uat', '5', { sameSite: 'Strict', domain: 'example.com' });
    assert.deepEqual(cookies.written, [
      '__session=a.b-c_d; Path=/; SameSite=Lax; Secure; Max-Age=31536000',
      'clerk_active_context=sess_1:org_1; Path=/; SameSite=Lax',
      '__client_uat=5; Path=/; SameSite=Strict; Domain=example.com',
    ]);
  });
  it('keeps separators out of a value', () => {
    const cookies = store();
    writeCookie(cookies, 'a', 'x; Domain=evil.example');
    assert.equal(cookies.written[0], 'a=x%3B%20Domain%3Devil.example; Path=/; SameSite=Lax');
  });
});

describe('removeCookie()', () => {
  it('lets it expire at once', () => {
    const cookies = store();
    removeCookie(cookies, 'a');
    assert.deepEqual(cookies.written, ['a=; Path=/; SameSite=Lax; Max-Age=0']);
  });
});
