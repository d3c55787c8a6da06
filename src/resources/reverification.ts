/** Whether a session has been verified recently enough for a sensitive action (dossier part 2, §4.4). */

/** Presets: minutes, for the second factor unless it says otherwise. */
const presets: Record<string, number> = { strict_mfa: 10, strict: 10, moderate: 60, lax: 1440 };

/**
 * @param wanted a preset's name, or `{ level, afterMinutes }`
 * @param ages minutes since the first and the second factor were verified; -1: never
 */
export function isReverified(wanted: unknown, ages: readonly number[] | null): boolean {
  const { level = wanted === 'strict_mfa' ? 'multi_factor' : 'second_factor', afterMinutes = presets[String(wanted)] ?? 0 } = Object(wanted) as {
    level?: string;
    afterMinutes?: number;
  };
  const isFresh = (age = -1) => age >= 0 && age < afterMinutes;
  const [first, second = -1] = ages ?? [];
  // Without a second factor the first one has to do.
  if (level === 'first_factor' || second < 0) return isFresh(first);
  return isFresh(second) && (level !== 'multi_factor' || isFresh(first));
}
