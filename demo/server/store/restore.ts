/** Puts a backup in the place of the API's own database. */
import { lstat, mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Log } from '../log.ts';
import { StartError } from '../start-error.ts';
import { clusterOf, readBackup } from './backup.ts';
import { copyCluster, sync } from './copy-cluster.ts';
import { createConnection } from './database.ts';
import { readMigrations } from './migrate.ts';
import { startOwnPostgres } from './own-postgres.ts';
import { giveTo, makePrivateFolder, ownerOf, readLock, restoringMark } from './postgres-folder.ts';

export interface Restored {
  users: number;
  /** Where the former database is, if there was one. */
  former: string | undefined;
}

/** No process has it. */
const impossiblePid = 0x7fff_ffff;

/**
 * Tries the backup beside the present database first, then changes them over. The former one stays, under another name.
 * @param folder the data folder, made if it is missing
 * @throws StartError if a server holds the folder, or the backup is none, too new, or does not work
 */
export async function restore({ backup, folder, log }: { backup: string; folder: string; log: Log }): Promise<Restored> {
  const { schema } = await readBackup(backup);
  const known = (await readMigrations()).at(-1)?.number ?? 0;
  if (schema > known)
    throw new StartError(
      `The backup is newer (migration ${schema}) than this version (${known}). Use the version that made it, or a later one.`,
    );
  const path = resolve(folder);
  await makePrivateFolder(path);
  const cluster = join(path, 'postgres');
  await requireFree(path, cluster);
  const owner = await ownerOf(cluster);

  const trial = join(path, `restore-${process.pid}`);
  await rm(trial, { recursive: true, force: true });
  try {
    await mkdir(trial, { mode: 0o700 });
    await giveTo(owner, trial);
    await copyCluster(clusterOf(resolve(backup)), join(trial, 'postgres'), { owner });
    const users = await countUsers(trial, log);
    await requireFree(path, cluster);
    return { users, former: await changeOver(path, cluster, join(trial, 'postgres')) };
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
}

/** Starts the copy, which makes one moment of it, and stops it. */
async function countUsers(trial: string, log: Log): Promise<number> {
  const postgres = await startOwnPostgres({ folder: trial, log });
  const connection = createConnection(postgres.address);
  connection.on('error', () => undefined);
  try {
    await connection.connect();
    const { rows } = await connection.query<{ count: number }>('select count(*)::integer as count from users');
    return rows[0]?.count ?? 0;
  } finally {
    await connection.end().catch(() => undefined);
    await postgres.stop();
  }
}

async function requireFree(folder: string, cluster: string): Promise<void> {
  if (!(await lstat(cluster).catch(() => undefined))) return;
  const lock = await readLock(folder, await realpath(cluster), impossiblePid);
  if (lock.state === 'free') return;
  throw new StartError(`The data folder ${folder} is in use by process ${lock.pid}. Stop that one first, then restore.`);
}

/** Between the two names there is no database: a mark keeps a server from making a new one there. */
async function changeOver(folder: string, cluster: string, fresh: string): Promise<string | undefined> {
  const mark = join(folder, restoringMark);
  const former = `${cluster}.before-restore-${new Date().toISOString().replaceAll(/[-:.]/g, '')}`;
  await writeFile(mark, `${former}\n`);
  await sync(folder);
  const had = await rename(cluster, former).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return false;
    },
  );
  await rename(fresh, cluster);
  await sync(folder);
  await rm(mark);
  return had ? former : undefined;
}
