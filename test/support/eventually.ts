import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds: longer than a busy machine takes for anything that has to happen. */
const patience = 60_000;

/** Asks again until it holds. @throws Error with what did not happen. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = performance.now() + patience; !(await holds()); await delay(20)) {
    if (performance.now() > deadline) throw new Error(`Did not happen: ${what}.`);
  }
}
