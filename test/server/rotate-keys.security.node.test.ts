/** Keys are handed over so that no valid token is ever refused (security.md, C8). */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { decodeProtectedHeader } from 'jose';
import { createId } from '../../demo/server/ids.ts';
import { createSigningKey } from '../../demo/server/key-ring.ts';
import { loadKeys } from '../../demo/server/keys.ts';
import { createLog } from '../../demo/server/log.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import type { OpenDatabase } from '../../demo/server/store/database.ts';
import { deleteExpiredRows } from '../../demo/server/store/expired-rows.ts';
import { addSigningKey, replaceSigningKeys } from '../../demo/server/store/signing-keys.ts';
import { prepareDatabase } from '../../demo/server/database-address.ts';
import { startServer } from '../support/server-process.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const hour = 3600_000;
const newKey = () => createSigningKey(createId('ins'));

describe('C8: signing keys', () => {
  let test: TestDatabase;
  let open: OpenDatabase;
  let now = Date.now();
  before(async () => {
    test = await openTestDatabase(createLog('silent'));
    await prepareDatabase(test.address);
    open = openDatabase(test.address);
  });
  after(async () => {
    await open.close();
    await test.close();
  });
  beforeEach(async () => replaceSigningKeys(open.database, await newKey(), now));

  /** The keys as a process knows them that has just read them. */
  const load = () => loadKeys(open.database, { instanceType: 'development', now: () => now });
  const published = async () => ((await (await load()).jwks()).keys as { kid: string }[]).map(({ kid }) => kid).sort();
  const signed = async () => decodeProtectedHeader(await (await load()).sign({ sub: 'user_1' })).kid;

  it('are published before they sign, and for a day after they retired', async () => {
    const first = (await signed()) ?? '';
    const old = await (await load()).sign({ sub: 'user_1' });
    const next = await newKey();
    const activatedAt = now + 600_000;
    assert.equal(await addSigningKey(open.database, next, { now, activatedAt }), undefined);

    assert.deepEqual(await published(), [first, next.id].sort());
    now = activatedAt - 1;
    assert.equal(await signed(), first);
    now = activatedAt;
    assert.equal(await signed(), next.id);
    now = activatedAt + 24 * hour - 1;
    await deleteExpiredRows(open.database, now);
    assert.deepEqual(await published(), [first, next.id].sort());
    assert.deepEqual(await (await load()).verify(old), { sub: 'user_1' });

    now = activatedAt + 24 * hour;
    assert.deepEqual(await published(), [next.id]);
    assert.equal(await (await load()).verify(old), undefined);
    await deleteExpiredRows(open.database, now + 25 * hour);
    const rows = await open.database.selectFrom('signing_keys').select(['id', 'retired_at']).execute();
    assert.deepEqual(rows, [{ id: next.id, retired_at: null }], 'a private key of no use is kept nowhere');
  });

  it('are followed by a process that read them before, and by its clock', async () => {
    const keys = await load();
    const next = await newKey();
    await addSigningKey(open.database, next, { now, activatedAt: now + 60_000 });
    const knows = async () => ((await keys.jwks()).keys as { kid: string }[]).some(({ kid }) => kid === next.id);
    for (const end = performance.now() + 10_000; !(await knows());) {
      assert.ok(performance.now() < end, 'the next key is not published');
      await delay(100);
    }
    assert.notEqual(decodeProtectedHeader(await keys.sign({})).kid, next.id);
    now += 60_000;
    assert.equal(decodeProtectedHeader(await keys.sign({})).kid, next.id);
  });

  it('come one after the other: of commands at the same time, one adds its key', async () => {
    await load();
    const keys = await Promise.all(Array.from({ length: 6 }, newKey));
    const waiting = await Promise.all(keys.map((key) => addSigningKey(open.database, key, { now, activatedAt: now + 60_000 })));
    assert.equal(waiting.filter((other) => other === undefined).length, 1);
    assert.equal((await published()).length, 2);
  });

  it('that are in wrong hands count for nothing from then on', async () => {
    const old = await (await load()).sign({ sub: 'user_1' });
    await addSigningKey(open.database, await newKey(), { now, activatedAt: now + 60_000 });
    const next = await newKey();
    await replaceSigningKeys(open.database, next, now);
    assert.deepEqual([await published(), await signed()], [[next.id], next.id]);
    assert.equal(await (await load()).verify(old), undefined);
  });
});

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
