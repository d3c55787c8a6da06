import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createLog } from '../../../demo/server/log.ts';
import { StartError } from '../../../demo/server/start-error.ts';
import { createConnection } from '../../../demo/server/store/database.ts';
import { startOwnPostgres } from '../../../demo/server/store/own-postgres.ts';
import type { OwnPostgres } from '../../../demo/server/store/own-postgres.ts';
import { eventually } from '../../support/eventually.ts';

const lines: string[] = [];
const log = createLog('debug', (line) => void lines.push(line));
const waits = () => lines.filter((line) => line.includes('waiting for it'));
const parameters = { fsync: 'off' };

async function ask(postgres: OwnPostgres, sql: string): Promise<Record<string, unknown>[]> {
  const connection = createConnection(postgres.address);
  await connection.connect();
  try {
    return (await connection.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await connection.end();
  }
}

/** A process id that is nobody's. */
async function deadPid(): Promise<number> {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('D2: startOwnPostgres()', () => {
  let folder: string;
  let open: OwnPostgres[];
  const start = async (path = folder) => {
    const postgres = await startOwnPostgres({ folder: path, log, parameters });
    open.push(postgres);
    return postgres;
  };
  // One folder for all, as a person has it, but for those that are about the first start.
  before(async () => void (folder = join(await mkdtemp(join(tmpdir(), 'clerk-lit-test-')), 'data')));
  beforeEach(() => {
    open = [];
    lines.length = 0;
  });
  afterEach(() => Promise.all(open.map((postgres) => postgres.stop())));
  after(() => rm(join(folder, '..'), { recursive: true, force: true }));

  it('D1: is durable, UTF-8, and on no port', async () => {
    const postgres = await startOwnPostgres({ folder, log });
    open.push(postgres);
    const values = await ask(
      postgres,
      `select current_setting('fsync') fsync, current_setting('synchronous_commit') commit, current_setting('server_encoding') encoding,
       current_setting('listen_addresses') addresses, current_setting('full_page_writes') pages`,
    );
    assert.deepEqual(values, [{ fsync: 'on', commit: 'on', encoding: 'UTF8', addresses: '', pages: 'on' }]);
    assert.deepEqual(await ask(postgres, `select '{"a":"\\u20ac"}'::jsonb ->> 'a' as euro`), [{ euro: '€' }]);
  });

  it('keeps what was stored, in a folder that only its owner may enter', async () => {
    const first = await start();
    await ask(first, 'create table if not exists kept (id integer)');
    await first.stop();
    assert.equal((await stat(folder)).mode & 0o077, 0);
    assert.equal((await stat(join(folder, 'postgres'))).mode & 0o077, 0);
    assert.deepEqual(await ask(await start(), 'select * from kept'), []);
  });

  it('recovers from an interrupted first start', async () => {
    const fresh = join(folder, 'fresh');
    await mkdir(join(fresh, `postgres.new-${await deadPid()}`, 'base'), { recursive: true });
    await writeFile(join(fresh, `postgres.new-${await deadPid()}x`), 'somebody else’s');
    await ask(await start(fresh), 'select 1');
    assert.deepEqual(
      (await readdir(fresh)).filter((name) => /^postgres\.new-\d+$/.test(name)),
      [],
    );
  });

  it('starts over a lock whose process is gone', async () => {
    await (await start()).stop();
    const lock = join(folder, 'postgres', 'postmaster.pid');
    await writeFile(lock, `${await deadPid()}\n${join(folder, 'postgres')}\n1\n5432\n\n\n`);
    await chown(lock, ...(await ownerOf(join(folder, 'postgres'))));
    await ask(await start(), 'select 1');
  });

  it('starts over a lock whose number belongs to a stranger by now, as after a power cut', async () => {
    await (await start()).stop();
    const [uid, gid] = await ownerOf(join(folder, 'postgres'));
    // Of the same user: PostgreSQL itself knows that another user's process is none of its own.
    const stranger = spawn('sleep', ['60'], { cwd: '/', uid, gid });
    try {
      const lock = join(folder, 'postgres', 'postmaster.pid');
      await writeFile(lock, `${stranger.pid}\n${join(folder, 'postgres')}\n1\n5432\n\n\n`);
      await chown(lock, uid, gid);
      await ask(await start(), 'select 1');
      assert.equal(stranger.exitCode, null, 'which is left alone');
    } finally {
      stranger.kill();
    }
  });

  const ownerOf = async (path: string): Promise<[number, number]> => {
    const { uid, gid } = await stat(path);
    return [uid, gid];
  };

  it('waits for the former server of a process that was killed', async () => {
    const first = await start();
    await ask(first, 'create table if not exists kept (id integer)');
    // The same process stands for the one that was killed: what counts is the note of the holder.
    await writeFile(join(folder, 'api.pid'), `${await deadPid()}\n`);
    const second = start();
    while (!waits().length) await Promise.race([second.then(() => assert.fail('It did not wait.')), delay(10)]);
    await first.stop();
    assert.deepEqual(await ask(await second, 'select * from kept'), []);
  });

  it('refuses a folder that a living process uses, at once, and does it no harm', async () => {
    const first = await start();
    // The same process stands for another one.
    const holder = spawn('sleep', ['60']);
    await writeFile(join(folder, 'api.pid'), `${holder.pid}\n`);
    try {
      await assert.rejects(
        start(),
        (error: unknown) => error instanceof StartError && error.message.includes(`in use by process ${holder.pid}.`),
      );
      assert.deepEqual(waits(), []);
      assert.deepEqual(await ask(first, 'select 1 as one'), [{ one: 1 }]);
    } finally {
      holder.kill();
    }
  });

  it('works below a path that is too long for a socket, and below one with blanks and quotes', async () => {
    const long = join(folder, 'x'.repeat(60), 'y'.repeat(60));
    assert.deepEqual(await ask(await start(long), 'select 1 as one'), [{ one: 1 }]);
    const odd = join(folder, 'a \'b\' "c" $d');
    assert.deepEqual(await ask(await start(odd), 'select 1 as one'), [{ one: 1 }]);
  });

  it('works below a folder that is closed to the database’s user, as with a clone in /root', async () => {
    // mkdtemp makes such folders.
    assert.equal((await stat(join(folder, '..'))).mode & 0o077, 0);
    assert.deepEqual(await ask(await start(), 'select 1 as one'), [{ one: 1 }]);
    assert.equal((await stat(join(folder, '..'))).mode & 0o077, 0, 'and loosens nobody’s permissions');
  });

  it('never runs as root', async () => {
    const postgres = await start();
    const uid = execFileSync('ps', ['-o', 'uid=', '-p', String(postgres.pid)])
      .toString()
      .trim();
    assert.notEqual(uid, '0');
  });

  it('D3: is started again when it dies, under another process id', async () => {
    const postgres = await start();
    await ask(postgres, 'create table if not exists kept (id integer)');
    const { pid = 0 } = postgres;
    process.kill(pid, 'SIGKILL');
    await eventually('a new server', async () => Boolean(await ask(postgres, 'select * from kept').catch(() => undefined)));
    assert.notEqual(postgres.pid, pid);
    assert.equal(Number.parseInt(await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8'), 10), postgres.pid);
  });
});
