/** Counters of consecutive failures, of users and of identifiers that nobody has. Counted and checked by one statement. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Whose failures are counted: a user, or an identifier that an instance must not admit to be nobody's. */
export type LockoutSubject = { userId: string } | { identifier: string };

export interface LockoutRule {
  maxAttempts: number;
  /** Milliseconds. */
  duration: number;
}

/** Columns of a user whose failures are forgotten. */
export const noFailures = { failed_attempts: 0, last_failed_at: null, locked_until: null };

/**
 * Counts an attempt as failed, before it is judged: whoever turns out to be right calls {@link resetFailures}.
 * @returns the failures so far, this one included; `undefined` if the subject is locked, so nothing may be judged.
 */
export async function countAttempt(
  database: Database,
  subject: LockoutSubject,
  { maxAttempts, duration }: LockoutRule,
  now: number,
): Promise<number | undefined> {
  const until = now + duration;
  if ('userId' in subject) {
    // A lock that is over starts the count anew.
    const count = sql<number>`case when locked_until is null then failed_attempts + 1 else 1 end`;
    const row = await database
      .updateTable('users')
      .set({
        failed_attempts: count,
        last_failed_at: now,
        locked_until: sql<number | null>`case when ${count} >= ${maxAttempts}::integer then ${until}::bigint end`,
      })
      .where('id', '=', subject.userId)
      .where((eb) => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<=', now)]))
      .returning('failed_attempts')
      .executeTakeFirst();
    return row?.failed_attempts;
  }
  const count = sql<number>`case when identifier_lockouts.locked_until is null then identifier_lockouts.failed_attempts + 1 else 1 end`;
  const row = await database
    .insertInto('identifier_lockouts')
    .values({ identifier: subject.identifier, failed_attempts: 1, last_failed_at: now, locked_until: maxAttempts <= 1 ? until : null })
    .onConflict((conflict) =>
      conflict
        .column('identifier')
        .doUpdateSet({
          failed_attempts: count,
          last_failed_at: now,
          locked_until: sql<number | null>`case when ${count} >= ${maxAttempts}::integer then ${until}::bigint end`,
        })
        .where((eb) => eb.or([eb('identifier_lockouts.locked_until', 'is', null), eb('identifier_lockouts.locked_until', '<=', now)])),
    )
    .returning('failed_attempts')
    .executeTakeFirst();
  return row?.failed_attempts;
}

/** What an administrator's lock sets: no failure has led to it, so whoever is right does not end it (security.md, C6). */
export const lockUntil = (until: number) => ({ locked_until: until, last_failed_at: null });

/** A lock that came of counting ends with what was counted; another one goes on. */
const unlessByAdministrator = sql<number | null>`case when last_failed_at is null then locked_until end`;

/** Takes an attempt back that could not be judged. */
export async function uncountAttempt(database: Database, subject: LockoutSubject): Promise<void> {
  const values = { failed_attempts: sql<number>`greatest(failed_attempts - 1, 0)`, locked_until: unlessByAdministrator };
  if ('userId' in subject) await database.updateTable('users').set(values).where('id', '=', subject.userId).execute();
  else await database.updateTable('identifier_lockouts').set(values).where('identifier', '=', subject.identifier).execute();
}

/** Somebody has proved who they are. */
export async function resetFailures(database: Database, userId: string): Promise<void> {
  const values = { ...noFailures, locked_until: unlessByAdministrator };
  await database.updateTable('users').set(values).where('id', '=', userId).execute();
}

/**
 * Forgets failures whose last one was before a time, unless they still lock. Those of users and of identifiers that nobody has go
 * together: otherwise a tenth failure after that time would tell who exists.
 */
export async function forgetFailures(database: Database, before: number, now: number): Promise<void> {
  await database
    .deleteFrom('identifier_lockouts')
    .where('last_failed_at', '<', before)
    .where((eb) => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<=', now)]))
    .execute();
  await database
    .updateTable('users')
    .set(noFailures)
    .where('last_failed_at', '<', before)
    .where((eb) => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<=', now)]))
    .execute();
}

/** Until when a subject is locked, in milliseconds since 1970; `null` if it never was. */
export async function findLock(database: Database, subject: LockoutSubject): Promise<number | null> {
  const row =
    'userId' in subject
      ? await database.selectFrom('users').select('locked_until').where('id', '=', subject.userId).executeTakeFirst()
      : await database
          .selectFrom('identifier_lockouts')
          .select('locked_until')
          .where('identifier', '=', subject.identifier)
          .executeTakeFirst();
  return row?.locked_until ?? null;
}
