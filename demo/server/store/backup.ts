/** Backups of the API's own database: consistent copies of its folder, made while it runs, by PostgreSQL's own means. */
import { lstat, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StartError } from '../start-error.ts';
import { copyCluster, copyLog, sync } from './copy-cluster.ts';
import { createConnection } from './database.ts';
import type { DatabaseAddress } from './database.ts';

/** What a backup says of itself: `backup.json` in its folder. */
export interface BackupNote {
  /** Of the folder: this file, and the cluster in `postgres`. */
  format: 1;
  /** ISO 8601. */
  madeAt: string;
  /** Number of the newest migration. */
  schema: number;
}

const noteName = 'backup.json';
export const clusterOf = (backup: string) => join(backup, 'postgres');

/**
 * Copies a running database; it goes on meanwhile. All that was answered before this is in the copy.
 * @param cluster the folder that PostgreSQL works on
 * @param target a folder that is not there yet; it is there only when all of it is
 */
export async function backUp(address: DatabaseAddress, cluster: string, target: string): Promise<BackupNote> {
  const path = resolve(target);
  if (await lstat(path).catch(() => undefined)) throw new StartError(`${target} is there already. A backup is a folder of its own.`);
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.unfinished-${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  try {
    await mkdir(unfinished, { mode: 0o700 });
    const schema = await copyRunning(address, cluster, clusterOf(unfinished));
    const note: BackupNote = { format: 1, madeAt: new Date().toISOString(), schema };
    await write(join(unfinished, noteName), `${JSON.stringify(note, null, 2)}\n`);
    await sync(unfinished);
    await rename(unfinished, path);
    await sync(dirname(path));
    return note;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/**
 * PostgreSQL's "low level" backup: what its log says between start and stop makes one moment of files that were copied one by one.
 * @returns number of the newest migration
 */
async function copyRunning(address: DatabaseAddress, cluster: string, target: string): Promise<number> {
  const connection = createConnection(address);
  connection.on('error', () => undefined);
  await connection.connect();
  const ask = async <Row extends object>(question: string, values: unknown[] = []): Promise<Row> => {
    const [row] = (await connection.query<Row>(question, values)).rows;
    if (!row) throw new Error(`No answer to ${question}`);
    return row;
  };
  try {
    const { schema } = await ask<{ schema: number }>('select coalesce(max(number), 0) as schema from schema_migrations');
    // Keeps the log from being thrown away meanwhile; gone with the connection.
    await ask('select pg_create_physical_replication_slot($1, true, true)', [`clerk_lit_backup_${process.pid}`]);
    await ask("select pg_backup_start('clerk-lit', true)");
    await copyCluster(cluster, target, { withoutLog: true });
    const { label, last } = await ask<{ label: string; last: string }>(
      'select labelfile as label, pg_walfile_name(lsn) as last from pg_backup_stop(false)',
    );
    const [, first = ''] = /^START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)$/m.exec(label) ?? [];
    if (!first) throw new Error('PostgreSQL does not say where its log begins.');
    await copyLog(cluster, target, { first, last });
    await write(join(target, 'backup_label'), label);
    await sync(target);
    return schema;
  } finally {
    await connection.end();
  }
}

async function write(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600, flag: 'wx' });
  await sync(path);
}

/** @throws StartError if the folder is no backup, or one of another format. */
export async function readBackup(folder: string): Promise<BackupNote> {
  let note: Partial<BackupNote> = {};
  try {
    note = JSON.parse(await readFile(join(folder, noteName), 'utf8')) as Partial<BackupNote>;
  } catch {
    // Said below.
  }
  if (note.format !== 1 || typeof note.schema !== 'number' || typeof note.madeAt !== 'string') {
    throw new StartError(`${folder} is no backup that this version knows. Give the folder that "npm run backup" has made.`);
  }
  return note as BackupNote;
}

/** Copies that are kept of the time before migrations. */
const keptCopies = 3;

/**
 * Copies the database before migrations change it, to `backups` in the data folder, and lets go of the oldest copies.
 * @returns where the copy is
 */
export async function copyBeforeMigration(address: DatabaseAddress, folder: string, schema: number): Promise<string> {
  const backups = join(folder, 'backups');
  const name = (time: string) => `before-migration-of-${String(schema).padStart(4, '0')}-${time}`;
  const path = join(backups, name(new Date().toISOString().replaceAll(/[-:.]/g, '')));
  await backUp(address, join(folder, 'postgres'), path);
  const timeOf = (copy: string) => copy.slice(copy.lastIndexOf('-'));
  const copies = (await readdir(backups)).filter((copy) => /^before-migration-of-\d{4}-\w+$/.test(copy));
  for (const copy of copies.sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1)).slice(keptCopies)) {
    await rm(join(backups, copy), { recursive: true, force: true });
  }
  return path;
}
