/** Numbers that can be trusted on a machine that others use too: medians of interleaved rounds, and ratios of those. */

/**
 * The middle value; the mean of the two in the middle where there is no single one.
 * @throws RangeError for no values.
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half];
  if (upper === undefined) throw new RangeError('There is no median of nothing.');
  return sorted.length % 2 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}

/**
 * The median of the ratios of two series whose values belong together, round by round: what slows a whole round down, such as another
 * program, cancels out.
 * @throws RangeError if they are not of one length.
 */
export function medianRatio(values: readonly number[], reference: readonly number[]): number {
  if (values.length !== reference.length) throw new RangeError(`${values.length} rounds against ${reference.length}.`);
  return median(values.map((value, round) => value / (reference[round] ?? NaN)));
}

/** The order of a round: each contender starts as often as the others, so none always meets a warm machine. */
export function rotated<Item>(items: readonly Item[], round: number): Item[] {
  const start = items.length ? round % items.length : 0;
  return [...items.slice(start), ...items.slice(0, start)];
}
