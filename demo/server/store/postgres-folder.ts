/** The folder of our own PostgreSQL: made once, owned by one process at a time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, lstat, mkdir, open, readFile, readdir, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';
import type { ProcessOwner } from './postgres-binaries.ts';

/** What a child process is told about itself: nothing of ours, and messages in English. */
export const childEnvironment = { PATH: process.env['PATH'], TMPDIR: tmpdir(), LC_ALL: 'C' };

/**
 * How a child started inside the folder names it. As root the database runs under another user, for whom a closed parent folder
 * (a home, a `mktemp -d`) would be the end; Linux lets it come in through its own working directory all the same.
 */
export const placeOf = (cluster: string) => (isRoot() && process.platform === 'linux' ? '/proc/self/cwd' : cluster);

const isRoot = () => process.getuid?.() === 0;
/** `nobody` on most systems; PostgreSQL only wants it not to be root. */
const unprivileged = { uid: 65_534, gid: 65_534 };

/** Whom the database of this folder runs as. @throws StartError if the folder is somebody else's. */
export async function ownerOf(cluster: string): Promise<ProcessOwner> {
  const found = await stat(cluster).catch(() => undefined);
  if (isRoot()) return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : unprivileged;
  if (found && found.uid !== process.getuid?.()) {
    throw new StartError(
      `The database in ${cluster} belongs to user id ${found.uid}. Start the server as that user (65534: as root), or set DATA_DIR to another folder.`,
    );
  }
  return undefined;
}

/** File that says that a database is just being changed for another one. */
export const restoringMark = 'restoring';

/** Gives a new folder to the database's user. */
export async function giveTo(owner: ProcessOwner, folder: string): Promise<void> {
  if (owner) await chown(folder, owner.uid, owner.gid);
}

/**
 * Makes the folder's database if it has none; what need not outlive a power cut is not written through to the disk, which takes its time. An interrupted attempt leaves only a folder under a temporary name, which the next one removes.
 * @returns the path of the cluster.
 */
export async function prepareCluster(
  folder: string,
  { binaries, owner, isDurable }: { binaries: string; owner: ProcessOwner; isDurable: boolean },
): Promise<string> {
  const cluster = join(folder, 'postgres');
  if (await lstat(join(folder, restoringMark)).catch(() => undefined)) {
    throw new StartError(
      `A restore of ${folder} was cut off. Run it again, or give the folder postgres.before-restore-… its name back and remove the file ${restoringMark}.`,
    );
  }
  if (!(await lstat(join(cluster, 'PG_VERSION')).catch(() => undefined))) {
    await removeUnfinished(folder);
    const fresh = join(folder, `postgres.new-${process.pid}`);
    await mkdir(fresh, { mode: 0o700 });
    await giveTo(owner, fresh);
    await createCluster(fresh, binaries, owner, isDurable ? [] : ['--no-sync']);
    await rename(fresh, cluster).catch(async (error: NodeJS.ErrnoException) => {
      // Another process was faster: its cluster counts, and its lock decides.
      await rm(fresh, { recursive: true, force: true });
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    const directory = await open(folder);
    await directory.sync();
    await directory.close();
  }
  return realpath(cluster);
}

async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = /^postgres\.new-(\d+)$/.exec(name)?.[1];
    if (pid && (Number(pid) === process.pid || !isAlive(Number(pid)))) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}

async function createCluster(fresh: string, binaries: string, owner: ProcessOwner, options: readonly string[]): Promise<void> {
  // Without a locale of its own a machine without LANG gets SQL_ASCII, and jsonb refuses most of Unicode.
  const locale = process.platform === 'darwin' ? ['--no-locale'] : ['--locale=C.UTF-8'];
  const child = spawn(
    join(binaries, 'initdb'),
    ['-D', placeOf(fresh), '--encoding=UTF8', ...locale, '--auth=trust', '--username=postgres', '--no-instructions', ...options],
    { ...owner, cwd: fresh, env: childEnvironment, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return;
  await rm(fresh, { recursive: true, force: true });
  throw new StartError(`PostgreSQL could not make a database in ${fresh}:\n${complaint.trim()}`);
}

/**
 * Folder of the socket: the cluster itself, which only its owner may enter; or, where that path is too long for a socket
 * (107 bytes, 103 on macOS), one under the system's temporary directory.
 */
export async function socketFolder(cluster: string, owner: ProcessOwner): Promise<{ path: string; place: string }> {
  if (Buffer.byteLength(join(cluster, '.s.PGSQL.5432')) <= 103) return { path: cluster, place: '.' };
  const path = join(tmpdir(), `clerk-lit-${createHash('sha256').update(cluster).digest('hex').slice(0, 16)}`);
  const uid = owner?.uid ?? process.getuid?.();
  const isNew = await mkdir(path, { mode: 0o700 }).then(
    () => true,
    () => false,
  );
  if (isNew) await giveTo(owner, path);
  const found = await lstat(path);
  if (!found.isDirectory() || found.uid !== uid || found.mode & 0o077) {
    throw new StartError(`The folder ${path} is not ours. Remove it, or set DATA_DIR to a shorter path.`);
  }
  return { path, place: path };
}

/** Notes which API process the folder's database belongs to, for the sentence that refuses a second one. */
export async function noteHolder(folder: string): Promise<void> {
  await writeFile(join(folder, 'api.pid'), `${process.pid}\n`);
}

/** What PostgreSQL's lock on a folder means. */
export type Lock =
  | { state: 'held'; pid: number }
  /** Its API process is gone, so it is about to end. */
  | { state: 'ending'; pid: number }
  | { state: 'free' };

/** Reads the lock after PostgreSQL refused to start; a lock of a process that is something else by now is made harmless. */
export async function readLock(folder: string, cluster: string, deadPid: number): Promise<Lock> {
  const lockFile = join(cluster, 'postmaster.pid');
  const content = await readFile(lockFile, 'utf8').catch(() => '');
  const pid = Number(/^\d+/.exec(content)?.[0]);
  if (!pid || !isAlive(pid)) return { state: 'free' };
  const workingDirectory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (workingDirectory !== undefined && workingDirectory !== cluster) {
    // After a power cut a stranger may have the number. Naming a dead process instead leaves PostgreSQL its other checks.
    await writeFile(lockFile, content.replace(/^\d+/, String(deadPid)));
    return { state: 'free' };
  }
  const api = Number((await readFile(join(folder, 'api.pid'), 'utf8').catch(() => '')).trim());
  const isHeld = api !== process.pid && isAlive(api);
  return isHeld ? { state: 'held', pid: api } : { state: 'ending', pid };
}

function isAlive(pid: number): boolean {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Makes a folder that only its owner may enter; an existing one is left as it is. */
export async function makePrivateFolder(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true });
  if (made) await chmod(path, 0o700);
}
