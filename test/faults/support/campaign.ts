/** What a campaign is: many seeded attempts to break one promise (security.md §5). `npm run campaign` runs them. */

/** Where the API keeps its data: its own PostgreSQL, or one that two API processes share by `DATABASE_URL`. */
export type Stage = 'own' | 'two-processes';

export interface Campaign {
  /** The file's, without its ending: `npm run campaign -- <name>`. */
  name: string;
  /** Its row in security.md §5. */
  row: number;
  title: string;
  /** What `size` counts: `requests`, `rounds`, `seconds`. */
  unit: string;
  /** How much of it takes place for every change, and before a release; without `ci` only the latter. */
  sizes: { ci?: number; full: number };
  /** Runs once on each of these; without them a campaign starts what it needs, once. */
  stages?: readonly Stage[];
  /** Measures time, so nothing runs beside it. */
  isAlone?: boolean;
  /** @throws what it has found; the message names the case, so that it can be repeated. */
  run: (context: CampaignContext) => Promise<void>;
}

export interface CampaignContext {
  size: number;
  /** `false` for the size of every change, on a machine that may be shared: limits of time are generous then. */
  isFull: boolean;
  /** Of all that is random, so that a run can be repeated. */
  seed: number;
  /** Only of a campaign with stages. */
  stage: Stage;
  /** Adds to a number of the report: `count('requests refused')`. */
  count: (what: string, number?: number) => void;
  /** Notes what was measured: `figure('p99 of reads', 41, 'ms')`. The last one of a name counts. */
  figure: (what: string, value: number, unit?: string) => void;
}

/**
 * Numbers from 0 to below 1 that are the same for the same seed (mulberry32, public domain). For what fast-check cannot make: the choices
 * of a run whose length depends on what happens in it.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The value below which this part of the measurements lies, by the nearest rank.
 * @param part 0.99 for p99
 */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}
