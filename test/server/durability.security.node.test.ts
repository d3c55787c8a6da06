import assert from 'node:assert/strict';
import { access, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createConnection } from '../../demo/server/store/database.ts';
import { checkConfirmed, nothingConfirmed, writeUntilGone } from '../faults/support/confirmed-writes.ts';
import { checkNoHalfRecords } from '../faults/support/half-records.ts';
import { interruptStart } from '../faults/support/interrupted-start.ts';
import { ownAddress } from '../faults/support/recovery.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { eventually } from '../support/eventually.ts';
import { runServer, startServer } from '../support/server-process.ts';
import type { ServerProcess } from '../support/server-process.ts';

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

let server: ServerProcess;
before(async () => void (server = await startServer({ LOG_LEVEL: 'error' })));
after(() => server.stop());

describe('D1: kill -9 of the server', () => {
  it('loses nothing that was answered, leaves no half user, and needs no help to start again', async () => {
    const confirmed = nothingConfirmed();
    for (let round = 0; round < 3; round++) {
      const before = confirmed.users.size;
      const writers = Array.from({ length: 4 }, (_item, index) =>
        writeUntilGone({ server, name: `round${round}-writer${index}`, confirmed }),
      );
      // In the middle of it, at another point in each round.
      await eventually('users', () => confirmed.users.size >= before + 5 + 3 * round);
      await server.kill();
      await Promise.all(writers);
      await server.start();
      await checkConfirmed(createBackendClient(server), confirmed);
      await checkNoHalfRecords(ownAddress(server.folder));
    }
    // Four writers have five users only if one of them has deleted its first.
    assert.ok(confirmed.users.size >= 15 && confirmed.deleted.size >= 3);
  });

  it('between a user and its address leaves neither', async () => {
    const call = createBackendClient(server);
    const users = async () => (await call('GET', '/users/count')).body.total_count as number;
    const former = await users();
    const connection = createConnection(ownAddress(server.folder));
    connection.on('error', () => undefined);
    await connection.connect();
    await connection.query('begin; lock table email_addresses in share mode');
    const body = { email_address: ['half@example.com'], skip_password_requirement: true };
    const lost = call('POST', '/users', { body }).then(
      ({ status }) => status,
      () => 'lost',
    );
    await eventually('an address that waits', async () => {
      const { rows } = await connection.query("select 1 from pg_stat_activity where wait_event_type = 'Lock'");
      return rows.length > 0;
    });
    await server.kill();
    assert.equal(await lost, 'lost');
    await connection.end().catch(() => undefined);
    await server.start();
    await checkNoHalfRecords(ownAddress(server.folder));
    assert.equal(await users(), former);
  });
});

describe('D2: a data folder', () => {
  it('has one server: a second one names the first, and that goes on', async () => {
    const start = performance.now();
    const { code, stdout, stderr } = await runServer({ DATA_DIR: server.folder });
    const duration = performance.now() - start;
    assert.deepEqual([code, stdout], [1, '']);
    assert.equal(
      stderr,
      `The data folder ${server.folder} is in use by process ${server.pid()}. Stop that one first, or set DATA_DIR to another folder.\n`,
    );
    // Two seconds where nothing else runs; what waits for the lock instead would take half a minute.
    assert.ok(duration < 20_000, `${duration} ms`);
    assert.equal((await fetch(`${server.url}/v1/health`)).status, 200);
  });

  it('needs no help after a power cut in the middle of its first start', async () => {
    const base = await mkdtemp(join(tmpdir(), 'clerk-lit-first-'));
    const folder = join(base, 'data');
    const hasBegun = async () => (await readdir(folder, { recursive: true }).catch(() => [])).some((name) => name.endsWith('PG_VERSION'));
    try {
      const wasReady = await interruptStart({
        environment: { DATA_DIR: folder },
        moment: eventually('the beginning of a database', hasBegun),
        withChildren: true,
      });
      assert.equal(wasReady, false);
      const second = await startServer({ DATA_DIR: folder });
      try {
        assert.equal((await createBackendClient(second)('GET', '/users/count')).body.total_count, 1);
      } finally {
        await second.stop();
      }
      assert.deepEqual(
        (await readdir(folder)).filter((name) => name.startsWith('postgres.new-')),
        [],
      );
    } finally {
      await rm(base, { recursive: true, force: true });
    }
  });
});

describe('D3: kill -9 of PostgreSQL alone', () => {
  it('is 503 while it is away, and then all is well without a restart', async () => {
    const call = createBackendClient(server);
    const { id } = (await call('GET', '/users')).body[0] as { id: string };
    const path = `/users/${id}`;
    const untilStatus = async (status: number) => {
      let answer = await call('GET', path);
      await eventually(`status ${status}`, async () => {
        // Meanwhile it may be one of these, and nothing else.
        assert.ok([200, 503].includes(answer.status), String(answer.status));
        if (answer.status !== status) answer = await call('GET', path);
        return answer.status === status;
      });
      return answer;
    };
    const control = `${server.folder}/postgres/global/pg_control`;
    for (let round = 0; round < 2; round++) {
      assert.equal((await call('PATCH', `${path}/metadata`, { body: { private_metadata: { round } } })).status, 200);
      const postgres = await server.postgresPid();
      // Without this file it does not come back before somebody could see that it was away.
      await rename(control, `${control}.away`);
      process.kill(postgres, 'SIGKILL');
      const { headers, body } = await untilStatus(503);
      assert.equal(body.errors[0].code, 'service_unavailable');
      assert.equal(headers.get('retry-after'), '1');
      assert.doesNotMatch(JSON.stringify(body), /PGSQL|ENOENT|ECONN|postgres/i, 'no detail');
      await rename(`${control}.away`, control);
      assert.equal((await untilStatus(200)).body.private_metadata.round, round);
      assert.notEqual(await server.postgresPid(), postgres);
    }
    assert.match(server.output(), /PostgreSQL ended unexpectedly \(SIGKILL\); starting it again/);
    assert.equal((await fetch(`${server.url}/v1/health`)).status, 200);
  });
});

describe('D2: a temporary folder', () => {
  const folders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('clerk-lit-database-'));

  for (const [name, end] of [
    ['kill -9 of its server', (server: ServerProcess) => server.kill()],
    ['an orderly stop', async (server: ServerProcess) => void (await server.stop())],
  ] as const) {
    it(`is gone after ${name}, and PostgreSQL with it`, async () => {
      const before = new Set(await folders());
      const server = await startServer({ DATA_DIR: 'temporary' });
      let own: Awaited<ReturnType<typeof findFolderOf>> | undefined;
      try {
        const { folder, postgres } = (own = await findFolderOf(
          server,
          (await folders()).filter((folder) => !before.has(folder)),
        ));
        await end(server);
        await eventually('the end of PostgreSQL', () => !isAlive(postgres));
        await eventually('the end of the folder', async () => !(await folders()).includes(folder));
      } finally {
        await server.stop();
        if (own && isAlive(own.postgres)) process.kill(own.postgres, 'SIGINT');
      }
    });
  }

  /** Other tests may have temporary folders at the same time: ours is the one whose database belongs to our server. */
  async function findFolderOf(server: ServerProcess, candidates: string[]): Promise<{ folder: string; postgres: number }> {
    for (const folder of candidates) {
      const path = `${tmpdir()}/${folder}`;
      const holder = await readFile(`${path}/api.pid`, 'utf8').catch(() => '');
      if (Number.parseInt(holder, 10) !== server.pid()) continue;
      await access(`${path}/postgres/PG_VERSION`);
      return { folder, postgres: Number.parseInt(await readFile(`${path}/postgres/postmaster.pid`, 'utf8'), 10) };
    }
    throw new Error('The server has no temporary folder.');
  }
});
