/**
 * The server for a soak: the real one in a process of its own, whose clock runs faster, so that hours hold what else takes months to
 * expire. Says how it is, and turns its signing key over, when its parent asks.
 */
import { readdirSync } from 'node:fs';
import { createId } from '../../../demo/server/ids.ts';
import { createSigningKey } from '../../../demo/server/key-ring.ts';
import { createLog } from '../../../demo/server/log.ts';
import { startServer } from '../../../demo/server/server.ts';
import { startOwnPostgres } from '../../../demo/server/store/own-postgres.ts';
import { addSigningKey } from '../../../demo/server/store/signing-keys.ts';

export interface SoakOrder {
  folder: string;
  instance: unknown;
  webhookSigningSecrets: string;
  /** How much faster the clock runs. */
  pace: number;
}

/** What the process takes, after everything that nobody needs was let go. */
export interface Usage {
  /** Bytes. */
  resident: number;
  /** Bytes: objects, and what they hold outside of the heap. */
  live: number;
  descriptors: number;
  timers: number;
  /** Milliseconds since 1970 of the server's clock. */
  now: number;
}

export type SoakAnswer = { ready: { url: string; backendUrl: string; secretKey: string } } | { usage: Usage } | { rotated: true };

const order = JSON.parse(process.argv[2] ?? '') as SoakOrder;
const begin = Date.now();
const now = () => Math.round(begin + (Date.now() - begin) * order.pace);
const log = createLog('warn');
const own = await startOwnPostgres({ folder: order.folder, log });
const server = await startServer({
  host: '127.0.0.1',
  port: 0,
  backendPort: 0,
  instance: order.instance,
  webhookSigningSecrets: order.webhookSigningSecrets,
  openDatabase: () => Promise.resolve({ address: own.address, close: () => own.stop() }),
  log,
  print: () => undefined,
  now,
});

const answer = (content: SoakAnswer) => void process.send?.(content);

function measure(): Usage {
  // What waits to be finalized goes in a second round.
  for (let round = 0; round < 2; round++) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return {
    resident: rss,
    live: heapUsed + external,
    descriptors: readdirSync('/proc/self/fd').length,
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
    now: now(),
  };
}

/** Two minutes from now, whatever the clock makes of them: the server looks for new keys by another one. */
async function rotate(): Promise<void> {
  const time = { now: now(), activatedAt: now() + 120_000 * order.pace };
  const waiting = await addSigningKey(server.database, await createSigningKey(createId('ins')), time);
  if (waiting) throw new Error(`The key ${waiting.id} still waits.`);
}

/** The channel to whoever asks keeps this process; a stop that fails ends it as well, by an error that nobody catches. */
const end = () => void server.stop().then(() => process.exit(0));
process.on('message', (wish) => {
  if (wish === 'measure') answer({ usage: measure() });
  else if (wish === 'rotate') void rotate().then(() => answer({ rotated: true }));
  else end();
});
// Whoever asks is gone.
process.on('disconnect', end);
answer({ ready: { url: server.frontendApiUrl, backendUrl: server.backendUrl, secretKey: server.keys.secretKey } });
