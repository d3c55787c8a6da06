/** Deletes expired rows from time to time, beside the requests. */
import type { Dependencies } from './dependencies.ts';
import { deleteExpiredRows } from './store/expired-rows.ts';

/** Milliseconds. */
const interval = 10 * 60_000;

/** Starts at once. @returns a function that stops, after the round that is under way. */
export function startCleaning({ database, now, log }: Pick<Dependencies, 'database' | 'now' | 'log'>): () => Promise<void> {
  let round: Promise<void> | undefined;
  const clean = () => {
    round ??= deleteExpiredRows(database, now())
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
