/** Users and their metadata. Private metadata is selected by the functions for the Backend API only (security.md, M1). */
import type { Insertable, Selectable, Updateable } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import { notFound, parameterError } from '../errors.ts';
import { createId } from '../ids.ts';
import { isObserved, noteDeletedUser, noteUser } from './changes.ts';
import { inTransaction, violatedUniqueIndex, whereObserved } from './database.ts';
import type { Database } from './database.ts';
import type { ExternalAccount } from './external-accounts.ts';
import { insertIdentification, listWithin, ownersOf } from './identifications.ts';
import type { EmailAddress, IdentificationKind, NewIdentification, PhoneNumber } from './identifications.ts';
import { selectPasskeysOfUser } from './passkeys.ts';
import type { Passkey } from './passkeys.ts';
import type { MetadataDocument, UserTable } from './tables/people.ts';
import type { Verification } from './verifications.ts';

/** A user as the Frontend API may know it. */
export type User = Omit<Selectable<UserTable>, 'private_metadata' | 'password_hash' | 'username_normalized' | 'last_failed_at'> & {
  has_password: boolean;
  /** Has an authenticator app that has shown a code. */
  totp_enabled: boolean;
  /** Has backup codes left. */
  backup_code_enabled: boolean;
  /** Verified ones, oldest first. */
  passkeys: Passkey[];
  /** Oldest first. */
  email_addresses: EmailAddress[];
  phone_numbers: PhoneNumber[];
  /** Oldest first; also those that are just being connected. */
  external_accounts: ConnectedAccount[];
};

/** An account at another provider, with the verification that is under way; never its tokens. */
export type ConnectedAccount = Omit<ExternalAccount, 'sealed_tokens' | 'user_id'> & {
  verification: PresentedVerification | null;
};

/** Of a verification what may be shown. */
type PresentedVerification = Pick<Verification, 'id' | 'strategy' | 'status' | 'attempts' | 'redirect_url' | 'error' | 'expire_at'>;

/** A user as the Backend API knows it. */
export type BackendUser = User & { private_metadata: MetadataDocument };

const columns = [
  'users.id',
  'users.external_id',
  'users.username',
  'users.first_name',
  'users.last_name',
  'users.password_updated_at',
  'users.locale',
  'users.public_metadata',
  'users.unsafe_metadata',
  'users.primary_email_address_id',
  'users.primary_phone_number_id',
  'users.banned',
  'users.failed_attempts',
  'users.locked_until',
  'users.delete_self_enabled',
  'users.create_organization_enabled',
  'users.create_organizations_limit',
  'users.last_sign_in_at',
  'users.last_active_at',
  'users.legal_accepted_at',
  'users.mfa_enabled_at',
  'users.mfa_disabled_at',
  'users.bypass_client_trust',
  'users.created_at',
  'users.updated_at',
] as const;

const accountColumns = [
  'external_accounts.id',
  'external_accounts.strategy',
  'external_accounts.identification_id',
  'external_accounts.provider_user_id',
  'external_accounts.approved_scopes',
  'external_accounts.email_address',
  'external_accounts.email_address_verified',
  'external_accounts.first_name',
  'external_accounts.last_name',
  'external_accounts.image_url',
  'external_accounts.username',
  'external_accounts.verified_at',
  'external_accounts.verification_id',
  'external_accounts.created_at',
  'external_accounts.updated_at',
] as const;

const selectUsers = (database: Database) =>
  database
    .selectFrom('users')
    .select(columns)
    .select((eb) => [
      eb('users.password_hash', 'is not', null).as('has_password'),
      eb
        .exists(
          eb
            .selectFrom('authenticators')
            .select('id')
            .whereRef('authenticators.user_id', '=', 'users.id')
            .where('verified_at', 'is not', null),
        )
        .as('totp_enabled'),
      eb
        .exists(eb.selectFrom('backup_codes').select('code_hash').whereRef('backup_codes.user_id', '=', 'users.id'))
        .as('backup_code_enabled'),
      listWithin(database, 'email_address').as('email_addresses'),
      listWithin(database, 'phone_number').as('phone_numbers'),
      selectPasskeysOfUser(eb).as('passkeys'),
      jsonArrayFrom(
        eb
          .selectFrom('external_accounts')
          .select(accountColumns)
          .select((inner) =>
            jsonObjectFrom(
              inner
                .selectFrom('verifications')
                .select(['id', 'strategy', 'status', 'attempts', 'redirect_url', 'error', 'expire_at'])
                .whereRef('verifications.id', '=', 'external_accounts.verification_id'),
            ).as('verification'),
          )
          .whereRef('external_accounts.user_id', '=', 'users.id')
          .orderBy('external_accounts.created_at')
          .orderBy('external_accounts.id'),
      ).as('external_accounts'),
    ]);

/** The query that lists of the Backend API build on (`list-users.ts`). */
export const selectBackendUsers = (database: Database) => selectUsers(database).select('users.private_metadata');

export async function findUser(database: Database, id: string): Promise<User | undefined> {
  return selectUsers(database).where('users.id', '=', id).executeTakeFirst() as Promise<User | undefined>;
}

/** Users by id, in no particular order; unknown ids are left out. */
export async function findUsers(database: Database, ids: readonly string[]): Promise<User[]> {
  if (!ids.length) return [];
  return selectUsers(database).where('users.id', 'in', ids).execute() as Promise<User[]>;
}

export async function findBackendUser(database: Database, id: string): Promise<BackendUser | undefined> {
  return selectBackendUsers(database).where('users.id', '=', id).executeTakeFirst() as Promise<BackendUser | undefined>;
}

/** As {@link findUsers}, with what the Backend API knows. */
export async function findBackendUsers(database: Database, ids: readonly string[]): Promise<BackendUser[]> {
  if (!ids.length) return [];
  return selectBackendUsers(database).where('users.id', 'in', ids).execute() as Promise<BackendUser[]>;
}

/** Who signs in with this identifier; both forms normalised by `domain/identifiers.ts`. */
export async function findUserByIdentifier(
  database: Database,
  identifier: { emailAddress: string } | { phoneNumber: string } | { username: string },
): Promise<User | undefined> {
  const users = selectUsers(database);
  const ownedBy = (kind: IdentificationKind, normalized: string) =>
    users.where('users.id', '=', ownersOf(database, kind, normalized).clearSelect().select('user_id'));
  const query =
    'username' in identifier
      ? users.where('users.username_normalized', '=', identifier.username)
      : 'phoneNumber' in identifier
        ? ownedBy('phone_number', identifier.phoneNumber)
        : ownedBy('email_address', identifier.emailAddress);
  return query.executeTakeFirst() as Promise<User | undefined>;
}

/** The stored hash; `null` if the user has no password or does not exist. */
export async function findPasswordHash(database: Database, userId: string): Promise<string | null> {
  const row = await database.selectFrom('users').select('password_hash').where('id', '=', userId).executeTakeFirst();
  return row?.password_hash ?? null;
}

/** Keeps the same password under another hash, unless it was changed meanwhile. */
export async function replacePasswordHash(database: Database, userId: string, { from, to }: { from: string; to: string }): Promise<void> {
  await database.updateTable('users').set({ password_hash: to }).where('id', '=', userId).where('password_hash', '=', from).execute();
}

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
    const stored = await transaction
      .selectFrom('users')
      .select(['public_metadata', 'private_metadata', 'unsafe_metadata'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!stored) throw notFound('user');
    const changed = Object.entries(change(stored)).map(([kind, document]) => [kind, JSON.stringify(document)]);
    await updateUser(transaction, id, Object.fromEntries(changed) as UserChanges, now);
  });
}

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
