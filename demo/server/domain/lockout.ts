/**
 * Lockout: so many failures in a row, over all factors, end guessing for a while (dossier part 2, §2.10; security.md, C4).
 * An attempt is counted before it is judged and forgiven if it was right: however many come at once, no more are judged.
 */
import type { Dependencies } from '../dependencies.ts';
import { ApiError } from '../errors.ts';
import type { ApiErrorItem } from '../errors.ts';
import type { InstanceSettings } from '../settings.ts';
import type { Database } from '../store/database.ts';
import { countAttempt, findLock, uncountAttempt } from '../store/lockouts.ts';
import type { LockoutRule, LockoutSubject } from '../store/lockouts.ts';

type LockoutContext = Pick<Dependencies, 'database' | 'settings' | 'now'>;

/** Attempts left at which a warning is given. */
const warnedAt = 2;

export const lockoutRule = ({ lockout }: InstanceSettings): LockoutRule => ({
  maxAttempts: lockout.maxAttempts,
  duration: lockout.durationInMinutes * 60_000,
});

/** 403 `user_locked`; how long is only in the text (dossier part 2, §2.10). */
export function userLocked(until: number | null, now: number): ApiError {
  const minutes = Math.max(1, Math.ceil(((until ?? now) - now) / 60_000));
  return new ApiError(403, {
    code: 'user_locked',
    message: 'Account locked',
    longMessage: `Your account is locked. You will be able to try again in ${minutes === 1 ? '1 minute' : `${minutes} minutes`}.`,
  });
}

/** The items that a failed attempt adds to its own error: a warning when few attempts are left. */
export function lockoutWarnings(failures: number, { lockout }: InstanceSettings): ApiErrorItem[] {
  const left = Math.max(0, lockout.maxAttempts - failures);
  if (left > warnedAt) return [];
  const longMessage =
    left === 0
      ? 'Your account is now locked.'
      : `You have ${left === 1 ? '1 attempt' : `${left} attempts`} left before your account is locked.`;
  return [{ code: 'account_lockout_warning', message: 'Account lockout warning', longMessage }];
}

/**
 * Counts an attempt within the transaction that judges it, so others wait for the outcome; rolling back takes it back.
 * @returns the failures so far, this attempt included.
 * @throws ApiError 403 `user_locked`.
 */
export async function countWithin(context: LockoutContext, transaction: Database, subject: LockoutSubject): Promise<number> {
  const failures = await countAttempt(transaction, subject, lockoutRule(context.settings), context.now());
  if (failures === undefined) throw userLocked(await findLock(transaction, subject), context.now());
  return failures;
}

/** Judgements under way in this process, by subject. */
const underWay = new Map<string, Set<Promise<unknown>>>();

const keyOf = (subject: LockoutSubject) => ('userId' in subject ? subject.userId : `identifier:${subject.identifier}`);
const judgementsOf = (subject: LockoutSubject) => [...(underWay.get(keyOf(subject)) ?? [])];

/**
 * Asks until there is an answer. "Locked" is none while all that is left is taken by attempts that are still being judged: people
 * with the right password are not refused because they came at the same time.
 */
async function unlessLocked<Result>(
  { database, now }: LockoutContext,
  subject: LockoutSubject,
  ask: () => Promise<Result | undefined>,
): Promise<Result> {
  for (;;) {
    const before = judgementsOf(subject);
    const answer = await ask();
    if (answer !== undefined) return answer;
    const running = before.length ? before : judgementsOf(subject);
    if (!running.length) throw userLocked(await findLock(database, subject), now());
    await Promise.allSettled(running);
  }
}

/** @throws ApiError 403 `user_locked`. */
export async function refuseLocked(context: LockoutContext, subject: LockoutSubject): Promise<void> {
  await unlessLocked(context, subject, async () => {
    const until = await findLock(context.database, subject);
    return until !== null && until > context.now() ? undefined : true;
  });
}

/**
 * Counts an attempt whose judgement takes long, outside any transaction.
 *
 * @param judge if it was right, does all that follows too, `resetFailures` included; if it throws, nothing was judged.
 * @returns what `judge` says, and the failures so far, this attempt included.
 * @throws ApiError 403 `user_locked`.
 */
export async function countAround<Result>(
  context: LockoutContext,
  subject: LockoutSubject,
  judge: () => Promise<Result>,
): Promise<{ result: Result; failures: number }> {
  const count = () => countAttempt(context.database, subject, lockoutRule(context.settings), context.now());
  const key = keyOf(subject);
  const failures = await unlessLocked(context, subject, count);
  const judgement = judge();
  const running = underWay.get(key) ?? new Set();
  underWay.set(key, running.add(judgement));
  try {
    return { result: await judgement, failures };
  } catch (error) {
    // Too busy to judge, or too late to go on: that was no failure of the person.
    await uncountAttempt(context.database, subject);
    throw error;
  } finally {
    running.delete(judgement);
    if (!running.size && underWay.get(key) === running) underWay.delete(key);
  }
}
