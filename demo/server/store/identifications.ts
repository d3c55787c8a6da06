/** Email addresses and phone numbers of users: two tables with the same life. */
import { sql } from 'kysely';
import type { RawBuilder, Selectable } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import { ApiError, notFound, parameterError } from '../errors.ts';
import { createId } from '../ids.ts';
import { noteUser } from './changes.ts';
import { inTransaction, violatedUniqueIndex } from './database.ts';
import type { Database } from './database.ts';
import type { EmailAddressTable, PhoneNumberTable } from './tables/people.ts';
import type { Verification } from './verifications.ts';

export type IdentificationKind = 'email_address' | 'phone_number';

/** The verification that its owner has prepared; `null` where there is none (any more). */
type Prepared = { verification: Omit<Verification, 'code_hash' | 'sent_to' | 'created_at' | 'redirect_url' | 'error'> | null };

export type EmailAddress = Selectable<EmailAddressTable> & Prepared;
export type PhoneNumber = Selectable<PhoneNumberTable> & Prepared;

/** Columns of the value as it is shown, and as it is compared. */
const columns = {
  email_address: { table: 'email_addresses', value: 'email_address', normalized: 'email_address_normalized' },
  phone_number: { table: 'phone_numbers', value: 'phone_number', normalized: 'phone_number' },
} as const;

/** The table of a kind. What both have in common is written once, so one of them stands for both in the types. */
const tableOf = (kind: IdentificationKind) => columns[kind].table as 'email_addresses';
const normalizedOf = (kind: IdentificationKind) => sql.ref<string>(`${columns[kind].table}.${columns[kind].normalized}`);

/** Proved, or reserved for its user: it identifies one person, and nobody else can have it. */
export const isClaimed = ({ verified_by, reserved }: Pick<EmailAddress, 'verified_by' | 'reserved'>): boolean =>
  verified_by !== null || reserved;

/** Who has it for good; the value is normalised by `domain/identifiers.ts`. */
export const ownersOf = (database: Database, kind: IdentificationKind, normalized: string) =>
  database
    .selectFrom(tableOf(kind))
    .select(['id', 'user_id'])
    .where(normalizedOf(kind), '=', normalized)
    .where((eb) => eb.or([eb('verified_by', 'is not', null), eb('reserved', '=', true)]));

export async function isTaken(database: Database, kind: IdentificationKind, normalized: string): Promise<boolean> {
  return (await ownersOf(database, kind, normalized).executeTakeFirst()) !== undefined;
}

/** What a user has of a kind, oldest first: a column of the query that reads users. */
export function listWithin<Kind extends IdentificationKind>(
  database: Database,
  kind: Kind,
): RawBuilder<(Kind extends 'email_address' ? EmailAddress : PhoneNumber)[]> {
  const table = tableOf(kind);
  const list = database
    .selectFrom(table)
    .selectAll()
    .select((eb) =>
      jsonObjectFrom(
        eb
          .selectFrom('verifications')
          .select(['verifications.id', 'strategy', 'status', 'attempts', 'expire_at'])
          .whereRef('verifications.id', '=', `${table}.verification_id`),
      ).as('verification'),
    )
    .where(sql.ref(`${table}.user_id`), '=', sql.ref('users.id'))
    .orderBy(`${table}.created_at`)
    .orderBy(`${table}.id`);
  return jsonArrayFrom(list) as RawBuilder<never>;
}

/** The user who has written it down, claimed or not; `undefined` if there is none with this id. */
export async function findOwnerId(database: Database, kind: IdentificationKind, id: string): Promise<string | undefined> {
  const row = await database.selectFrom(tableOf(kind)).select('user_id').where('id', '=', id).executeTakeFirst();
  return row?.user_id;
}

export interface NewIdentification {
  /** As it is shown. */
  value: string;
  normalized: string;
  /** How it was proved (`email_code`, `admin`); `null` if it was not. */
  verifiedBy: string | null;
  reserved?: boolean;
  /** Phone numbers only. */
  reservedForSecondFactor?: boolean;
}

/**
 * Adds one to a user, within a transaction.
 * @returns its id.
 * @throws ApiError 422 `form_identifier_exists` if it is somebody's, or the user has it already.
 */
export async function insertIdentification(
  transaction: Database,
  { kind, userId, identification }: { kind: IdentificationKind; userId: string; identification: NewIdentification },
  now: number,
): Promise<string> {
  const { value, normalized, verifiedBy, reserved = false, reservedForSecondFactor = false } = identification;
  const id = createId('idn');
  const names = columns[kind];
  const values = {
    id,
    user_id: userId,
    [names.value]: value,
    [names.normalized]: normalized,
    reserved,
    verified_by: verifiedBy,
    verified_at: verifiedBy === null ? null : now,
    ...(kind === 'phone_number' && { reserved_for_second_factor: reservedForSecondFactor }),
    created_at: now,
    updated_at: now,
  };
  await transaction
    .insertInto(tableOf(kind))
    .values(values as never)
    .execute()
    .catch((error: unknown) => {
      throw identificationExists(error);
    });
  return id;
}

/** Columns that may be set; those of second factors on phone numbers only. */
export type IdentificationChanges = Partial<
  Pick<
    Selectable<PhoneNumberTable>,
    'verified_by' | 'verified_at' | 'reserved' | 'verification_id' | 'reserved_for_second_factor' | 'default_second_factor'
  >
>;

/** One that belongs to a user. */
export interface IdentificationKey {
  kind: IdentificationKind;
  id: string;
  userId: string;
}

/**
 * Changes one within a transaction.
 * @throws ApiError 404 if the user has no such one; 400 `identification_claimed` if somebody else has proved it meanwhile.
 */
export async function updateIdentification(
  transaction: Database,
  { kind, id, userId }: IdentificationKey,
  changes: IdentificationChanges,
  now: number,
): Promise<void> {
  const { numUpdatedRows } = await transaction
    .updateTable(tableOf(kind))
    .set({ ...changes, updated_at: now } as never)
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
    .catch((error: unknown) => {
      throw violatedUniqueIndex(error) === `${columns[kind].table}_claimed` ? identificationClaimed() : error;
    });
  if (!numUpdatedRows) throw notFound(kind.replace('_', ' '));
  noteUser(transaction, userId, 'updated');
}

/** Marks one as proved, within the transaction that proves it. @throws as {@link updateIdentification}. */
export const markVerified = (transaction: Database, key: IdentificationKey, verifiedBy: string, now: number): Promise<void> =>
  updateIdentification(transaction, key, { verified_by: verifiedBy, verified_at: now }, now);

/** Takes some away from a user. */
export async function deleteIdentifications(
  database: Database,
  { kind, userId, ids }: { kind: IdentificationKind; userId: string; ids: readonly string[] },
): Promise<void> {
  if (!ids.length) return;
  await inTransaction(database, async (transaction) => {
    await transaction.deleteFrom(tableOf(kind)).where('user_id', '=', userId).where('id', 'in', ids).execute();
    noteUser(transaction, userId, 'updated');
  });
}

/** The same error in the words of the API, if a unique index was run into. */
function identificationExists(error: unknown): unknown {
  const index = violatedUniqueIndex(error);
  const kind = (Object.keys(columns) as IdentificationKind[]).find((name) => index?.startsWith(`${columns[name].table}_`));
  return kind && index ? parameterError('form_identifier_exists', kind, 'That value is taken. Please try another.') : error;
}

/** 400: somebody else was faster. */
export const identificationClaimed = () =>
  new ApiError(400, {
    code: 'identification_claimed',
    message: 'Identification claimed by another user',
    longMessage: 'This belongs to another account by now. Sign in to that account, or use something else.',
  });
