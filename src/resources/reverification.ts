/** Whether a session has been verified recently enough for a sensitive action (dossier part 2, §4.4). */

const minutesOf: Record<string, [level: string, minutes: number]> = {
  strict_mfa: ['multi_factor', 10],
  strict: ['second_factor', 10],
  moderate: ['second_factor', 60],
  lax: ['second_factor', 1440],
};

/**
 * @param wanted a preset's name, or `{ level, afterMinutes }`
 * @param ages minutes since the first and the second factor were verified; -1: never
 */
export function isReverified(wanted: unknown, ages: readonly number[] | null): boolean {
  const own = wanted as { level?: unknown; afterMinutes?: unknown } | null;
  const [level, minutes] = typeof wanted === 'string' ? (minutesOf[wanted] ?? []) : [own?.level, own?.afterMinutes];
  if (!ages || typeof minutes !== 'number' || minutes < 1) return false;
  const isFresh = (age = -1) => age >= 0 && age < minutes;
  const [first, second = -1] = ages;
  if (level === 'first_factor' || second === -1) return isFresh(first) && /_factor$/.test(String(level));
  if (level === 'second_factor') return isFresh(second);
  return level === 'multi_factor' && isFresh(first) && isFresh(second);
}
