import assert from 'node:assert/strict';
import { access, readFile, readdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createBackendClient } from '../support/backend-client.ts';
import type { BackendCall } from '../support/backend-client.ts';
import { checkConfirmed, nothingConfirmed, writeUntilGone } from '../faults/support/confirmed-writes.ts';
import { checkNoHalfRecords } from '../faults/support/half-records.ts';
import { ownAddress } from '../faults/support/recovery.ts';
import { startServer } from '../support/server-process.ts';
import type { ServerProcess } from '../support/server-process.ts';

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Asks again until it holds; a test that waits for ever is ended by its time limit. */
async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(20);
}

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
      await eventually(() => confirmed.users.size >= before + 5 + 3 * round);
      await server.kill();
      await Promise.all(writers);
      await server.start();
      await checkConfirmed(createBackendClient(server), confirmed);
      await checkNoHalfRecords(ownAddress(server.folder));
    }
    // Four writers have five users only if one of them has deleted its first.
    assert.ok(confirmed.users.size >= 15 && confirmed.deleted.size >= 3);
  });
});

describe('D3: kill -9 of PostgreSQL alone', () => {
  /** Asks until the answer has this status; meanwhile it may be 200 or 503, and nothing else. */
  async function untilStatus(call: BackendCall, path: string, status: number) {
    for (;;) {
      const answer = await call('GET', path);
      assert.ok([200, 503].includes(answer.status), String(answer.status));
      if (answer.status === status) return answer;
      await delay(10);
    }
  }

  it('is 503 while it is away, and then all is well without a restart', async () => {
    const call = createBackendClient(server);
    const { id } = (await call('GET', '/users')).body[0] as { id: string };
    const path = `/users/${id}`;
    const control = `${server.folder}/postgres/global/pg_control`;
    for (let round = 0; round < 2; round++) {
      assert.equal((await call('PATCH', `${path}/metadata`, { body: { private_metadata: { round } } })).status, 200);
      const postgres = await server.postgresPid();
      // Without this file it does not come back before somebody could see that it was away.
      await rename(control, `${control}.away`);
      process.kill(postgres, 'SIGKILL');
      const { headers, body } = await untilStatus(call, path, 503);
      assert.equal(body.errors[0].code, 'service_unavailable');
      assert.equal(headers.get('retry-after'), '1');
      assert.doesNotMatch(JSON.stringify(body), /PGSQL|ENOENT|ECONN|postgres/i, 'no detail');
      await rename(`${control}.away`, control);
      assert.equal((await untilStatus(call, path, 200)).body.private_metadata.round, round);
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
      const own = await findFolderOf(
        server,
        (await folders()).filter((folder) => !before.has(folder)),
      );
      await end(server);
      await eventually(async () => !(await folders()).includes(own.folder));
      await eventually(() => !isAlive(own.postgres));
      await server.stop();
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
