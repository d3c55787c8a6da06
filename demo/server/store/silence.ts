/**
 * Tells a database that is silent from a statement that takes its time: behind a network that drops packets, or with a server that hangs, a
 * statement would wait for its whole time limit, and so would everybody behind it (security.md, D4).
 */
import type { Socket } from 'node:net';
import type pg from 'pg';

/** Milliseconds without any answer after which the database is asked whether it is there, and that it has to say so. */
const patience = 800;
const patienceWithProbe = 1_200;

export interface Silence {
  /** Runs a statement; breaks its connection if the database turns out to be silent, which fails the statement. */
  watch<Result>(client: pg.PoolClient, query: () => Promise<Result>): Promise<Result>;
}

/** @param connect makes a connection of its own, not connected yet */
export function createSilence(connect: () => pg.Client): Silence {
  let lastAnswer = -Infinity;
  let probing: Promise<boolean> | undefined;

  const suspect = async (client: pg.PoolClient, since: number, isOver: () => boolean) => {
    // Others are answered: this statement takes its time, or waits for a lock.
    if (lastAnswer > since) return;
    probing ??= probe(connect()).finally(() => (probing = undefined));
    const isThere = await probing;
    if (!isThere && !isOver()) breakConnection(client);
  };

  return {
    watch: async (client, query) => {
      const start = performance.now();
      let isOver = false;
      const timer = setTimeout(() => void suspect(client, start, () => isOver), patience);
      timer.unref();
      try {
        const result = await query();
        lastAnswer = performance.now();
        return result;
      } catch (error) {
        if (error instanceof Error && 'severity' in error) lastAnswer = performance.now();
        // The driver gives up a statement, not the connection: whoever got that next would wait behind it.
        else if (error instanceof Error && error.message === 'Query read timeout') breakConnection(client);
        throw error;
      } finally {
        isOver = true;
        clearTimeout(timer);
      }
    },
  };
}

/** `true` if a new connection gets an answer in time. */
async function probe(connection: pg.Client): Promise<boolean> {
  connection.on('error', () => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), patienceWithProbe)));
  const answer = connection
    .connect()
    .then(() => connection.query('select 1'))
    .then(
      () => true,
      () => false,
    );
  const isThere = await Promise.race([answer, late]);
  clearTimeout(timer);
  if (isThere) void connection.end().catch(() => undefined);
  else breakConnection(connection);
  return isThere;
}

/** A farewell would wait for the other side as well. */
function breakConnection(client: pg.PoolClient | pg.Client): void {
  (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
}
