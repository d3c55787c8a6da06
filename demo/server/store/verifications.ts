/** Things to be proved once. A code is judged, counted and used up by one statement (security.md, C3). */
import { sql } from 'kysely';
import type { Insertable, Selectable } from 'kysely';
import type { ApiErrorItem } from '../errors.ts';
import type { Database } from './database.ts';
import type { VerificationTable } from './tables/attempts.ts';

export type Verification = Selectable<VerificationTable>;

export async function findVerification(database: Database, id: string | null): Promise<Verification | undefined> {
  if (id === null) return undefined;
  return database.selectFrom('verifications').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function insertVerification(database: Database, verification: Insertable<VerificationTable>): Promise<void> {
  await database.insertInto('verifications').values(verification).execute();
}

/**
 * Settles what was proved, or not, at a provider; of several at the same time, one does.
 * @returns whether it had this status until now.
 */
export async function settleVerification(
  database: Database,
  { id, from }: { id: string; from: 'unverified' | 'transferable' },
  { status, error = null, expireAt }: { status: 'verified' | 'failed' | 'transferable'; error?: ApiErrorItem | null; expireAt: number },
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('verifications')
    .set({ status, error: error && JSON.stringify(error), expire_at: expireAt, redirect_url: null })
    .where('id', '=', id)
    .where('status', '=', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A code that somebody has typed. */
export interface GivenCode {
  verificationId: string;
  strategy: string;
  /** What the right code hashes to. */
  codeHash: Buffer;
  /** Wrong tries after which nothing is judged any more. */
  maximumAttempts: number;
}

/**
 * Judges a code. Whoever comes at the same time waits for the row and is judged by what is left of it; `undefined` means that
 * nothing was judged, since the code is used, spent, replaced or too old.
 */
export async function consumeCode(database: Database, given: GivenCode, now: number): Promise<{ isRight: boolean } | undefined> {
  const row = await database
    .updateTable('verifications')
    .set((eb) => ({
      attempts: eb('attempts', '+', 1),
      status: sql<string>`case
        when code_hash = ${given.codeHash} then 'verified'
        when attempts + 1 >= ${given.maximumAttempts}::integer then 'failed'
        else status end`,
    }))
    .where('id', '=', given.verificationId)
    .where('strategy', '=', given.strategy)
    .where('status', '=', 'unverified')
    .where('attempts', '<', given.maximumAttempts)
    .where('expire_at', '>', now)
    .returning('status')
    .executeTakeFirst();
  return row && { isRight: row.status === 'verified' };
}

/** Changes a status that is this one: of several at once, one is told `true`. */
export async function moveVerification(
  transaction: Database,
  { id, from, to }: { id: string; from: string; to: string },
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('verifications')
    .set({ status: to })
    .where('id', '=', id)
    .where('status', '=', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ends verifications that are still open: a newer code was sent, or the secret behind them has changed. */
export async function voidVerifications(database: Database, ids: readonly (string | null)[]): Promise<void> {
  const known = ids.filter((id) => id !== null);
  if (!known.length) return;
  await database
    .updateTable('verifications')
    .set({ status: 'expired' })
    .where('id', 'in', known)
    .where('status', '=', 'unverified')
    .execute();
}

/** From here to the end of the transaction, only one at a time may send to this address: counting and sending become one step. */
export async function lockAddress(transaction: Database, sentTo: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${sentTo}, 0))`.execute(transaction);
}

/** When codes were sent to an address, latest first. */
export async function findSendTimes(database: Database, sentTo: string, since: number): Promise<number[]> {
  const rows = await database
    .selectFrom('verifications')
    .select('created_at')
    .where('sent_to', '=', sentTo)
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => row.created_at);
}

/**
 * Uses a challenge up, whatever the answer to it turns out to be: its verification is `failed` unless {@link markVerified} follows in
 * the same transaction. Of several at once, one is given it; `undefined` means that it is used, replaced or too old.
 * @returns the options that it was asked with, as JSON text.
 */
export async function takeChallenge(database: Database, id: string, strategy: string, now: number): Promise<string | undefined> {
  const row = await database
    .updateTable('verifications')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), status: 'failed' }))
    .where('id', '=', id)
    .where('strategy', '=', strategy)
    .where('status', '=', 'unverified')
    .where('expire_at', '>', now)
    .returning('nonce')
    .executeTakeFirst();
  return row?.nonce ?? undefined;
}

export async function markVerified(transaction: Database, id: string): Promise<void> {
  await transaction.updateTable('verifications').set({ status: 'verified' }).where('id', '=', id).execute();
}
