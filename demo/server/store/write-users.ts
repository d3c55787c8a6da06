/** Users and their metadata as they are written: each change notes itself (`changes.ts`). */
import { sql } from 'kysely';
import type { Insertable, Updateable } from 'kysely';
import { notFound, parameterError } from '../errors.ts';
import { createId } from '../ids.ts';
import { buildOnce } from './built-query.ts';
import { isObserved, noteDeletedUser, noteUser } from './changes.ts';
import { inTransaction, violatedUniqueIndex, whereObserved } from './database.ts';
import type { Database } from './database.ts';
import { insertIdentification } from './identifications.ts';
import type { IdentificationKind, NewIdentification } from './identifications.ts';
import type { MetadataDocument, UserTable } from './tables/people.ts';
import { findBackendUser, findUser } from './users.ts';
import type { User } from './users.ts';

/** What a new user starts with. Documents are checked by the caller (`domain/metadata.ts`). */
export interface NewUser extends Partial<
  Omit<
    Insertable<UserTable>,
    | 'id'
    | 'public_metadata'
    | 'private_metadata'
    | 'unsafe_metadata'
    | 'username_normalized'
    | 'primary_email_address_id'
    | 'primary_phone_number_id'
    | 'updated_at'
  >
> {
  public_metadata?: MetadataDocument;
  private_metadata?: MetadataDocument;
  unsafe_metadata?: MetadataDocument;
  /** The first one becomes the primary address. */
  email_addresses: NewIdentification[];
  phone_numbers?: NewIdentification[];
}

/**
 * Creates a user with its addresses and numbers in one transaction, joining the caller's.
 * @throws ApiError 422 `form_identifier_exists` with the parameter whose value is taken.
 */
export async function insertUser(database: Database, user: NewUser, now: number): Promise<User> {
  const { email_addresses, phone_numbers = [], public_metadata, private_metadata, unsafe_metadata, ...values } = user;
  const id = createId('user');
  return inTransaction(database, async (transaction) => {
    await transaction
      .insertInto('users')
      .values({
        created_at: now,
        updated_at: now,
        ...values,
        id,
        username_normalized: normalizeUsername(values.username),
        public_metadata: JSON.stringify(public_metadata ?? {}),
        private_metadata: JSON.stringify(private_metadata ?? {}),
        unsafe_metadata: JSON.stringify(unsafe_metadata ?? {}),
      })
      .execute()
      .catch((error: unknown) => {
        throw identifierTaken(error);
      });
    const insertAll = async (kind: IdentificationKind, identifications: NewIdentification[]) => {
      const ids = [];
      for (const [index, identification] of identifications.entries()) {
        // Keeps the order in which they were given.
        ids.push(await insertIdentification(transaction, { kind, userId: id, identification }, now + index));
      }
      return ids[0] ?? null;
    };
    const primaries = {
      primary_email_address_id: await insertAll('email_address', email_addresses),
      primary_phone_number_id: await insertAll('phone_number', phone_numbers),
    };
    await transaction.updateTable('users').set(primaries).where('id', '=', id).execute();
    noteUser(transaction, id, 'created');
    return findUser(transaction, id) as Promise<User>;
  });
}

/** Columns that may simply be set; `username` carries its normalised twin along. */
export type UserChanges = Omit<
  Updateable<UserTable>,
  'id' | 'public_metadata' | 'private_metadata' | 'unsafe_metadata' | 'username_normalized' | 'updated_at'
>;

/** Columns that say that somebody was here. The session that comes with it says so too, and the person is the same as before. */
const presence: (keyof UserChanges)[] = ['last_sign_in_at', 'last_active_at'];
const isPresence = (changes: UserChanges): boolean => {
  const names = Object.keys(changes) as (keyof UserChanges)[];
  return names.length > 0 && names.every((name) => presence.includes(name));
};

/**
 * Changes columns of a user. `updated_at` strictly grows, or browsers would keep their old copy (dossier part 1, §7.2).
 * @throws ApiError 404 if there is no such user; 422 `form_identifier_exists` if a value is taken.
 */
export async function updateUser(database: Database, id: string, changes: UserChanges, now: number): Promise<void> {
  const values = 'username' in changes ? { ...changes, username_normalized: normalizeUsername(changes.username) } : changes;
  try {
    await whereObserved(database, async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('users')
        .set((eb) => ({ ...values, updated_at: eb.fn<number>('greatest', [eb.val(now), eb('updated_at', '+', 1)]) }))
        .where('id', '=', id)
        .executeTakeFirst();
      if (!numUpdatedRows) throw notFound('user');
      if (!isPresence(changes)) noteUser(transaction, id, 'updated');
    });
  } catch (error) {
    throw identifierTaken(error);
  }
}

/** Keeps the same password under another hash, unless it was changed meanwhile. */
export async function replacePasswordHash(database: Database, userId: string, { from, to }: { from: string; to: string }): Promise<void> {
  await database.updateTable('users').set({ password_hash: to }).where('id', '=', userId).where('password_hash', '=', from).execute();
}

/** The three documents of a user. */
export type MetadataKind = 'public_metadata' | 'private_metadata' | 'unsafe_metadata';
export type MetadataDocuments = Record<MetadataKind, MetadataDocument>;

/**
 * Changes metadata: `change` gets the stored documents and gives back those to store, or throws. The row stays locked from
 * reading to writing, so writers at the same time never lose each other's keys (security.md, D6).
 * @throws ApiError 404 if there is no such user.
 */
export async function changeMetadata(
  database: Database,
  id: string,
  change: (stored: MetadataDocuments) => Partial<MetadataDocuments>,
  now: number,
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    const [stored] = await selectMetadataForUpdate(transaction, { id });
    if (!stored) throw notFound('user');
    const changed = change(stored);
    const textOf = (kind: MetadataKind) => (kind in changed ? JSON.stringify(changed[kind]) : null);
    const [updated] = await updateMetadata(transaction, {
      id,
      now,
      public_metadata: textOf('public_metadata'),
      private_metadata: textOf('private_metadata'),
      unsafe_metadata: textOf('unsafe_metadata'),
    });
    if (!updated) throw notFound('user');
    noteUser(transaction, id, 'updated');
  });
}

const selectMetadataForUpdate = buildOnce((database, { id }: { id: string }) =>
  database.selectFrom('users').select(['public_metadata', 'private_metadata', 'unsafe_metadata']).where('id', '=', id).forUpdate(),
);

/** Documents as JSON text; one that is `null`, which is no JSON text, stays as it is. */
type MetadataUpdate = Record<MetadataKind, string | null> & { id: string; now: number };

const updateMetadata = buildOnce((database, values: MetadataUpdate) =>
  database
    .updateTable('users')
    .set((eb) => ({
      public_metadata: sql<string>`coalesce(${values.public_metadata}, public_metadata)`,
      private_metadata: sql<string>`coalesce(${values.private_metadata}, private_metadata)`,
      unsafe_metadata: sql<string>`coalesce(${values.unsafe_metadata}, unsafe_metadata)`,
      updated_at: eb.fn<number>('greatest', [eb.val(values.now), eb('updated_at', '+', 1)]),
    }))
    .where('id', '=', values.id)
    .returning('id'),
);

/**
 * Keeps the row from other writers until the transaction ends. Who changes clients or sessions of a user too, does this first: in one
 * order nobody waits in a circle, and nobody gets a session who is just being deleted.
 * @throws ApiError 404 if there is no such user.
 */
export async function lockUser(transaction: Database, id: string): Promise<void> {
  const row = await transaction.selectFrom('users').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw notFound('user');
}

/** Deletes a user with everything that hangs on it; `false` if there was none. */
export async function deleteUser(database: Database, id: string): Promise<boolean> {
  return whereObserved(database, async (transaction) => {
    const user = isObserved(transaction) ? await findBackendUser(transaction, id) : undefined;
    const { numDeletedRows } = await transaction.deleteFrom('users').where('id', '=', id).executeTakeFirst();
    if (!numDeletedRows) return false;
    if (user) noteDeletedUser(transaction, user);
    return true;
  });
}

const normalizeUsername = (username: string | null | undefined) => username?.toLowerCase() ?? null;

const parameterOfIndex: Record<string, string> = {
  users_username_normalized_key: 'username',
  users_external_id_key: 'external_id',
};

function identifierTaken(error: unknown): unknown {
  const parameter = parameterOfIndex[violatedUniqueIndex(error) ?? ''];
  return parameter ? parameterError('form_identifier_exists', parameter, 'That value is taken. Please try another.') : error;
}
