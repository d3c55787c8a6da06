/** The product as a person starts it: `demo/server/main.ts` as a process of its own, so that a test can kill it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

/** Arguments of Node: what keeps the exchanges, and the sources, or what the run's files share: the same, compiled once. */
export const serverArguments: readonly string[] = [
  ...['--import', new URL('./record-exchanges.mjs', import.meta.url).href],
  ...(process.env.TEST_SERVER
    ? ['--enable-source-maps', process.env.TEST_SERVER]
    : ['--import', 'tsx', fileURLToPath(new URL('../../demo/server/main.ts', import.meta.url))]),
];

export interface ServerProcess {
  /** `http://127.0.0.1:<port>`: Frontend API and demo pages. */
  url: string;
  backendUrl: string;
  publishableKey: string;
  secretKey: string;
  /** Where its own database is, unless `DATA_DIR` or `DATABASE_URL` say otherwise. */
  folder: string;
  /** Process id of the API. */
  pid(): number;
  /** Process id of its own PostgreSQL, as the lock in `folder` has it. */
  postgresPid(): Promise<number>;
  /** All it has printed. */
  output(): string;
  /** `kill -9`, and nothing else. */
  kill(): Promise<void>;
  /** Starts again on the same folder and ports. */
  start(): Promise<void>;
  /** Orderly stop: the exit code; removes the folder. */
  stop(): Promise<number | null>;
}

/** What came of a start that is expected to fail. */
export interface FailedStart {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the server and waits for its end, for mistakes that it has to notice. */
export async function runServer(environment: Record<string, string | undefined>): Promise<FailedStart> {
  const child = spawn(process.execPath, serverArguments, {
    env: { ...process.env, PORT: '0', DATA_DIR: 'temporary', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), 120_000);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { code, stdout, stderr };
}

// A test that fails before it stops its server must neither wait for it nor leave it behind.
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Whether this process goes on for as long as that one does. */
function hold(child: ChildProcess, isHeld: boolean): void {
  for (const handle of [child, child.stdout as Socket | null, child.stderr as Socket | null]) {
    if (isHeld) handle?.ref();
    else handle?.unref();
  }
}

/** Resolves once the server has printed where it is; rejects with its output if it ends first. */
export async function startServer(environment: Record<string, string> = {}): Promise<ServerProcess> {
  const port = await freePort();
  const backendPort = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'clerk-lit-server-'));
  let child: ChildProcess;
  let output = '';

  const start = async () => {
    output = '';
    child = spawn(process.execPath, serverArguments, {
      env: {
        ...process.env,
        PORT: String(port),
        BACKEND_API_PORT: String(backendPort),
        DATA_DIR: join(folder, 'data'),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = child;
    running.add(started);
    started.once('exit', () => running.delete(started));
    const ready = new Promise<void>((resolve, reject) => {
      const collect = (chunk: Buffer) => {
        output += chunk.toString();
        if (/^Database/m.test(output)) resolve();
      };
      child.stdout?.on('data', collect);
      child.stderr?.on('data', collect);
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
    });
    await ready;
    hold(child, false);
  };

  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    hold(child, true);
    child.kill(signal);
    await ended;
  };

  try {
    await start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    backendUrl: `http://127.0.0.1:${backendPort}`,
    publishableKey: /pk_\S+/.exec(output)?.[0] ?? '',
    secretKey: /sk_\S+/.exec(output)?.[0] ?? '',
    folder: join(folder, 'data'),
    pid: () => child.pid ?? 0,
    postgresPid: async () => Number.parseInt(await readFile(join(folder, 'data', 'postgres', 'postmaster.pid'), 'utf8'), 10),
    output: () => output,
    kill: () => end('SIGKILL'),
    start,
    stop: async () => {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}
