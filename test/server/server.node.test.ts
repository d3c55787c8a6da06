import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { parseDatabaseUrl } from '../../demo/server/database-address.ts';
import { createLog } from '../../demo/server/log.ts';
import { startServer } from '../../demo/server/server.ts';
import type { ServerOptions } from '../../demo/server/server.ts';
import { StartError } from '../../demo/server/start-error.ts';
import { startOwnPostgres } from '../../demo/server/store/own-postgres.ts';
import type { OwnPostgres } from '../../demo/server/store/own-postgres.ts';
import { freePort } from '../support/free-port.ts';

describe('startServer()', () => {
  let postgres: OwnPostgres;
  let opened = 0;
  const log = createLog('silent');
  before(async () => void (postgres = await startOwnPostgres({ folder: 'temporary', log, parameters: { fsync: 'off' } })));
  after(() => postgres.stop());

  const start = (options: Partial<ServerOptions>) =>
    startServer({
      host: '127.0.0.1',
      port: 0,
      instance: {},
      openDatabase: () => {
        opened++;
        return Promise.resolve({ address: postgres.address, close: () => Promise.resolve(void opened--) });
      },
      log,
      print: () => undefined,
      ...options,
    });

  /** The sentence with which a start is refused; nothing of the attempt is left. */
  async function refusal(options: Partial<ServerOptions>): Promise<string> {
    try {
      await (await start(options)).stop();
    } catch (error) {
      assert.ok(error instanceof StartError, String(error));
      assert.equal(opened, 0, 'the database is closed');
      return error.message;
    }
    throw new assert.AssertionError({ message: 'The server has started.' });
  }

  for (const [name, options, message] of [
    ['an address of another machine', { host: '192.0.2.1' }, /^HOST: 192\.0\.2\.1 is not an address of this machine\./],
    ['no publishable key', { publishableKey: 'pk_test_nonsense' }, /^CLERK_PUBLISHABLE_KEY: expected pk_test_ or pk_live_/],
    ['a secret key of another kind', { secretKeys: 'sk_live_0123456789012345678901' }, /^CLERK_SECRET_KEY: expected sk_test_/],
    ['no address of a mail server', { smtpUrl: 'hunter2.example.com' }, /^SMTP_URL: expected an address such as smtp:/],
    ['settings with a mistake', { instance: { lockout: 1 } }, /^lockout: expected an object, got 1$/],
  ] as const) {
    it(`refuses ${name} in one sentence`, async () => {
      const sentence = await refusal(options);
      assert.match(sentence, message);
      assert.doesNotMatch(sentence, /hunter2|0123456789012345678901/, 'no secret');
    });
  }

  it('says that a port is taken and how to take another, before it opens a database', async () => {
    const server = createServer().listen(await freePort(), '127.0.0.1');
    await once(server, 'listening');
    try {
      const port = (server.address() as { port: number }).port;
      const openDatabase = () => assert.fail('No database is needed.');
      assert.equal(
        await refusal({ port, openDatabase }),
        `Port ${port} on 127.0.0.1 is taken by another program. Stop that one, or set PORT to another port.`,
      );
      assert.match(await refusal({ backendPort: port, openDatabase }), /set BACKEND_API_PORT to another port/);
    } finally {
      server.close();
    }
  });

  it('says that there is no database server, or none that answers, without the password', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    try {
      for (const port of [await freePort(), (silent.address() as { port: number }).port]) {
        const address = parseDatabaseUrl(`postgres://clerk:hunter2@127.0.0.1:${port}/clerk`);
        const sentence = await refusal({ openDatabase: () => Promise.resolve({ address, close: () => Promise.resolve() }) });
        assert.match(sentence, new RegExp(`^There is no database server to be reached at 127\\.0\\.0\\.1:${port}.* Check DATABASE_URL`));
        assert.doesNotMatch(sentence, /hunter2/);
      }
    } finally {
      silent.close();
    }
  });

  it('leaves its ports free when it is refused, and when it is stopped', async () => {
    const port = await freePort();
    const backendPort = await freePort();
    await refusal({ port, backendPort, instance: { lockout: 1 } });
    for (let round = 0; round < 2; round++) {
      const server = await start({ port, backendPort });
      assert.equal((await fetch(`${server.frontendApiUrl}/v1/health`)).status, 200);
      await server.stop();
      assert.equal(opened, 0);
    }
  });
});
