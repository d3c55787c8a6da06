import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { checkRate } from '../../../demo/server/domain/rate-limit.ts';
import { ApiError } from '../../../demo/server/errors.ts';
import type { InstanceSettings, RateLimits } from '../../../demo/server/settings.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';

const limits = { createSignIn: { requests: 5, window: 10 }, attempt: { requests: 3, window: 10 } } as RateLimits;

describe('C4: checkRate()', () => {
  let api: TestApi;
  let time = 1_800_000_000_000;
  before(async () => {
    api = await startApi();
  });
  after(() => api.stop());
  beforeEach(() => {
    time += 10_000;
  });

  const context = (rateLimits: RateLimits | 'off' = limits) => ({
    database: api.database,
    settings: { rateLimits } as InstanceSettings,
    now: () => time,
  });
  const judge = async (kind: keyof RateLimits, key: string, settings?: 'off') => {
    try {
      await checkRate(context(settings), kind, key);
      return undefined;
    } catch (error) {
      assert.ok(error instanceof ApiError);
      return error;
    }
  };

  it('counts exactly, also when all ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => judge('createSignIn', '10.0.0.1')));
    assert.equal(answers.filter((error) => !error).length, 5);
  });

  it('says when to ask again', async () => {
    time += 3_400;
    for (let count = 0; count < 3; count++) assert.equal(await judge('attempt', '10.0.0.2'), undefined);
    const error = await judge('attempt', '10.0.0.2');
    assert.deepEqual([error?.status, error?.items[0]?.code, error?.retryAfter], [429, 'too_many_requests', 7]);
    time += 6_599;
    assert.equal((await judge('attempt', '10.0.0.2'))?.retryAfter, 1);
    time += 1;
    assert.equal(await judge('attempt', '10.0.0.2'), undefined);
  });

  it('counts kinds and keys apart', async () => {
    for (let count = 0; count < 4; count++) await judge('attempt', '10.0.0.3');
    assert.equal(await judge('createSignIn', '10.0.0.3'), undefined);
    assert.equal(await judge('attempt', '10.0.0.4'), undefined);
    assert.equal(await judge('attempt', 'user_1'), undefined);
  });

  it('takes neighbours in one IPv6 network for one', async () => {
    for (let count = 0; count < 3; count++) assert.equal(await judge('attempt', `2001:db8:1:2::${count}`), undefined);
    assert.ok(await judge('attempt', '2001:db8:1:2:ffff::9'));
    assert.equal(await judge('attempt', '2001:db8:1:3::1'), undefined);
  });

  it('counts nothing where limits are off', async () => {
    const before = await api.database.selectFrom('rate_counters').selectAll().execute();
    for (let count = 0; count < 20; count++) assert.equal(await judge('attempt', '10.0.0.5', 'off'), undefined);
    assert.deepEqual(await api.database.selectFrom('rate_counters').selectAll().execute(), before);
  });
});

describe('C4: limits of the Frontend API', () => {
  let api: TestApi;
  before(async () => {
    const limit = { requests: 2, window: 86_400 };
    api = await startApi({ instance: { rate_limits: { create_sign_in: limit, create_sign_up: limit, attempt: limit } } });
  });
  after(() => api.stop());
  beforeEach(() => api.database.deleteFrom('rate_counters').execute());

  const ask = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${api.url}/v1/client/${path}`, {
      method: 'POST',
      headers: { origin: api.url, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });

  it('answer 429 with Retry-After and CORS headers, and believe no forwarded address', async () => {
    const answers: Response[] = [];
    for (let count = 0; count < 3; count++) {
      answers.push(await ask('sign_ins', 'identifier=nobody@example.com', { 'x-forwarded-for': `10.1.1.${count}` }));
    }
    assert.deepEqual(
      answers.map(({ status }) => status),
      [422, 422, 429],
    );
    assert.ok(Number(answers[2]?.headers.get('retry-after')) >= 1);
    assert.equal(answers[2]?.headers.get('access-control-allow-origin'), api.url);
  });

  it('are lifted by a testing token, and by nothing that only looks like one', async () => {
    const { body } = await createBackendClient(api)('POST', '/testing_tokens');
    const token = String(body.token);
    for (const [path, form] of [
      ['sign_ins', 'identifier=nobody@example.com'],
      ['sign_ups', 'first_name='],
      ['sign_ins/sia_none/attempt_first_factor', 'strategy=password&password=x'],
    ] as const) {
      for (let count = 0; count < 4; count++) {
        const { status } = await ask(`${path}?__clerk_testing_token=${token}`, form);
        assert.notEqual(status, 429, path);
      }
      const statuses = [];
      for (const other of ['', 'x', token.slice(0, -1)]) statuses.push((await ask(`${path}?__clerk_testing_token=${other}`, form)).status);
      assert.equal(statuses.indexOf(429), 2, path);
    }
  });
});
