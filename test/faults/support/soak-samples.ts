/** What a server takes, minute by minute, and whether it takes more and more. */
import assert from 'node:assert/strict';
import { createConnection } from '../../../demo/server/store/database.ts';
import type { DatabaseAddress } from '../../../demo/server/store/database.ts';
import { percentile } from './campaign.ts';
import type { CampaignContext } from './campaign.ts';
import type { SoakProcess } from './soak-process.ts';
import type { Usage } from './soak-server.ts';

export interface Sample extends Omit<Usage, 'now'> {
  /** By table. */
  rows: Record<string, number>;
}

export async function takeSample(server: SoakProcess, address: DatabaseAddress): Promise<Sample> {
  const usage = await server.measure();
  const connection = createConnection(address);
  await connection.connect();
  try {
    const { rows: tables } = await connection.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations' order by 1",
    );
    const counts = tables.map(({ name }) => `select '${name}' as name, count(*)::integer as count from ${name}`);
    const { rows } = await connection.query<{ name: string; count: number }>(counts.join(' union all '));
    return { ...usage, rows: Object.fromEntries(rows.map(({ name, count }) => [name, count])) };
  } finally {
    await connection.end();
  }
}

/** Samples of the last hour, in two halves; a shorter run is judged by its last third. */
const lastHour = 60;
/** Parts that the second half may have more than the first (security.md §5), and what is no growth at all however small the numbers are. */
const memoryGrowth = 0.05;
const rowGrowth = 0.1;
const fewRows = 50;
const fewDescriptors = 8;

/** @throws AssertionError that names what has grown. */
export function judgeSamples(samples: readonly Sample[], figure: CampaignContext['figure']): void {
  const judged = samples.slice(-Math.min(lastHour, Math.ceil(samples.length / 3)));
  const halves = [judged.slice(0, judged.length / 2), judged.slice(judged.length / 2)] as const;
  const both = (of: (values: number[]) => number, value: (sample: Sample) => number) =>
    halves.map((half) => of(half.map(value))) as [number, number];
  const median = (values: number[]) => percentile(values, 0.5);
  // What is cleaned every ten minutes goes up and down: what counts is how high.
  const highest = (values: number[]) => Math.max(0, ...values);
  const growths: string[] = [];
  const look = (what: string, [former, latter]: [number, number], allowed: number) => {
    if (latter > former + allowed) growths.push(`${what}: ${former}, then ${latter}`);
  };

  const memory = both(median, ({ live }) => Math.round(live / 1024));
  const resident = both(median, (sample) => Math.round(sample.resident / 1024));
  look('KiB of live memory', memory, memoryGrowth * memory[0]);
  look('KiB of resident memory', resident, memoryGrowth * resident[0]);
  look(
    'descriptors',
    both(median, ({ descriptors }) => descriptors),
    fewDescriptors,
  );
  look(
    'timers',
    both(median, ({ timers }) => timers),
    fewDescriptors,
  );
  for (const table of Object.keys(samples.at(-1)?.rows ?? {})) {
    const rows = both(highest, (sample) => sample.rows[table] ?? 0);
    look(`rows of ${table}`, rows, Math.max(fewRows, rowGrowth * rows[0]));
  }
  const last = samples.at(-1);
  figure('live memory', Math.round(memory[1] / 1024), 'MiB');
  figure('its growth in the last hour', Math.round((1_000 * (memory[1] - memory[0])) / memory[0]) / 10, '%');
  figure('resident memory', Math.round(resident[1] / 1024), 'MiB');
  figure('descriptors', last?.descriptors ?? 0);
  figure('timers', last?.timers ?? 0);
  figure(
    'rows',
    Object.values(last?.rows ?? {}).reduce((sum, count) => sum + count, 0),
  );
  assert.deepEqual(growths, [], 'nothing grows');
}
