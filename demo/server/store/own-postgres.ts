/**
 * The API's own PostgreSQL: a child process on a Unix socket, with real durability, that ends with its parent even when that is
 * killed, and is started again when it dies.
 */
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { StartError } from '../start-error.ts';
import type { DatabaseAddress } from './database.ts';
import { findBinaries } from './postgres-binaries.ts';
import type { ProcessOwner } from './postgres-binaries.ts';
import {
  childEnvironment,
  giveTo,
  makePrivateFolder,
  noteHolder,
  ownerOf,
  placeOf,
  prepareCluster,
  readLock,
  socketFolder,
} from './postgres-folder.ts';

export interface OwnPostgresOptions {
  /** A folder, made if it is missing, or `temporary` for one that is deleted at the end, however this process ends. */
  folder: string;
  /** Where a temporary one is made; default: where the system has its own. */
  temporaryIn?: string;
  log: Log;
  /** PostgreSQL parameters beside ours; tests give up durability for speed. */
  parameters?: Record<string, string>;
}

export interface OwnPostgres {
  address: DatabaseAddress;
  /** Process id of the running server; changes when it was restarted. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

type Server = ChildProcessByStdio<Writable, null, Readable>;

/** Milliseconds. */
const patienceWithEndingServer = 30_000;
const patienceWithStop = 8_000;
const longestRestartDelay = 5_000;

/**
 * The shell becomes the server; a watcher beside it waits on our pipe. The pipe closes when this process ends, for whatever reason: then
 * the server is told to shut down, and a temporary folder goes. A line on the pipe sends the watcher home.
 */
const watchedServer = `
exec 3<&0 </dev/null
( (
  read -r _ <&3 && exit
  kill -INT $$
  [ "$1" ] || exit
  tries=0
  while [ -e "$1/postgres/postmaster.pid" ] && [ $tries -lt 200 ]; do sleep 0.05; tries=$((tries + 1)); done
  rm -rf -- "$1"
) >/dev/null 2>&1 & )
shift
exec "$@" 3<&-`;

/**
 * Starts the server, making its database on first use.
 * @throws StartError if the folder is in use by another process, or PostgreSQL cannot run here.
 */
export async function startOwnPostgres({ folder, temporaryIn = tmpdir(), log, parameters = {} }: OwnPostgresOptions): Promise<OwnPostgres> {
  const isTemporary = folder === 'temporary';
  const path = isTemporary ? await mkdtemp(join(temporaryIn, 'clerk-lit-database-')) : resolve(folder);
  if (!isTemporary) await makePrivateFolder(path);
  const owner = await ownerOf(join(path, 'postgres'));
  // So that the watcher, which runs as the owner, can delete it.
  if (isTemporary) await giveTo(owner, path);
  const binaries = await findBinaries(owner);
  const cluster = await prepareCluster(path, { binaries, owner, isDurable: !isTemporary && parameters['fsync'] !== 'off' });
  const socket = await socketFolder(cluster, owner);
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socket.place,
    shared_buffers: '32MB',
    // Errors of statements are the business of whoever sent them, and may quote values.
    log_min_messages: 'log',
    ...parameters,
  };
  const command = [
    join(binaries, 'postgres'),
    '-D',
    placeOf(cluster),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const launch = () => launchServer({ command, cluster, owner, cleanUp: isTemporary ? path : '' });

  const startUp = () => startPatiently(launch, { folder: path, cluster, log });

  let server = await startUp();
  let isStopping = false;
  const keepRunning = () => {
    server.once('exit', (code, signal) => {
      if (isStopping) return;
      log({ level: 'error', message: `PostgreSQL ended unexpectedly (${signal ?? code}); starting it again` });
      server.stdin.end('\n');
      void restart();
    });
  };
  const restart = async () => {
    for (let wait = 100; !isStopping; wait = Math.min(2 * wait, longestRestartDelay)) {
      try {
        server = await startUp();
        if (isStopping) server.stdin.end();
        else keepRunning();
        return;
      } catch (error) {
        log({ level: 'error', message: error instanceof Error ? error.message : String(error) });
        await delay(wait, undefined, { ref: false });
      }
    }
  };
  keepRunning();
  await noteHolder(path);

  return {
    address: {
      connection: { host: socket.path, user: 'postgres', database: 'postgres' },
      description: `${folder} (own PostgreSQL 18)`,
    },
    get pid() {
      return server.pid;
    },
    stop: async () => {
      isStopping = true;
      if (isRunning(server)) {
        server.ref();
        const ended = once(server, 'exit');
        server.stdin.end();
        const timer = setTimeout(() => server.kill('SIGQUIT'), patienceWithStop);
        await ended;
        clearTimeout(timer);
      }
      if (isTemporary) await rm(path, { recursive: true, force: true, maxRetries: 5 });
      else await rm(join(path, 'api.pid'), { force: true });
    },
  };
}

const isRunning = (server: Server) => server.exitCode === null && server.signalCode === null;

/** Right after a hard kill the former server may still be ending: then patience, else a clear refusal at once. */
async function startPatiently(
  launch: () => Promise<Server>,
  { folder, cluster, log }: { folder: string; cluster: string; log: Log },
): Promise<Server> {
  const deadline = performance.now() + patienceWithEndingServer;
  for (let tries = 0; ; tries++) {
    try {
      return await launch();
    } catch (error) {
      if (!(error instanceof FolderInUse)) throw error;
      const lock = await readLock(folder, cluster, error.ownPid);
      if (lock.state === 'held' || (lock.state === 'ending' && performance.now() > deadline)) {
        throw new StartError(
          `The data folder ${folder} is in use by process ${lock.pid}. Stop that one first, or set DATA_DIR to another folder.`,
        );
      }
      if (performance.now() > deadline) throw new StartError(error.message);
      if (!tries) log({ message: `The former PostgreSQL of ${folder} is still ending; waiting for it` });
      await delay(100);
    }
  }
}

/** PostgreSQL found the folder locked. */
class FolderInUse extends Error {
  readonly ownPid: number;

  constructor(ownPid: number, message: string) {
    super(message);
    this.ownPid = ownPid;
  }
}

interface Launch {
  command: string[];
  cluster: string;
  owner: ProcessOwner;
  /** Folder that the watcher deletes at the end, or an empty text. */
  cleanUp: string;
}

/** Resolves when the server takes connections. */
async function launchServer({ command, cluster, owner, cleanUp }: Launch): Promise<Server> {
  const server = spawn('sh', ['-c', watchedServer, 'sh', cleanUp, ...command], {
    ...owner,
    cwd: cluster,
    env: childEnvironment,
    stdio: ['pipe', 'ignore', 'pipe'],
    // Ctrl+C in a terminal goes to the whole group; the server ends after us, not with us.
    detached: true,
  });
  // A server that is gone needs no farewell.
  server.stdin.on('error', () => undefined);
  let output = '';
  await new Promise<void>((ready, reject) => {
    server.once('error', reject);
    server.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-4_000);
      if (output.includes('ready to accept connections')) ready();
    });
    server.once('exit', () => {
      server.stdin.end('\n');
      const isLocked = /lock file|pre-existing shared memory/.test(output);
      const message = `PostgreSQL did not start:\n${output.trim()}`;
      reject(isLocked ? new FolderInUse(server.pid ?? 0, message) : new StartError(message));
    });
  });
  server.stderr.removeAllListeners('data').resume();
  server
    .removeAllListeners('exit')
    .removeAllListeners('error')
    .on('error', () => undefined);
  // It ends with this process, so it need not keep it alive.
  server.unref();
  for (const stream of [server.stdin, server.stderr]) (stream as unknown as { unref(): void }).unref();
  return server;
}
