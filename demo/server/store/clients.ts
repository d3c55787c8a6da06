/** Clients (browsers) and what they show to be themselves. Only the SHA-256 of a credential is kept. */
import type { Selectable, Updateable } from 'kysely';
import { createId, createSecret, sha256 } from '../ids.ts';
import { buildOnce } from './built-query.ts';
import { inTransaction } from './database.ts';
import type { Database } from './database.ts';
import type { ClientCredentialTable, ClientTable } from './tables/attempts.ts';

export type Client = Selectable<ClientTable>;
export type CredentialKind = ClientCredentialTable['kind'];

/** A client with what it was found by. */
export interface KnownClient {
  client: Client;
  secretHash: Buffer;
  /** Milliseconds since 1970: a newer credential has replaced this one, which may read until then. */
  supersededUntil: number | null;
}

/** Milliseconds that tabs in flight may still read with a replaced credential (security.md, E5). */
export const credentialGrace = 10_000;

export async function findClient(database: Database, id: string): Promise<Client | undefined> {
  return (await selectClient(database, { id }))[0];
}

const selectClient = buildOnce((database, { id }: { id: string }) => database.selectFrom('clients').selectAll().where('id', '=', id));

/**
 * Keeps others from changing the authentication of these clients until the transaction ends. The order is always users, clients by
 * id, sessions, so that nobody waits in a circle.
 */
export async function lockClients(transaction: Database, ids: readonly string[]): Promise<void> {
  if (!ids.length) return;
  await transaction.selectFrom('clients').select('id').where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute();
}

/** Whose credential this is; replaced ones are found for {@link credentialGrace} only. */
export async function findClientBySecret(
  database: Database,
  { secret, kind }: { secret: string; kind: CredentialKind },
  now: number,
): Promise<KnownClient | undefined> {
  const [row] = await selectKnownClient(database, { hash: sha256(secret), kind, now });
  if (!row) return undefined;
  const { superseded_until: supersededUntil, secret_hash: secretHash, ...client } = row;
  return { client, secretHash, supersededUntil };
}

const selectKnownClient = buildOnce((database, { hash, kind, now }: { hash: Buffer; kind: CredentialKind; now: number }) =>
  database
    .selectFrom('client_credentials')
    .innerJoin('clients', 'clients.id', 'client_credentials.client_id')
    .selectAll('clients')
    .select(['client_credentials.superseded_until', 'client_credentials.secret_hash'])
    .where('secret_hash', '=', hash)
    .where('kind', '=', kind)
    .where((eb) => eb.or([eb('superseded_until', 'is', null), eb('superseded_until', '>', now)])),
);

/** Makes a client with its first credential, whose secret is returned this once. */
export async function createClient(database: Database, kind: CredentialKind, now: number): Promise<{ client: Client; secret: string }> {
  return inTransaction(database, async (transaction) => {
    const client = await insertClient(transaction, now);
    return { client, secret: await addCredential(transaction, { clientId: client.id, kind }, now) };
  });
}

const insertClient = (database: Database, now: number): Promise<Client> =>
  database
    .insertInto('clients')
    .values({ id: createId('client'), created_at: now, updated_at: now })
    .returningAll()
    .executeTakeFirstOrThrow();

/** Gives a client one more credential. Cookies hold a plain secret, dev browsers one that says what it is. */
export async function addCredential(
  database: Database,
  { clientId, kind }: { clientId: string; kind: CredentialKind },
  now: number,
): Promise<string> {
  const secret = kind === 'dev_browser' ? `dvb_${createSecret()}` : createSecret();
  await database
    .insertInto('client_credentials')
    .values({ secret_hash: sha256(secret), client_id: clientId, kind, superseded_until: null, created_at: now })
    .execute();
  return secret;
}

/**
 * Leaves the cookies of a client with a short time to read. Dev browsers keep theirs: the official SDK's other tabs hold the id in
 * memory (security.md, E5).
 */
export async function supersedeCookies(database: Database, clientId: string, now: number): Promise<void> {
  await database
    .updateTable('client_credentials')
    .set({ superseded_until: now + credentialGrace })
    .where('client_id', '=', clientId)
    .where('kind', '=', 'cookie')
    .where('superseded_until', 'is', null)
    .execute();
}

/** Replaces one cookie, if nobody else has done so: then `true`. Of several at the same time, one is told so. */
export async function supersedeCookie(database: Database, secretHash: Buffer, now: number): Promise<boolean> {
  const row = await database
    .updateTable('client_credentials')
    .set({ superseded_until: now + credentialGrace })
    .where('secret_hash', '=', secretHash)
    .where('superseded_until', 'is', null)
    .returning('kind')
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends the time to read of replaced cookies: at sign-out. */
export async function dropSupersededCookies(database: Database, clientId: string): Promise<void> {
  await database.deleteFrom('client_credentials').where('client_id', '=', clientId).where('superseded_until', 'is not', null).execute();
}

/** Columns that may simply be set. */
export type ClientChanges = Omit<Updateable<ClientTable>, 'id' | 'created_at' | 'updated_at'>;

/** Changes columns of a client without touching `updated_at`: authentication has not changed. */
export async function updateClient(database: Database, id: string, changes: ClientChanges): Promise<void> {
  await database.updateTable('clients').set(changes).where('id', '=', id).execute();
}

/**
 * Changes a client whose authentication state has changed: `updated_at` strictly grows, and with it `__client_uat`, so tokens minted
 * before count as outdated (dossier part 1, §9.3).
 */
export async function changeAuthentication(database: Database, id: string, changes: ClientChanges, now: number): Promise<void> {
  await database
    .updateTable('clients')
    .set((eb) => ({ ...changes, updated_at: eb.fn<number>('greatest', [eb.val(now), eb('updated_at', '+', 1)]) }))
    .where('id', '=', id)
    .execute();
}

/**
 * Deletes a client with its sessions and attempts. Its dev browsers live on with a new, empty one: the id is kept in many places, and
 * only says which browser this is.
 */
export async function deleteClient(database: Database, id: string, now: number): Promise<void> {
  await inTransaction(database, async (transaction) => {
    const devBrowsers = transaction.selectFrom('client_credentials').where('client_id', '=', id).where('kind', '=', 'dev_browser');
    if (await devBrowsers.select('kind').executeTakeFirst()) {
      const { id: newId } = await insertClient(transaction, now);
      await transaction
        .updateTable('client_credentials')
        .set({ client_id: newId })
        .where('client_id', '=', id)
        .where('kind', '=', 'dev_browser')
        .execute();
    }
    await transaction.deleteFrom('clients').where('id', '=', id).execute();
  });
}
