import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';

describe('E8: served files are a fixed table', () => {
  let api: TestApi;
  before(async () => void (api = await startApi()));
  after(async () => {
    agent.destroy();
    await api.stop();
  });

  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  /** `fetch` would tidy the path up and unpack the body. */
  async function get(
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number | undefined; headers: IncomingMessage['headers']; body: Buffer }> {
    const { hostname, port } = new URL(api.url);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ hostname, port, path, headers, agent }, resolve).on('error', reject).end();
    });
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
  }

  it('no path leads out of it', async () => {
    const climbs = ['..', '%2e%2e', '.%2e', '%2E.', '..%00', '%252e%252e', '..%252f', '%c0%ae%c0%ae', '%u002e%u002e', '．．', '...', '..;'];
    const separators = ['/', '%2f', '%5c', '\\', '%252f', '//', '/./'];
    const bases = ['/', '/npm/@clerk/clerk-js@6/dist/', '/inbox/', '/avatars/', '/sign-in/'];
    const targets = [
      'package.json',
      'demo/server/main.ts',
      'server/main.ts',
      'instance.json%00.html',
      'etc/passwd',
      '.data/postgres/PG_VERSION',
    ];
    const paths = bases.flatMap((base) =>
      climbs.flatMap((climb) =>
        separators.flatMap((separator) => targets.map((target) => base + `${climb}${separator}`.repeat(3) + target)),
      ),
    );
    paths.push(
      '/server/main.ts',
      '/server/',
      '/.gitignore',
      '/npm/@clerk/clerk-js@6/dist/',
      '/npm/@clerk/clerk-js@../dist/package.json',
      '/package.json',
      '/instance.json/',
      '//etc/passwd',
    );
    assert.ok(paths.length > 2_000);
    const statuses: (number | undefined)[] = [];
    for (let start = 0; start < paths.length; start += 50) {
      const some = paths.slice(start, start + 50).map((path) => encodeURI(path).replaceAll('%25', '%'));
      statuses.push(...(await Promise.all(some.map(async (path) => (await get(path)).status))));
    }
    assert.equal(statuses.length, paths.length);
    const served = paths.filter((path, index) => statuses[index] === 200 && !path.startsWith('/sign-in/'));
    assert.deepEqual(served, []);
    // Below /sign-in every path is the same page: a route of the card.
    const pages = paths.filter((_path, index) => statuses[index] === 200);
    const { body } = await get(encodeURI(pages[0] ?? '/sign-in'));
    assert.match(body.toString(), /<!doctype html>/i);
  });

  it('it has the demo pages with placeholders filled in', async () => {
    const seed = await get('/seed.html');
    const text = seed.body.toString();
    assert.ok(text.includes(api.publishableKey));
    assert.doesNotMatch(text, /YOUR_[A-Z]/);
    assert.equal(seed.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(seed.headers['cache-control'], 'public, max-age=0, must-revalidate');
    assert.deepEqual((await get('/')).body, (await get('/index.html')).body);
    assert.equal((await get('/favicon.ico')).headers['content-type'], 'image/svg+xml');
  });

  it('no file in it holds a secret', async () => {
    const thatSayHowToSignIn = ['/', '/index.html', '/fields.html', '/backend.html'];
    for (const path of [...thatSayHowToSignIn, '/seed.html', '/module.html', '/main.js', '/page-style.js', '/sign-in', '/sign-up']) {
      const { body } = await get(path);
      assert.ok(!body.includes(api.secretKey), path);
      assert.ok(!body.includes('12356'), `${path}: private metadata`);
      assert.ok(
        !body.includes('violet-harbour-lantern') || thatSayHowToSignIn.includes(path),
        `${path}: only the demo pages say how to sign in`,
      );
    }
  });

  it('the settings, which lie beside the pages, are not in it', async () => {
    assert.equal((await get('/instance.json')).status, 404);
  });

  it('a file is not sent again to whoever has it', async () => {
    const { headers } = await get('/main.js');
    const again = await get('/main.js', { 'if-none-match': `"other", W/${String(headers.etag)}` });
    assert.deepEqual([again.status, again.body.length], [304, 0]);
    assert.equal((await get('/main.js', { 'if-none-match': '"other"' })).status, 200);
  });

  it('files come compressed to whoever takes that', async () => {
    const plain = (await get('/main.js')).body;
    const brotli = await get('/main.js', { 'accept-encoding': 'gzip, deflate, br' });
    assert.deepEqual([brotli.headers['content-encoding'], brotli.headers.vary], ['br', 'Accept-Encoding']);
    assert.deepEqual(brotliDecompressSync(brotli.body), plain);
    const gzip = await get('/main.js', { 'accept-encoding': 'gzip' });
    assert.deepEqual(gunzipSync(gzip.body), plain);
  });

  it('there is a picture for every user, and for nothing else', async () => {
    const picture = await get('/avatars/user_2abc.svg');
    assert.equal(picture.headers['access-control-allow-origin'], '*');
    assert.deepEqual(
      [picture.status, picture.headers['content-type'], picture.headers['content-security-policy']],
      [200, 'image/svg+xml', "default-src 'none'"],
    );
    for (const name of ['user_.svg', 'user_a.png', 'org_a.svg', 'user_<script>.svg'])
      assert.equal((await get(`/avatars/${encodeURI(name)}`)).status, 404, name);
  });
});
