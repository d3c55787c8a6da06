/** Starts of the server that are cut off before it is ready. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { serverArguments } from '../../support/server-process.ts';

export interface InterruptedStart {
  environment: Record<string, string>;
  /** Resolves when it is time; the end of the start is the latest moment. */
  moment: Promise<unknown>;
  /** Also what the server has started, as a power cut would; else its children find out by themselves. */
  withChildren: boolean;
}

/** Starts the server and kills it (`kill -9`). Resolves to whether it was ready before. */
export async function interruptStart({ environment, moment, withChildren }: InterruptedStart): Promise<boolean> {
  const child = spawn(process.execPath, serverArguments, {
    env: { ...process.env, PORT: '0', BACKEND_API_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let isReady = false;
  const ended = once(child, 'exit');
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        isReady ||= /^Database/m.test(output);
        if (isReady) resolve();
      });
    }
  });
  const isOver = await Promise.race([Promise.race([moment, ready]).then(() => false), ended.then(() => true)]);
  if (isOver) throw new Error(`The server ended by itself:\n${output}`);
  const victims = [child.pid ?? 0, ...(withChildren ? await descendantsOf(child.pid ?? 0) : [])];
  for (const pid of victims) kill(pid);
  await ended;
  return isReady;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

/** Processes below this one, at this moment (Linux). */
export async function descendantsOf(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // The name of the program stands in brackets and may hold anything.
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (parent) parents.set(Number(name), Number(parent));
  }
  const found = [pid];
  for (const ancestor of found) for (const [child, parent] of parents) if (parent === ancestor) found.push(child);
  return found.slice(1);
}
