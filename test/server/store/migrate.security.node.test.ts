import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createLog } from '../../../demo/server/log.ts';
import { StartError } from '../../../demo/server/start-error.ts';
import { createConnection, openDatabase } from '../../../demo/server/store/database.ts';
import type { DatabaseAddress } from '../../../demo/server/store/database.ts';
import { migrate, readMigrations } from '../../../demo/server/store/migrate.ts';
import type { Migration } from '../../../demo/server/store/migrate.ts';
import { startOwnPostgres } from '../../../demo/server/store/own-postgres.ts';
import { findBackendUser, findUserByIdentifier } from '../../../demo/server/store/users.ts';
import type { OwnPostgres } from '../../../demo/server/store/own-postgres.ts';
import { firstRelease } from '../../support/first-release.ts';

describe('D8: migrate()', () => {
  let postgres: OwnPostgres;
  let address: DatabaseAddress;
  let folder: string;
  let databases = 0;

  before(async () => {
    postgres = await startOwnPostgres({ folder: 'temporary', log: createLog('silent'), parameters: { fsync: 'off' } });
    folder = await mkdtemp(join(tmpdir(), 'clerk-lit-migrations-'));
  });
  after(async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    const name = `migrate_${databases++}`;
    await query(postgres.address, `create database ${name}`);
    address = { ...postgres.address, connection: { ...postgres.address.connection, database: name } };
  });

  async function query(where: DatabaseAddress, sql: string): Promise<unknown[]> {
    const connection = createConnection(where);
    await connection.connect();
    try {
      return (await connection.query(sql)).rows as unknown[];
    } finally {
      await connection.end();
    }
  }
  const applied = async () =>
    (await query(address, 'select name from schema_migrations order by number')).map((row) => (row as { name: string }).name);

  async function run(migrations: readonly Migration[], keepCopy?: (schema: number) => Promise<void>): Promise<void> {
    const connection = createConnection(address);
    await connection.connect();
    try {
      await migrate(connection, migrations, keepCopy);
    } finally {
      await connection.end();
    }
  }

  async function files(contents: Record<string, string>): Promise<Migration[]> {
    const own = await mkdtemp(join(folder, 'set-'));
    for (const [name, sql] of Object.entries(contents)) await writeFile(join(own, name), sql);
    return readMigrations(own);
  }

  it('brings an empty database up to date, once', async () => {
    const migrations = await readMigrations();
    await run(migrations);
    await run(migrations);
    assert.deepEqual(
      await applied(),
      migrations.map(({ name }) => name),
    );
  });

  it('keeps what the first release has stored, and makes it ready for this one', async () => {
    const migrations = await readMigrations();
    await run(migrations.slice(0, 2));
    await query(address, firstRelease);
    await run(migrations);

    const { database, close } = openDatabase(address);
    try {
      const user = await findBackendUser(database, 'user_ann');
      assert.ok(user);
      const expected: object[] = [
        { role: 'admin', toString: 'own' },
        { stripeId: '12356' },
        { list: [1, null, '𝄞'], constructor: { deep: {} } },
      ];
      assert.deepEqual([user.public_metadata, user.private_metadata, user.unsafe_metadata] as object[], expected);
      assert.deepEqual(
        user.email_addresses.map(({ id, email_address, verified_by }) => [id, email_address, verified_by]),
        [['idn_ann', 'Ann@example.com', 'email_code']],
      );
      assert.deepEqual([user.phone_numbers, user.totp_enabled, user.backup_code_enabled], [[], false, false]);
      assert.equal((await findUserByIdentifier(database, { emailAddress: 'ann@example.com' }))?.id, 'user_ann');
      const [session] = await database.selectFrom('sessions').selectAll().execute();
      assert.deepEqual([session?.id, session?.status, session?.tasks, session?.actor], ['sess_ann', 'active', [], null]);
      const [signUp] = await database.selectFrom('sign_ups').selectAll().execute();
      assert.deepEqual([signUp?.unsafe_metadata, signUp?.phone_number, signUp?.invitation_id], [{ birthday: '11-30-1969' }, null, null]);
    } finally {
      await close();
    }
  });

  it('runs them by number and only the missing ones', async () => {
    const first = { '0001_first.sql': 'create table first (id integer)' };
    await run(await files(first));
    await run(
      await files({
        ...first,
        '0010_third.sql': 'insert into second values (1)',
        '0002_second.sql': 'create table second (id integer)',
        'notes.txt': 'no sql',
      }),
    );
    assert.deepEqual(await applied(), ['0001_first.sql', '0002_second.sql', '0010_third.sql']);
  });

  it('leaves no half of one that fails', async () => {
    const broken = await files({ '0001_broken.sql': 'create table half (id integer); select nonsense' });
    await assert.rejects(run(broken));
    assert.deepEqual(await applied(), []);
    assert.deepEqual(await query(address, "select 1 from pg_tables where tablename = 'half'"), []);
    // What was done has no use without the note that it was.
    const unnoted = 'create table half (id integer); alter table schema_migrations add check (number <> 1)';
    await assert.rejects(run(await files({ '0001_unnoted.sql': unnoted })));
    assert.deepEqual(await query(address, "select 1 from pg_tables where tablename = 'half'"), []);
    await run(await files({ '0001_mended.sql': 'create table half (id integer)' }));
  });

  it('refuses a database that is newer than the code', async () => {
    await run(await files({ '0001_a.sql': 'select 1', '0002_b.sql': 'select 2' }));
    await assert.rejects(
      run(await files({ '0001_a.sql': 'select 1' })),
      (error: unknown) => error instanceof StartError && /0002_b\.sql, which this version does not know/.test(error.message),
    );
  });

  it('refuses a file that was changed after it had run', async () => {
    await run(await files({ '0001_a.sql': 'select 1' }));
    await assert.rejects(
      run(await files({ '0001_a.sql': 'select 2' })),
      (error: unknown) => error instanceof StartError && /made by another 0001_a\.sql/.test(error.message),
    );
  });

  it('keeps a copy before it changes what is there, and only then', async () => {
    const kept: number[] = [];
    const keepCopy = (schema: number) => Promise.resolve(void kept.push(schema));
    const first = { '0001_a.sql': 'select 1', '0002_b.sql': 'select 2' };
    await run(await files(first), keepCopy);
    await run(await files(first), keepCopy);
    assert.deepEqual(kept, []);
    await run(await files({ ...first, '0003_c.sql': 'select 3', '0004_d.sql': 'select 4' }), keepCopy);
    assert.deepEqual(kept, [2]);
  });

  it('runs each once when five processes start together', async () => {
    const migrations = await files({
      '0001_slow.sql': 'create table slow (id integer); insert into slow values (1); select pg_sleep(0.2)',
    });
    await Promise.all(Array.from({ length: 5 }, () => run(migrations)));
    assert.equal((await query(address, 'select * from slow')).length, 1);
  });
});
