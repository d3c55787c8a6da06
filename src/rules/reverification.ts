/** Whether somebody has proved lately enough who they are (dossier part 2, §4.4). */

/** Level and minutes of the names that applications may use instead. */
const presets: Record<string, [level: string, afterMinutes: number]> = {
  strict_mfa: ['multi_factor', 10],
  strict: ['second_factor', 10],
  moderate: ['second_factor', 60],
  lax: ['second_factor', 1440],
};

/** What is asked for: a preset, or a level with the minutes that its proof is good for. */
export type ReverificationConfig = string | { level: string; afterMinutes: number };

/**
 * Who has no second factor proves the first in its place.
 * @param ages minutes since the first and the second factor were proved; -1 for never
 * @returns `false` for what is no configuration
 */
export function isProofFresh(ages: readonly number[] | null, wanted: ReverificationConfig): boolean {
  const [level, minutes] =
    typeof wanted === 'string' ? (Object.hasOwn(presets, wanted) ? presets[wanted]! : []) : [wanted.level, wanted.afterMinutes];
  const [first = -1, second = -1] = ages ?? [];
  const isFresh = (age: number) => age >= 0 && Number.isFinite(minutes) && minutes! > age;
  if (level === 'first_factor' || (second < 0 && /^(second|multi)_factor$/.test(level!))) return isFresh(first);
  return level === 'second_factor' ? isFresh(second) : level === 'multi_factor' && isFresh(first) && isFresh(second);
}
