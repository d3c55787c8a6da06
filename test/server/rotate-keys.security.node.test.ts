/** The command that turns keys over, as a person runs it (security.md, C8; docs/operations.md). */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { prepareDatabase } from '../../demo/server/database-address.ts';
import { createLog } from '../../demo/server/log.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import { startServer } from '../support/server-process.ts';
import { openTestDatabase } from '../support/test-database.ts';

const command = fileURLToPath(new URL('../../demo/server/rotate-keys.ts', import.meta.url));

async function rotateKeys(given: string[], environment: Record<string, string>) {
  const { DATABASE_URL: _url, DATA_DIR: _folder, ...rest } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', command, ...given], {
    env: { ...rest, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: code as number | null, stdout, stderr };
}

describe('C8: npm run rotate-keys', () => {
  it('adds a key to the API’s own database, while it runs and while it does not', async () => {
    const server = await startServer({ LOG_LEVEL: 'error' });
    const environment = { DATA_DIR: server.folder };
    const published = async () =>
      ((await (await fetch(`${server.url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    try {
      const [first = ''] = await published();
      const { code, stdout } = await rotateKeys(['--in', '120'], environment);
      const [, next = ''] = /^The key (ins_\w{27}) is published within a minute and signs from \S+Z on\./.exec(stdout) ?? [];
      assert.deepEqual([code, next.length], [0, 31], stdout);
      for (const end = performance.now() + 60_000; (await published()).length < 2;) {
        assert.ok(performance.now() < end, 'the server does not publish the next key');
        await delay(100);
      }
      assert.deepEqual((await published()).sort(), [first, next].sort());
      const again = await rotateKeys([], environment);
      assert.deepEqual([again.code, again.stdout], [1, '']);
      assert.match(again.stderr, new RegExp(`^The key ${next} is published and signs from`));

      await server.kill();
      const leaked = await rotateKeys(['--leaked'], environment);
      assert.equal(leaked.code, 0, leaked.stderr);
      await server.start();
      const [only = '', ...others] = await published();
      assert.deepEqual([leaked.stdout.includes(only), others], [true, []]);
    } finally {
      await server.stop();
    }
  });

  it('says what is wrong', async () => {
    const cases: [given: string[], sentence: RegExp][] = [
      [['--in', '5'], /^--in: expected 120 seconds or more, .* got 5\.$/m],
      [['--now'], /^Unknown option '--now'/],
      [[], /^There is no database in \/none\/at\/all\. Start the server once/],
    ];
    const ends = await Promise.all(cases.map(([given]) => rotateKeys(given, { DATA_DIR: '/none/at/all' })));
    for (const [index, { code, stderr }] of ends.entries()) {
      assert.equal(code, 1);
      assert.match(stderr, cases[index]![1]);
    }
  });

  it('takes DATABASE_URL, and asks for a server’s first start where there are no keys', async () => {
    const test = await openTestDatabase(createLog('silent'));
    try {
      const { host, database } = test.address.connection as { host: string; database: string };
      const environment = { DATABASE_URL: `postgres://postgres@/${database}?host=${host}` };
      if (!process.env['TEST_POSTGRES']) {
        assert.match((await rotateKeys([], environment)).stderr, /^This database holds no keys yet\./);
        await prepareDatabase(test.address);
      }
      const { code, stderr } = await rotateKeys([], environment);
      assert.equal(code, 0, stderr);
      const { database: rows, close } = openDatabase(test.address);
      assert.equal((await rows.selectFrom('signing_keys').select('id').execute()).length, 1);
      await close();
    } finally {
      await test.close();
    }
  });
});
