import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { readSettings, SettingsError } from '../../demo/server/settings.ts';
import type { InstanceType } from '../../demo/server/settings.ts';

function mistakes(content: unknown, instanceType: InstanceType = 'development'): string[] {
  try {
    readSettings(content, instanceType);
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.message.split('\n');
  }
  return [];
}

describe('readSettings()', () => {
  it('takes the demo’s file', async () => {
    const demo = JSON.parse(await readFile(new URL('../../demo/instance.json', import.meta.url), 'utf8')) as object;
    const settings = readSettings(demo, 'development');
    assert.equal(settings.attributes.emailAddress.verifyAtSignUp, true);
    assert.deepEqual(settings.users[0]?.privateMetadata, { stripeId: '12356' }, 'keys inside metadata stay as they are');
    const withoutUsers = { ...demo, users: [], test_mode: false };
    assert.doesNotThrow(() => readSettings(withoutUsers, 'production'));
  });

  it('leaves names of claims as they are written', () => {
    const settings = readSettings(
      { session_token: { claims: { app_role: { is_admin: '{{user.id}}' } } }, jwt_templates: [{ name: 'a', claims: { snake_case: 1 } }] },
      'development',
    );
    assert.deepEqual(settings.sessionToken.claims, { app_role: { is_admin: '{{user.id}}' } });
    assert.deepEqual(settings.jwtTemplates, [{ name: 'a', claims: { snake_case: 1 }, lifetime: 60, allowedClockSkew: 5 }]);
  });

  it('has a default for everything', () => {
    const settings = readSettings({}, 'development');
    assert.deepEqual([settings.testMode, settings.rateLimits, settings.lockout], [true, 'off', { maxAttempts: 10, durationInMinutes: 60 }]);
    assert.equal(readSettings({}, 'production').testMode, false);
  });

  it('lets providers be the only way in, but not one that people may only connect', () => {
    const attributes = { email_address: { first_factors: [] }, password: { enabled: false, required: false } };
    const read = (authenticatable: boolean) =>
      readSettings({ attributes, social: [{ strategy: 'oauth_google', authenticatable }] }, 'development');
    assert.equal(read(true).attributes.password.enabled, false);
    assert.throws(() => read(false), /nobody could sign in/);
  });

  it('limits rates as the hosted service does, unless told otherwise', () => {
    const production = readSettings({}, 'production').rateLimits;
    assert.ok(production !== 'off');
    assert.deepEqual(production.backendApi, { requests: 1000, window: 10 });
    const some = readSettings({ rate_limits: { attempt: { requests: 9, window: 60 } } }, 'development').rateLimits;
    assert.ok(some !== 'off');
    assert.deepEqual(
      [some.attempt, some.backendApi],
      [
        { requests: 9, window: 60 },
        { requests: 100, window: 10 },
      ],
    );
    assert.equal(readSettings({ rate_limits: 'off' }, 'production').rateLimits, 'off');
    assert.notEqual(readSettings({ rate_limits: 'hosted' }, 'development').rateLimits, 'off');
  });

  const table: [name: string, content: unknown, expected: string[]][] = [
    ['no object', [], ['(the whole file): expected an object, got []']],
    ['nothing', null, ['(the whole file): expected an object, got null']],
    [
      'unknown settings, at any depth',
      { colour: 1, attributes: { username: { enabeld: true } } },
      ['attributes.username.enabeld: unknown setting', 'colour: unknown setting'],
    ],
    [
      'a second factor that is demanded but cannot be had',
      { sign_in: { second_factor: { required: true } } },
      [
        'sign_in.second_factor.required: expected false, since neither attributes.authenticator_app nor a second factor of phone_number is on and nobody could set one up',
      ],
    ],
    ['a wrong type', { single_session_mode: 'yes' }, ['single_session_mode: expected true or false, got "yes"']],
    ['a fraction', { lockout: { max_attempts: 1.5 } }, ['lockout.max_attempts: expected a whole number, got 1.5']],
    ['a number out of range', { lockout: { max_attempts: 0 } }, ['lockout.max_attempts: expected 1 or more, got 0']],
    [
      'a choice that is none',
      { sign_up: { mode: 'closed' } },
      ['sign_up.mode: expected "public" or "restricted" or "waitlist", got "closed"'],
    ],
    [
      'an unknown factor',
      { attributes: { email_address: { first_factors: ['email_code', 'pigeon'] } } },
      ['attributes.email_address.first_factors.1: expected "email_code" or "email_link", got "pigeon"'],
    ],
    ['rates that are none', { rate_limits: 'few' }, ['rate_limits: expected "off", "hosted" or an object with limits, got "few"']],
    [
      'a mistake inside rates',
      { rate_limits: { attempt: { requests: 0, window: 10 } } },
      ['rate_limits.attempt.requests: expected 1 or more, got 0'],
    ],
    [
      'an origin with a path',
      { allowed_origins: ['https://example.com/'] },
      ['allowed_origins.0: expected an origin such as https://www.example.com, got "https://example.com/"'],
    ],
    [
      'a host with a port',
      { allowed_hosts: ['api.example.com:4000'] },
      ['allowed_hosts.0: expected a host name in lower case, without scheme and port, got "api.example.com:4000"'],
    ],
    [
      'a proxy that is no address',
      { trusted_proxies: ['10.0.0.0/33'] },
      ['trusted_proxies.0: expected an IP address or a subnet such as 10.0.0.0/8, got "10.0.0.0/33"'],
    ],
    [
      'an address with a scheme of its own',
      { urls: { home: 'javascript:alert(1)' } },
      ['urls.home: expected a path that starts with / or an http(s) address, got "javascript:alert(1)"'],
    ],
    [
      'an address without scheme',
      { urls: { home: '//evil.example' } },
      ['urls.home: expected a path that starts with / or an http(s) address, got "//evil.example"'],
    ],
    [
      'a line break in a name',
      { application_name: 'A\r\nBcc: x' },
      ['application_name: expected text without line breaks, got "A\\r\\nBcc: x"'],
    ],
    [
      'metadata that is no object',
      { users: [{ email_address: 'a@example.com', public_metadata: [] }] },
      ['users.0.public_metadata: expected an object, got []'],
    ],
    [
      'a key that no document may have',
      { users: [{ email_address: 'a@example.com', private_metadata: JSON.parse('{"a":{"__proto__":"canary"}}') as object }] },
      ['users.0.private_metadata: must not have a key "__proto__"'],
    ],
    [
      'the same at the root',
      { users: [{ email_address: 'a@example.com', public_metadata: JSON.parse('{"__proto__":1}') as object }] },
      ['users.0.public_metadata: must not have a key "__proto__", got {"__proto__":1}'],
    ],
    [
      'a password that is no text',
      { users: [{ email_address: 'a@example.com', password: 20211130 }] },
      ['users.0.password: expected text'],
    ],
    [
      'claims that are no object',
      { session_token: { claims: ['{{user.id}}'] } },
      ['session_token.claims: expected an object, got ["{{user.id}}"]'],
    ],
    [
      'a reserved claim',
      { session_token: { claims: { sub: 'me', role: 'x', sid: 1 } } },
      [
        'session_token.claims.sid: reserved claims cannot be set, got 1',
        'session_token.claims.sub: reserved claims cannot be set, got "me"',
      ],
    ],
    [
      'a claim that names private metadata',
      { session_token: { claims: { a: { b: ['x', 'id {{ user.private_metadata.id }}'] } } } },
      ['session_token.claims.a.b.1: private_metadata cannot be named in a claim, got "id {{ user.private_metadata.id }}"'],
    ],
    [
      'mistakes in a template',
      { jwt_templates: [{ name: 'a b', claims: { iss: 'x' }, lifetime: 1, allowed_clock_skew: 301, signing_key: 'x' }] },
      [
        'jwt_templates.0.allowed_clock_skew: expected 300 or less, got 301',
        'jwt_templates.0.claims.iss: reserved claims cannot be set, got "x"',
        'jwt_templates.0.lifetime: expected 30 or more, got 1',
        'jwt_templates.0.name: expected letters, digits, _ and -, at most 64, got "a b"',
        'jwt_templates.0.signing_key: unknown setting',
      ],
    ],
    ['a template without claims', { jwt_templates: [{ name: 'a' }] }, ['jwt_templates.0.claims: expected an object, got nothing']],
    [
      'two templates of one name',
      {
        jwt_templates: [
          { name: 'a', claims: {} },
          { name: 'a', claims: {} },
        ],
      },
      ['jwt_templates.1.name: expected a name that no other template has, got "a"'],
    ],
    [
      'a password rule that contradicts itself',
      { password: { min_length: 20, max_length: 10 } },
      ['password.min_length: expected no more than password.max_length'],
    ],
    [
      'settings under which nobody could sign in',
      { attributes: { email_address: { enabled: false }, username: { enabled: false } } },
      ['attributes: expected email_address, phone_number or username to be enabled, or nobody could sign in'],
    ],
    [
      'settings that leave no first factor',
      {
        attributes: {
          email_address: { enabled: false },
          phone_number: { enabled: true, first_factors: [] },
          password: { enabled: false },
        },
      },
      ['attributes.password.enabled: expected true, since no enabled attribute has first_factors and nobody could sign in'],
    ],
  ];
  for (const [name, content, expected] of table) {
    it(`names the path of ${name}`, () => assert.deepEqual(mistakes(content).sort(), expected));
  }

  it('names all mistakes at once', () => {
    assert.equal(mistakes({ delete_self: 1, support_email: 2, urls: { home: 3 } }).length, 3);
  });

  it('has no test codes in production', () => {
    assert.match(mistakes({ test_mode: true }, 'production').join(), /^test_mode: expected false/);
  });

  it('refuses metadata over 8,192 bytes or nested too deep', () => {
    const user = (public_metadata: object) => ({ users: [{ email_address: 'a@example.com', public_metadata }] });
    assert.match(mistakes(user({ a: 'x'.repeat(8192) })).join(), /^users\.0\.public_metadata: expected at most 8192 bytes of JSON/);
    let deep = {};
    for (let depth = 0; depth < 70; depth++) deep = { a: deep };
    assert.match(mistakes(user(deep)).join(), /^users\.0\.public_metadata: .*deeper than 64 levels/);
  });

  it('quotes little of long values', () => {
    assert.ok((mistakes({ single_session_mode: 'x'.repeat(10_000) })[0] ?? '').length < 150);
  });
});
