/** Processes of the benchmark: each part runs in one of its own, so that none waits for the event loop of another. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

type Tasks = Record<string, (argument: never) => unknown>;
interface Question {
  id: number;
  task: string;
  argument: unknown;
}
interface Answer {
  id: number;
  result?: unknown;
  error?: string;
}

/** In the child: answers what the parent asks, and ends with it. */
export function serveParent(tasks: Tasks): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', ({ id, task, argument }: Question) => {
    const work = async () => tasks[task]?.(argument as never);
    work().then(
      (result) => process.send?.({ id, result } satisfies Answer),
      (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.stack : String(error) } as Answer),
    );
  });
}

export interface Child {
  ask<Result>(task: string, argument?: unknown): Promise<Result>;
  stop(): Promise<void>;
}

/**
 * In the parent: starts a file of this folder. What it logs goes nowhere, as the log of a server that nobody watches.
 * @param file below `tools/bench/`
 * @param nodeOptions of the child, such as `--cpu-prof`
 */
export function startChild(file: string, nodeOptions: readonly string[] = []): Child {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [...nodeOptions, '--import', 'tsx', path], {
    stdio: ['ignore', 'ignore', process.env['BENCH_LOG'] ? 'inherit' : 'ignore', 'ipc'],
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.on('exit', (code) => {
    for (const [id, settle] of waiting) settle({ id, error: `${file} ended with ${code}.` });
    waiting.clear();
  });
  let last = 0;
  return {
    ask: <Result>(task: string, argument?: unknown) =>
      new Promise<Result>((resolve, reject) => {
        const id = ++last;
        waiting.set(id, ({ error, result }) => (error === undefined ? resolve(result as Result) : reject(new Error(error))));
        child.send({ id, task, argument } satisfies Question);
      }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
