/** What a connection may cost (security.md §3, "HTTP timers"; D5): slow, silent and endless callers are sent away. */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { httpLimits, startHttpServer } from '../../demo/server/http-server.ts';
import type { HttpServer } from '../../demo/server/http-server.ts';
import { sendBytes } from '../support/raw-request.ts';

describe('N4: the limits', () => {
  it('are those of the design', () => {
    assert.deepEqual(httpLimits, {
      headersTimeout: 10_000,
      requestTimeout: 20_000,
      connectionsCheckingInterval: 5_000,
      keepAliveTimeout: 5_000,
      maxHeaderSize: 16_384,
      maxConnections: 2_000,
    });
  });
});

describe('N4, D5: a server with shorter ones', () => {
  let server: HttpServer;
  let address: string;
  let asked = 0;
  const limits = {
    ...httpLimits,
    headersTimeout: 100,
    requestTimeout: 200,
    connectionsCheckingInterval: 20,
    keepAliveTimeout: 50,
  };
  const head = 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n';

  before(async () => {
    const fetch = async (request: Request) => {
      asked++;
      return new Response(await request.text());
    };
    server = await startHttpServer({ host: '127.0.0.1', port: 0, setting: 'PORT', fetch, checkHost: () => undefined, limits });
    address = `http://127.0.0.1:${server.port}`;
  });
  after(() => server.close(0));

  it('closes a connection that says nothing', async () => {
    assert.match(await sendBytes(address, ''), /^(HTTP\/1\.1 408 |$)/);
  });
  it('closes one whose headers never end', async () => {
    assert.match(await sendBytes(address, `${head}X-Slow: a`), /^HTTP\/1\.1 408 /);
  });
  it('closes one whose body never ends', async () => {
    assert.match(await sendBytes(address, `${head}Content-Length: 10\r\n\r\n12345`), /^HTTP\/1\.1 408 /);
    assert.match(await sendBytes(address, `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n`), /^HTTP\/1\.1 408 /);
  });
  it('closes one that is kept open for nothing', async () => {
    assert.match(await sendBytes(address, `${head}Content-Length: 2\r\n\r\nhi`), /^HTTP\/1\.1 200 [^]*hi$/);
  });
  it('refuses headers of more than 16 KiB without asking anybody', async () => {
    const before = asked;
    assert.match(await sendBytes(address, `${head}X-Long: ${'a'.repeat(16_384)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
    assert.equal(asked, before);
  });
});

describe('N4: a server with room for three', () => {
  it('takes no fourth connection, and another again once there is room', async () => {
    const asked = new EventEmitter();
    const fetch = async (request: Request) => {
      asked.emit('request');
      return new Response(await request.text());
    };
    const limits = { ...httpLimits, maxConnections: 3 };
    const server = await startHttpServer({ host: '127.0.0.1', port: 0, setting: 'PORT', fetch, checkHost: () => undefined, limits });
    const begin = async () => {
      const heard = once(asked, 'request');
      const socket = connect(server.port, '127.0.0.1').setEncoding('latin1');
      socket.write('POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\n');
      await heard;
      return socket;
    };
    const finish = async (socket: Socket) => {
      socket.write('hi');
      return (await text(socket)).slice(0, 15);
    };
    try {
      const busy = [await begin(), await begin(), await begin()];
      assert.equal(await sendBytes(`http://127.0.0.1:${server.port}`, ''), '');
      for (const socket of busy) assert.equal(await finish(socket), 'HTTP/1.1 200 OK');
      assert.equal(await finish(await begin()), 'HTTP/1.1 200 OK');
    } finally {
      await server.close(0);
    }
  });
});
