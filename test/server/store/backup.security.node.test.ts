import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createLog } from '../../../demo/server/log.ts';
import { StartError } from '../../../demo/server/start-error.ts';
import { backUp } from '../../../demo/server/store/backup.ts';
import { createConnection } from '../../../demo/server/store/database.ts';
import { migrate, readMigrations } from '../../../demo/server/store/migrate.ts';
import { startOwnPostgres } from '../../../demo/server/store/own-postgres.ts';
import { restore } from '../../../demo/server/store/restore.ts';
import { checkConfirmed, nothingConfirmed, writeUntilGone } from '../../faults/support/confirmed-writes.ts';
import { checkNoHalfRecords } from '../../faults/support/half-records.ts';
import { ownAddress } from '../../faults/support/recovery.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { eventually } from '../../support/eventually.ts';
import { firstRelease } from '../../support/first-release.ts';
import { startServer } from '../../support/server-process.ts';
import type { ServerProcess } from '../../support/server-process.ts';

const log = createLog('silent');
const refused = (message: RegExp) => (error: unknown) => error instanceof StartError && message.test(error.message);

/** `npm run backup` or `npm run restore`, as a person runs them. */
async function run(command: 'backup' | 'restore', argument: string, environment: Record<string, string>) {
  const file = fileURLToPath(new URL(`../../../demo/server/${command}-command.ts`, import.meta.url));
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', file, ...(argument ? [argument] : [])],
      { env: { ...process.env, ...environment } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

let base: string;
let server: ServerProcess;
before(async () => {
  base = await mkdtemp(join(tmpdir(), 'clerk-lit-backups-'));
  server = await startServer({ LOG_LEVEL: 'error' });
});
after(async () => {
  await server.stop();
  await rm(base, { recursive: true, force: true });
});

describe('D8: npm run backup and npm run restore', () => {
  it('keep all that was answered before, while writers go on, and the server is as it was', async () => {
    const early = nothingConfirmed();
    const late = nothingConfirmed();
    const end = new AbortController();
    const first = writeUntilGone({ server, name: 'early', confirmed: early, signal: end.signal });
    await eventually('users', () => early.users.size >= 8);
    end.abort();
    await first;
    const later = new AbortController();
    const second = writeUntilGone({ server, name: 'late', confirmed: late, signal: later.signal });
    const backup = join(base, 'backup');
    const { code, stdout } = await run('backup', backup, { DATA_DIR: server.folder });
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^The backup of \S+ is in \S+backup\. /);
    later.abort();
    await second;
    assert.equal((await stat(backup)).mode & 0o077, 0, 'only its owner may enter');

    const folder = join(base, 'restored');
    const restored = await run('restore', backup, { DATA_DIR: folder });
    assert.equal(restored.stderr, '');
    assert.match(restored.stdout, /^Restored to \S+: \d+ users\. Start the server\.\n$/);
    const copy = await startServer({ DATA_DIR: folder });
    try {
      // Browsers are known to both by the same credential.
      const signedUp = new Map([...early.signedUp].map(([id, { sessionId }]) => [id, sessionId]));
      await checkConfirmed(createBackendClient(copy), { ...early, signedUp: new Map() });
      for (const [id, sessionId] of signedUp) {
        const { body } = await createBackendClient(copy)('GET', `/sessions/${sessionId}`);
        assert.deepEqual([body.status, body.user_id], ['active', id]);
      }
      assert.equal(copy.secretKey, server.secretKey);
      await checkNoHalfRecords(ownAddress(folder));
    } finally {
      await copy.stop();
    }
    await checkConfirmed(createBackendClient(server), early);
    await checkConfirmed(createBackendClient(server), late);
  });

  it('restore over a database that nobody uses, and keep that one beside it', async () => {
    const folder = join(base, 'replaced');
    await (await startOwnPostgres({ folder, log })).stop();
    const { former = '', users } = await restore({ backup: join(base, 'backup'), folder, log });
    assert.ok(users >= 8);
    assert.ok((await lstat(join(former, 'PG_VERSION'))).isFile());
    assert.deepEqual((await readdir(folder)).length, 2, 'and nothing else');
  });

  it('refuse to restore where a server runs, naming it, and change nothing', async () => {
    await assert.rejects(
      restore({ backup: join(base, 'backup'), folder: server.folder, log }),
      refused(new RegExp(`is in use by process ${server.pid()}\\. Stop that one first, then restore\\.$`)),
    );
    assert.deepEqual((await readdir(server.folder)).sort(), ['api.pid', 'postgres']);
    assert.equal((await fetch(`${server.url}/v1/health`)).status, 200);
  });

  it('refuse what is no backup, a newer one, a folder that is there, and a database of the user’s own', async () => {
    const empty = join(base, 'empty');
    await mkdir(empty);
    const folder = join(base, 'never');
    await assert.rejects(restore({ backup: empty, folder, log }), refused(/^\S+empty is no backup that this version knows/));
    await writeFile(join(empty, 'backup.json'), JSON.stringify({ format: 1, madeAt: '2026-01-01', schema: 9_999 }));
    await assert.rejects(restore({ backup: empty, folder, log }), refused(/^The backup is newer \(migration 9999\)/));
    await assert.rejects(backUp(ownAddress(server.folder), join(server.folder, 'postgres'), empty), refused(/ is there already\. /));
    const { code, stderr } = await run('backup', join(base, 'other'), { DATABASE_URL: 'postgres://user:hunter2@db.example.com/clerk' });
    assert.deepEqual([code, stderr], [1, 'DATABASE_URL names a database of yours: use pg_dump (docs/operations.md).\n']);
  });

  it('leave no empty database behind where a restore was cut off', async () => {
    const folder = join(base, 'cut');
    await mkdir(folder);
    await writeFile(join(folder, 'restoring'), 'postgres.before-restore-1');
    await assert.rejects(startOwnPostgres({ folder, log }), refused(/^A restore of \S+cut was cut off\. Run it again/));
    await restore({ backup: join(base, 'backup'), folder, log });
    await (await startOwnPostgres({ folder, log })).stop();
  });
});

describe('D8: before a migration', () => {
  it('the database is copied as it is, the last three copies stay, and one can be restored', async () => {
    const folder = join(base, 'migrated');
    const postgres = await startOwnPostgres({ folder, log });
    try {
      const connection = createConnection(postgres.address);
      await connection.connect();
      await migrate(connection, (await readMigrations()).slice(0, 2));
      await connection.query(firstRelease);
      await connection.end();
    } finally {
      await postgres.stop();
    }
    const backups = join(folder, 'backups');
    for (const copy of ['0001-20250101', '0001-20250102', '0002-20250103']) {
      await mkdir(join(backups, `before-migration-of-${copy}`), { recursive: true });
    }

    const migrated = await startServer({ DATA_DIR: folder, LOG_LEVEL: 'info' });
    const said = migrated.output();
    await migrated.stop();
    assert.match(said, /The database as it was before its migration is in /);
    const copies = (await readdir(backups)).sort();
    const [, older, copy = ''] = copies;
    assert.deepEqual([copies.length, copies[0], older], [3, 'before-migration-of-0001-20250102', 'before-migration-of-0002-20250103']);
    const { schema } = JSON.parse(await readFile(join(backups, copy, 'backup.json'), 'utf8')) as { schema: number };
    assert.equal(schema, 2);

    // Restored, it is of the first release, and is brought up to date once more.
    await restore({ backup: join(backups, copy), folder, log });
    const again = await startServer({ DATA_DIR: folder });
    try {
      assert.deepEqual((await createBackendClient(again)('GET', '/users/user_ann')).body.private_metadata, { stripeId: '12356' });
    } finally {
      await again.stop();
    }
  });
});
