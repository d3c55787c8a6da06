/** What is kept of the exchanges of a server, and what is not. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Exchange } from '../../support/record-exchanges.mjs';
import { shapeOf } from '../../support/shape.mjs';

const recorder = new URL('../../support/record-exchanges.mjs', import.meta.url).href;

/** A server of which only some answers have a trace id, and its callers. */
const program = `
import { createServer } from 'node:http';
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const named = request.url.includes('stranger') ? {} : { 'X-Clerk-Trace-Id': 'trace' };
    response.writeHead(201, { 'content-type': 'application/json; charset=utf-8', ...named });
    response.write('{"id":');
    response.end(JSON.stringify(request.url) + '}');
  });
}).listen(0, '127.0.0.1', async () => {
  const ask = (path, body) => fetch('http://127.0.0.1:' + server.address().port + path, {
    method: 'POST', body, headers: { cookie: 'a=secret', authorization: 'Bearer secret', 'content-type': 'text/plain' } });
  for (const id of ['user_12345678', 'user_abcdefgh']) await ask('/v1/users/' + id + '?a=B', 'code=1Z');
  await ask('/v1/users/user_12345678?b=B', 'code=1Z');
  await ask('/v1/stranger');
  await ask('/elsewhere');
  server.close();
  server.closeAllConnections();
});
`;

describe('exchanges of a server', () => {
  it('are kept once for each kind, without what says who asks', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'exchanges-'));
    try {
      const environment = { ...process.env, API_EXCHANGES: folder };
      await promisify(execFile)(process.execPath, ['--import', recorder, '--input-type=module', '--eval', program], { env: environment });
      const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
      const exchanges = texts.map((text) => JSON.parse(text) as Exchange).sort((a, b) => (a.query < b.query ? -1 : 1));
      assert.deepEqual(
        exchanges.map(({ method, path, query, requestBody, status, contentType, body }) => [
          method,
          path,
          query,
          requestBody,
          status,
          contentType,
          body,
        ]),
        ['a', 'b'].map((name) => [
          ...['POST', '/v1/users/user_12345678', `${name}=B`, 'code=1Z'],
          ...[201, 'application/json', `{"id":"/v1/users/user_12345678?${name}=B"}`],
        ]),
      );
      assert.equal(exchanges[0]?.requestHeaders['content-type'], 'text/plain');
      assert.doesNotMatch(texts.join(), /secret/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('shapeOf()', () => {
  it('is the same for values that a schema judges alike', () => {
    assert.equal(
      shapeOf({ id: 'user_1A', at: 1, list: [1, 2], public_metadata: { a: 1 } }),
      shapeOf({ id: 'x Y', at: 3, list: [4], public_metadata: {} }),
    );
  });

  it('differs for kinds, words and members', () => {
    const values = [1, 1.5, 'word', 'other', 'A', null, true, false, [], [null], [1], {}, { a: 1 }, { b: 1 }, { a: null }];
    assert.equal(new Set(values.map(shapeOf)).size, values.length);
    assert.notEqual(shapeOf({ public_metadata: null }), shapeOf({ public_metadata: {} }));
  });
});
