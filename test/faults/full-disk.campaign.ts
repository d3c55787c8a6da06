import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createBackendClient } from '../support/backend-client.ts';
import { startServer } from '../support/server-process.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { seededRandom } from './support/campaign.ts';
import type { Campaign, CampaignContext } from './support/campaign.ts';
import { addConfirmed, checkConfirmed, nothingConfirmed, writeUntilGone } from './support/confirmed-writes.ts';
import type { Confirmed } from './support/confirmed-writes.ts';
import { checkNoHalfRecords } from './support/half-records.ts';
import { ownAddress, untilHealthy } from './support/recovery.ts';

const run = promisify(execFile);

/**
 * The data folder is on a small disk, which something else fills while people read and write, and frees again. Nobody waits for long, nobody is
 * told 500, and when there is room again all goes on without a restart and without a loss. Needs Linux and root, to mount the small disk.
 */
export const campaign: Campaign = {
  name: 'full-disk',
  row: 14,
  title: 'Full disk, then freed',
  unit: 'rounds',
  sizes: { ci: 1, full: 25 },
  run: async ({ size, seed, isFull, count, figure }) => {
    const random = seededRandom(seed);
    const disk = await mkdtemp(join(tmpdir(), 'clerk-lit-disk-'));
    await run('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'tmpfs', disk]).catch((cause: unknown) => {
      throw new Error('Not possible here: a small disk can be mounted by root on Linux only.', { cause });
    });
    let server: ServerProcess | undefined;
    try {
      const folder = join(disk, 'data');
      server = await startServer({ DATA_DIR: folder, LOG_LEVEL: 'error' });
      const confirmed = nothingConfirmed();
      const slowest = { answer: 0, recovery: 0 };
      for (let round = 0; round < size; round++) {
        const { answer, recovery } = await fillAndFree({ server, disk, round, random, confirmed, count });
        slowest.answer = Math.max(slowest.answer, answer);
        slowest.recovery = Math.max(slowest.recovery, recovery);
        await checkConfirmed(createBackendClient(server), confirmed);
        await checkNoHalfRecords(ownAddress(folder));
      }
      figure('slowest answer while full', Math.round(slowest.answer), 'ms');
      figure('slowest recovery', Math.round(slowest.recovery), 'ms');
      assert.ok(slowest.answer <= (isFull ? 1 : 10) * longestAnswer, `An answer took ${Math.round(slowest.answer)} ms.`);
    } finally {
      await server?.stop();
      await run('umount', [disk]);
      await rm(disk, { recursive: true, force: true });
    }
  },
};

/** Milliseconds (security.md, D3), and what a request takes anyway. */
const longestAnswer = 2_500;
/** Milliseconds. */
const patienceForRefusal = 60_000;

interface Round extends Pick<CampaignContext, 'count'> {
  server: ServerProcess;
  disk: string;
  round: number;
  random: () => number;
  confirmed: Confirmed;
}

async function fillAndFree({ server, disk, round, random, confirmed, count }: Round) {
  const end = new AbortController();
  const { signal } = end;
  const news = nothingConfirmed();
  const call = createBackendClient(server);
  let refusals = 0;
  let isFull = false;
  let answer = 0;
  /** Fat documents, so that what is allocated already is soon used up; and health, which must not wait. */
  const press = async (writer: number) => {
    const user = { email_address: [`fat${round}-${writer}@example.com`], skip_password_requirement: true };
    let id = '';
    for (let turn = 0; !signal.aborted; turn++) {
      const start = performance.now();
      const { status, body } = id
        ? await call('PATCH', `/users/${id}/metadata`, { body: { public_metadata: { note: String(random()).repeat(350) } } })
        : await call('POST', '/users', { body: user });
      if (isFull) answer = Math.max(answer, performance.now() - start);
      assert.ok([200, 503].includes(status), `round ${round}: ${status}`);
      if (status === 200) id ||= body.id as string;
      // Whether it was made is not known: another one.
      else if (!id) user.email_address = [`fat${round}-${writer}-${turn}@example.com`];
      if (status === 503 && isFull) refusals++;
      count(`answers ${status}`);
      if (turn % 5 === 0) assert.ok([200, 503].includes((await fetch(`${server.url}/v1/health`)).status));
    }
  };
  const work = Promise.all([
    ...[0, 1, 2].map((writer) => writeUntilGone({ server, name: `round${round}-${writer}`, confirmed: news, signal })),
    ...[0, 1, 2, 3].map(press),
  ]);
  let isOver = false;
  work.catch(() => undefined).finally(() => (isOver = true));
  const filler = join(disk, 'filler');
  try {
    await delay(random() * 500);
    await fill(filler);
    isFull = true;
    const deadline = performance.now() + patienceForRefusal;
    while (refusals < 5 && !isOver && performance.now() < deadline) {
      // What was freed meanwhile is filled as well.
      await fill(filler);
      await delay(20);
    }
    if (!isOver) assert.ok(refusals >= 5, 'The disk was not full.');
    isFull = false;
    await rm(filler);
    const start = performance.now();
    await untilHealthy([server]);
    const wanted = news.users.size + 3;
    while (news.users.size < wanted && !isOver) await delay(5);
    return { answer, recovery: performance.now() - start };
  } finally {
    await rm(filler, { force: true });
    end.abort();
    await work;
    addConfirmed(confirmed, news);
    count('users confirmed', news.users.size + news.deleted.size);
  }
}

/** Until there is no room for a single byte more. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'a');
  try {
    for (let size = 1 << 20; size >= 1;) {
      try {
        await file.appendFile(Buffer.alloc(size, 1));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        size = size === 1 ? 0 : size >> 5 || 1;
      }
    }
  } finally {
    await file.close();
  }
}
