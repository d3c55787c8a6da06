import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';

describe('S3: the Backend API needs a secret key, exactly', () => {
  let api: TestApi;
  before(async () => void (api = await startApi()));
  after(() => api.stop());

  const ask = async (headers: Record<string, string>, path = '/v1/users/count') => {
    const response = await fetch(api.backendUrl + path, { headers });
    const body = (await response.json()) as { errors?: { code: string }[] };
    return { status: response.status, code: body.errors?.[0]?.code, headers: response.headers };
  };

  it('takes the secret key as a bearer', async () => {
    assert.equal((await ask({ authorization: `Bearer ${api.secretKey}` })).status, 200);
    assert.equal((await ask({ authorization: `bearer ${api.secretKey}` })).status, 200, 'schemes of HTTP have no case');
  });

  it('refuses any other form of the header', async () => {
    const forms = [
      '',
      api.secretKey,
      `Bearer${api.secretKey}`,
      'Bearer',
      'Bearer ',
      `Basic ${api.secretKey}`,
      `Bearer ${api.secretKey} more`,
      `Token Bearer ${api.secretKey}`,
    ];
    for (const authorization of forms) {
      const { status, code } = await ask({ authorization });
      assert.deepEqual([status, code], [401, 'authorization_header_format_invalid'], JSON.stringify(authorization));
    }
    assert.equal((await ask({})).code, 'authorization_header_format_invalid');
  });

  it('refuses keys that are not of this instance', async () => {
    for (const key of ['sk_test_wrong', `${api.secretKey}x`, api.secretKey.slice(0, -1), api.secretKey.toUpperCase(), api.publishableKey]) {
      const { status, code } = await ask({ authorization: `Bearer ${key}` });
      assert.deepEqual([status, code], [401, 'clerk_key_invalid'], key);
    }
  });

  it('never takes the key from the query', async () => {
    for (const name of ['authorization', 'secret_key', 'token', 'key']) {
      assert.equal((await ask({}, `/v1/users/count?${name}=Bearer%20${api.secretKey}`)).status, 401, name);
    }
  });

  it('does not take the key on the Frontend API', async () => {
    const response = await fetch(`${api.url}/v1/users/count`, { headers: { authorization: `Bearer ${api.secretKey}` } });
    assert.equal(response.status, 404);
  });

  it('says nothing about addresses before the key was seen', async () => {
    assert.equal((await ask({}, '/v1/nothing')).status, 401);
    const { status, code } = await ask({ authorization: `Bearer ${api.secretKey}` }, '/v1/nothing');
    assert.deepEqual([status, code], [404, 'resource_not_found']);
  });

  it('sends no CORS header, whatever asks', async () => {
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const response = await fetch(`${api.backendUrl}/v1/users/count`, {
        method,
        headers: { origin: api.url, authorization: `Bearer ${api.secretKey}`, 'access-control-request-method': 'POST' },
      });
      const names = [...response.headers.keys()].filter((name) => name.startsWith('access-control'));
      assert.deepEqual(names, [], method);
    }
  });

  it('answers as JSON without a charset, uncached, in good cases and bad', async () => {
    for (const { headers } of [await ask({ authorization: `Bearer ${api.secretKey}` }), await ask({})]) {
      assert.equal(headers.get('content-type'), 'application/json');
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
      assert.match(headers.get('x-clerk-trace-id') ?? '', /^[0-9a-f]{32}$/);
    }
  });

  it('refuses API versions that are no date, and two at once', async () => {
    const authorization = `Bearer ${api.secretKey}`;
    for (const [headers, query] of [
      [{ 'clerk-api-version': 'latest' }, ''],
      [{ 'clerk-api-version': '2025-13-01' }, ''],
      [{}, '?__clerk_api_version=1'],
      [{ 'clerk-api-version': '2025-11-10' }, '?__clerk_api_version=2025-11-10'],
    ] as const) {
      const { status, code } = await ask({ authorization, ...headers }, `/v1/users/count${query}`);
      assert.deepEqual([status, code], [400, 'api_version_invalid'], JSON.stringify([headers, query]));
    }
    assert.equal((await ask({ authorization, 'clerk-api-version': '2030-01-01' })).status, 200, 'newer ones are taken');
  });
});

describe('S3: guessing keys is slow', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi({ instance: { rate_limits: { backend_api: { requests: 5, window: 3600 } } }, now: () => 1_800_000_000_000 });
  });
  after(() => api.stop());

  it('answers 429 with the seconds to wait, also to wrong keys', async () => {
    const statuses = [];
    for (let request = 0; request < 6; request++) {
      const response = await fetch(`${api.backendUrl}/v1/jwks`, { headers: { authorization: 'Bearer sk_test_guess' } });
      statuses.push(response.status);
      if (response.status === 429) assert.match(response.headers.get('retry-after') ?? '', /^\d+$/);
    }
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429]);
  });
});

describe('S3: two secret keys, while they are turned over', () => {
  it('takes both and shows the first', async () => {
    const keys = ['sk_test_first_00000000000000', 'sk_test_second_0000000000000'];
    const api = await startApi({ secretKeys: keys.join(', ') });
    try {
      assert.equal(api.secretKey, keys[0]);
      for (const key of keys) {
        const response = await fetch(`${api.backendUrl}/v1/jwks`, { headers: { authorization: `Bearer ${key}` } });
        assert.equal(response.status, 200);
      }
    } finally {
      await api.stop();
    }
  });
});
