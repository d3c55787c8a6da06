import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSettings, SettingsError } from '../../../demo/server/settings.ts';
import { webhookEventTypes } from '../../../demo/server/webhooks/event.ts';
import { readEndpoints } from '../../../demo/server/webhooks/settings.ts';

describe('webhooks in the settings', () => {
  it('are none unless there are some', () => {
    assert.deepEqual(readSettings({}, 'development').webhooks, []);
  });

  it('ask for all events unless they say which', () => {
    const [all, some] = readSettings(
      { webhooks: [{ url: 'http://127.0.0.1:3000/all' }, { url: 'https://example.com/some', events: ['user.deleted'] }] },
      'production',
    ).webhooks;
    assert.deepEqual(all?.events, [...webhookEventTypes]);
    assert.deepEqual(some, { url: 'https://example.com/some', events: ['user.deleted'] });
  });

  for (const [name, webhooks, message] of [
    ['an address of another kind', [{ url: 'ftp://ann:s3cret@example.com' }], 'webhooks.0.url: expected an http(s) address'],
    ['no address', [{ url: 's3cret' }], 'webhooks.0.url: expected an http(s) address'],
    ['an address twice', [{ url: 'http://s3cret.example' }, { url: 'http://s3cret.example' }], 'webhooks.1.url: expected another address'],
    ['text in place of an entry', ['https://ann:s3cret@example.com'], 'webhooks.0: expected an object'],
    ['text in place of the list', 'https://ann:s3cret@example.com', 'webhooks: expected a list'],
    [
      'an event that there is not',
      [{ url: 'http://a.example', events: ['user.banned'] }],
      'webhooks.0.events.0: expected "user.created" or',
    ],
    ['no event', [{ url: 'http://a.example', events: [] }], 'webhooks.0.events: expected at least one'],
    ['a setting that there is not', [{ url: 'http://a.example', secret: 's3cret' }], 'webhooks.0.secret: unknown setting'],
    [
      'too many',
      Array.from({ length: 11 }, (_item, index) => ({ url: `http://s3cret.example/${index}` })),
      'webhooks: expected at most 10',
    ],
  ] as const) {
    it(`name ${name} by its path, without the address`, () => {
      assert.throws(
        () => readSettings({ webhooks }, 'development'),
        (error) => {
          assert.ok(error instanceof SettingsError);
          assert.ok(error.message.startsWith(message), error.message);
          assert.ok(!error.message.includes('s3cret'), error.message);
          return true;
        },
      );
    });
  }
});

describe('readEndpoints()', () => {
  it('has an id and a host that tell no password', () => {
    const [endpoint] = readEndpoints([{ url: 'https://ann:s3cret@example.com:8443/a?token=s3cret', events: ['user.created'] }]);
    assert.equal(endpoint?.host, 'example.com:8443');
    assert.match(endpoint.id, /^[0-9a-f]{64}$/);
    assert.deepEqual([...endpoint.events], ['user.created']);
  });
});
