import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';

/** Sends bytes as they are: no client of ours would send such requests. */
async function raw(address: string, lines: string[]): Promise<string> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
  let answer = '';
  for await (const chunk of socket.setEncoding('utf8')) answer += chunk as string;
  return answer;
}

describe('E10: a foreign name for our address gets nothing', () => {
  let api: TestApi;
  before(async () => void (api = await startApi({ instance: { allowed_hosts: ['api.example.test'] } })));
  after(() => api.stop());

  const paths = [
    '/',
    '/v1/health',
    '/v1/environment',
    '/v1/client',
    '/inbox',
    '/inbox/mails',
    '/sign-in',
    '/api/me',
    '/popup-callback',
    '/development-provider/',
    '/.well-known/jwks.json',
    '/avatars/user_a.svg',
    '/npm/@clerk/clerk-js@6/dist/clerk.browser.js',
    '/v1/users',
    '/nowhere',
  ];
  const foreign = [
    ['a foreign name', ['Host: evil.example']],
    ['a foreign name with our port', ['Host: evil.example:4000']],
    ['a name that begins like ours', ['Host: 127.0.0.1.evil.example']],
    ['a name that ends like ours', ['Host: evil-localhost']],
    ['an allowed name as a part', ['Host: api.example.test.evil.example']],
    ['two names', ['Host: 127.0.0.1', 'Host: evil.example']],
    ['two names, the foreign first', ['Host: evil.example', 'Host: 127.0.0.1']],
    ['an empty name', ['Host:']],
    ['a name with a user', ['Host: 127.0.0.1@evil.example']],
    ['a name with a path', ['Host: 127.0.0.1/evil']],
  ] as const;

  for (const [name, headers] of foreign) {
    it(`refuses ${name} on every route of both ports`, async () => {
      for (const address of [api.url, api.backendUrl]) {
        for (const path of paths) {
          const answer = await raw(address, [`GET ${path} HTTP/1.1`, ...headers]);
          assert.match(answer, /^HTTP\/1\.1 400 /, `${address}${path}`);
          assert.doesNotMatch(answer, /access-control-allow|<html|set-cookie/i, path);
        }
      }
    });
  }

  it('refuses a request without a name', async () => {
    for (const address of [api.url, api.backendUrl]) {
      assert.match(await raw(address, ['GET / HTTP/1.1']), /^HTTP\/1\.1 400 /);
      assert.match(await raw(address, ['GET / HTTP/1.0']), /^HTTP\/1\.1 400 /);
    }
  });

  it('refuses a target with a name of its own', async () => {
    for (const target of ['http://evil.example/v1/health', 'http://127.0.0.1/v1/health', '*']) {
      assert.match(await raw(api.url, [`GET ${target} HTTP/1.1`, 'Host: 127.0.0.1']), /^HTTP\/1\.1 400 /, target);
    }
  });

  it('says which setting would allow it', async () => {
    const answer = await raw(api.url, ['GET / HTTP/1.1', 'Host: evil.example']);
    assert.match(answer, /"code":"host_invalid"/);
    assert.match(answer, /allowed_hosts/);
    assert.match(answer, /content-type: application\/json\r\n/i);
    assert.match(answer, /x-clerk-trace-id: [0-9a-f]{32}/i);
  });

  it('takes loopback names and those of the settings, on any port', async () => {
    for (const host of [
      '127.0.0.1',
      'localhost',
      'LOCALHOST:4000',
      'app.localhost:80',
      '[::1]:4000',
      '127.1.2.3',
      'api.example.test',
      'API.example.test:443',
    ]) {
      assert.match(await raw(api.url, ['GET /v1/health HTTP/1.1', `Host: ${host}`]), /^HTTP\/1\.1 200 /, host);
    }
  });
});
