/** Webhooks: from a change in the database to a request that a backend has answered. */
import type { Dependencies } from '../dependencies.ts';
import { observeChanges } from '../store/changes.ts';
import { createOutbox } from './outbox.ts';
import { readEndpoints } from './settings.ts';
import { createWorker } from './worker.ts';

export interface Webhooks {
  /** Starts to deliver, what an earlier process has left undone first. */
  start(): void;
  /** Delivers no more, after the attempts that are under way: at most ten seconds. What is left waits in the database. */
  stop(): Promise<void>;
}

/**
 * From now on each change of a user or a session is written down for the endpoints of the settings. Without any nothing is, and it
 * costs nothing.
 * @param secrets to sign with, one at least where there are endpoints
 */
export function createWebhooks(context: Dependencies, secrets: readonly string[]): Webhooks {
  const endpoints = readEndpoints(context.settings.webhooks);
  if (!endpoints.length) return { start: () => undefined, stop: () => Promise.resolve() };
  const workers = endpoints.map((endpoint) => createWorker({ ...context, secrets }, endpoint));
  let isStarted = false;
  const wake = () => {
    if (isStarted) for (const worker of workers) worker.wake();
  };
  observeChanges(context.database, createOutbox(context, endpoints, wake));
  return {
    start: () => {
      isStarted = true;
      wake();
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
