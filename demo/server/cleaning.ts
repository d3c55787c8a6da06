/** Deletes expired rows from time to time, beside the requests. */
import type { Dependencies } from './dependencies.ts';
import { deleteExpiredRows } from './store/expired-rows.ts';
import { deleteFinishedEvents } from './store/webhook-events.ts';
import { readEndpoints } from './webhooks/settings.ts';

/** Milliseconds. */
const interval = 10 * 60_000;
/** Milliseconds that events are kept after they were delivered or given up, for whoever looks for one. They hold private metadata. */
export const eventMemory = 3 * 24 * 3600_000;

/** Starts at once. @returns a function that stops, after the round that is under way. */
export function startCleaning({
  database,
  settings,
  now,
  log,
}: Pick<Dependencies, 'database' | 'settings' | 'now' | 'log'>): () => Promise<void> {
  const endpoints = readEndpoints(settings.webhooks).map(({ id }) => id);
  let round: Promise<void> | undefined;
  const clean = () => {
    round ??= deleteExpiredRows(database, now())
      .then(() => deleteFinishedEvents(database, { before: now() - eventMemory, endpoints }))
      // The next round may find the database back; requests report that it is away.
      .catch((error: unknown) => log({ level: 'debug', message: 'cleaning failed', error: String(error) }))
      .finally(() => (round = undefined));
  };
  const timer = setInterval(clean, interval);
  timer.unref();
  clean();
  return async () => {
    clearInterval(timer);
    await round;
  };
}
