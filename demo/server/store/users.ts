/** Users as they are read. Private metadata is selected by the functions for the Backend API only (security.md, M1). */
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { buildOnce, buildOnceAsJson } from './built-query.ts';
import { selectExternalAccountsOfUser } from './connected-accounts.ts';
import type { ConnectedAccount } from './connected-accounts.ts';
import type { Database } from './database.ts';
import { listWithin, ownersOf } from './identifications.ts';
import type { EmailAddress, IdentificationKind, PhoneNumber } from './identifications.ts';
import { selectPasskeysOfUser } from './passkeys.ts';
import type { Passkey } from './passkeys.ts';
import type { MetadataDocument, UserTable } from './tables/people.ts';

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
  'users.password_compromised',
  'users.created_at',
  'users.updated_at',
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
      selectExternalAccountsOfUser(eb).as('external_accounts'),
    ]);

/** The query that lists of the Backend API build on (`list-users.ts`). */
export const selectBackendUsers = (database: Database) => selectUsers(database).select('users.private_metadata');

const selectUser = buildOnceAsJson((database, { id }: { id: string }) => selectUsers(database).where('users.id', '=', id));
const selectBackendUser = buildOnceAsJson((database, { id }: { id: string }) => selectBackendUsers(database).where('users.id', '=', id));

// One text for every number of ids. PostgreSQL plans it at each request, since the number changes the plan, so one id alone has the others.
const selectUsersById = buildOnceAsJson((database, { ids }: { ids: readonly string[] }) => selectUsers(database).where(hasId(ids)));
const selectBackendUsersById = buildOnceAsJson((database, { ids }: { ids: readonly string[] }) =>
  selectBackendUsers(database).where(hasId(ids)),
);
const hasId = (ids: readonly string[]) => sql<boolean>`users.id = any(${ids})`;

/** Whether a user may do anything here; `undefined` if there is none. */
export async function findBan(database: Database, id: string): Promise<boolean | undefined> {
  return (await selectBan(database, { id }))[0]?.banned;
}

const selectBan = buildOnce((database, { id }: { id: string }) => database.selectFrom('users').select('banned').where('id', '=', id));

export async function findUser(database: Database, id: string): Promise<User | undefined> {
  return (await selectUser(database, { id }))[0] as User | undefined;
}

/** Users by id, in no particular order; unknown ids are left out. */
export async function findUsers(database: Database, ids: readonly string[]): Promise<User[]> {
  const [id, ...others] = ids;
  if (id === undefined) return [];
  return (others.length ? await selectUsersById(database, { ids }) : await selectUser(database, { id })) as User[];
}

export async function findBackendUser(database: Database, id: string): Promise<BackendUser | undefined> {
  return (await selectBackendUser(database, { id }))[0] as BackendUser | undefined;
}

/** As {@link findUsers}, with what the Backend API knows. */
export async function findBackendUsers(database: Database, ids: readonly string[]): Promise<BackendUser[]> {
  return ids.length ? ((await selectBackendUsersById(database, { ids })) as BackendUser[]) : [];
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
