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

/** What is going on in this process about one subject. */
interface Traffic {
  /** Attempts that are being counted or judged: `true` once one was judged, `false` if it was not even counted. */
  running: Set<Promise<boolean>>;
  /** How many were judged since somebody has looked. */
  judged: number;
  askers: number;
}

const traffic = new Map<string, Traffic>();

/**
 * Asks until there is an answer. "Locked" is none while all that is left is taken by attempts that are still being judged: people
 * with the right password are not refused because they came at the same time. Who is refused asks again only if another attempt
 * was judged meanwhile, so this ends.
 */
async function unlessLocked<Result>(
  { database, now }: LockoutContext,
  subject: LockoutSubject,
  { ask, isAttempt }: { ask: () => Promise<Result | undefined>; isAttempt: boolean },
): Promise<Result> {
  const key = 'userId' in subject ? subject.userId : `identifier:${subject.identifier}`;
  const here = traffic.get(key) ?? { running: new Set(), judged: 0, askers: 0 };
  traffic.set(key, here);
  here.askers++;
  try {
    for (;;) {
      const judged = here.judged;
      const before = [...here.running];
      const asked = ask();
      if (isAttempt) follow(here, asked);
      const answer = await asked;
      if (answer !== undefined) return answer;
      const outcomes = await Promise.all([...before, ...here.running]);
      if (!outcomes.includes(true) && here.judged === judged) throw userLocked(await findLock(database, subject), now());
    }
  } finally {
    here.askers--;
    if (!here.askers) traffic.delete(key);
  }
}

function follow(here: Traffic, asked: Promise<unknown>): void {
  const end = (wasJudged: boolean) => {
    here.running.delete(outcome);
    if (wasJudged) here.judged++;
    return wasJudged;
  };
  const outcome: Promise<boolean> = asked.then(
    (answer) => end(answer !== undefined),
    () => end(true),
  );
  here.running.add(outcome);
}

/** @throws ApiError 403 `user_locked`. */
export async function refuseLocked(context: LockoutContext, subject: LockoutSubject): Promise<void> {
  const ask = async () => {
    const until = await findLock(context.database, subject);
    return until !== null && until > context.now() ? undefined : true;
  };
  await unlessLocked(context, subject, { ask, isAttempt: false });
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
  const ask = async () => {
    const failures = await countAttempt(context.database, subject, lockoutRule(context.settings), context.now());
    if (failures === undefined) return undefined;
    try {
      return { result: await judge(), failures };
    } catch (error) {
      // Too busy to judge, or too late to go on: that was no failure of the person.
      await uncountAttempt(context.database, subject);
      throw error;
    }
  };
  return unlessLocked(context, subject, { ask, isAttempt: true });
}
