/** Copies the files of a PostgreSQL cluster, one that is running too, so that the copy outlives a power cut. */
import { constants } from 'node:fs';
import { chown, copyFile, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessOwner } from './postgres-binaries.ts';

/** What belongs to a running server, or is made anew at every start (PostgreSQL's manual, "Backing Up the Data Directory"). */
const ofTheServer = /^(postmaster\.(pid|opts)|\.s\.PGSQL\..*|pg_internal\.init.*|pgsql_tmp.*|backup_label\.old)$/;
/** Folders that have to be there, and whose content is worth nothing elsewhere. */
const leftEmpty = new Set(['pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans']);
const writeAheadLog = 'pg_wal';

export interface CopyOptions {
  /** Whom the copy belongs to; default: the user of this process. */
  owner?: ProcessOwner;
  /** Leaves the write-ahead log out: who copies a running server adds what is needed at the end. */
  withoutLog?: boolean;
}

/** Copies a cluster into a folder that is not there yet. Files that vanish meanwhile are not missed: the log knows of it. */
export async function copyCluster(from: string, to: string, { owner, withoutLog = false }: CopyOptions = {}): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  const copyInto = async (source: string, target: string, isTop: boolean): Promise<void> => {
    const entries = await readdir(source, { withFileTypes: true });
    for (const entry of entries.filter(({ name }) => !ofTheServer.test(name))) {
      const [old, fresh] = [join(source, entry.name), join(target, entry.name)];
      if (entry.isDirectory()) {
        await mkdir(fresh, { mode: 0o700 });
        const isEmpty = isTop && (leftEmpty.has(entry.name) || (withoutLog && entry.name === writeAheadLog));
        if (!isEmpty) await copyInto(old, fresh, false);
        if (owner) await chown(fresh, owner.uid, owner.gid);
      } else if (entry.isFile()) await copyDurably(old, fresh, owner);
    }
    await sync(target);
  };
  await copyInto(from, to, true);
  if (owner) await chown(to, owner.uid, owner.gid);
}

/** Copies segments of the write-ahead log, from one to another, both included. */
export async function copyLog(from: string, to: string, { first, last }: { first: string; last: string }): Promise<void> {
  const names = await readdir(join(from, writeAheadLog));
  // Their names are numbers of one length, in order.
  for (const name of names.filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last)) {
    await copyDurably(join(from, writeAheadLog, name), join(to, writeAheadLog, name));
  }
  await sync(join(to, writeAheadLog));
}

async function copyDurably(from: string, to: string, owner?: ProcessOwner): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (owner) await chown(to, owner.uid, owner.gid);
  await sync(to);
}

/** Waits until a file or a folder is on the disk. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path);
  await handle.sync();
  await handle.close();
}
