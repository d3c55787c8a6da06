/** The lists of who may sign up and in, and of who may not; and whether they count. */
import type { Selectable } from 'kysely';
import { createId } from '../ids.ts';
import type { Database } from './database.ts';
import type { AccessIdentifierTable } from './tables/instance.ts';

export type AccessIdentifier = Selectable<AccessIdentifierTable>;
export type AccessList = AccessIdentifier['list'];

/** `undefined` if it is on the list already. */
export async function insertAccessIdentifier(
  database: Database,
  values: Pick<AccessIdentifier, 'list' | 'identifier_type' | 'identifier' | 'invitation_id'>,
  now: number,
): Promise<AccessIdentifier | undefined> {
  return database
    .insertInto('access_identifiers')
    .values({ ...values, id: createId(values.list === 'allowlist' ? 'alid' : 'blid'), created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.columns(['list', 'identifier']).doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** `false` if it is not on the list. */
export async function deleteAccessIdentifier(database: Database, { list, id }: Pick<AccessIdentifier, 'list' | 'id'>): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('access_identifiers')
    .where('list', '=', list)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The newest first, with the number of all. */
export async function listAccessIdentifiers(
  database: Database,
  list: AccessList,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ identifiers: AccessIdentifier[]; count: number }> {
  const all = database.selectFrom('access_identifiers').where('list', '=', list);
  const [identifiers, { count }] = await Promise.all([
    all.selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).offset(offset).execute(),
    all.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
  ]);
  return { identifiers, count };
}

/** Whether one of these, as they are compared, is on the list. */
export async function isListed(database: Database, list: AccessList, identifiers: readonly string[]): Promise<boolean> {
  if (!identifiers.length) return false;
  const row = await database
    .selectFrom('access_identifiers')
    .select('id')
    .where('list', '=', list)
    .where('identifier', 'in', identifiers)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export const restrictionNames = [
  'allowlist',
  'blocklist',
  'allowlist_blocklist_disabled_on_sign_in',
  'block_email_subaddresses',
  'block_disposable_email_domains',
] as const;

/** What counts, by the names of the wire. */
export type Restrictions = Record<(typeof restrictionNames)[number], boolean>;

const valueName = 'restrictions';
export const noRestrictions = Object.fromEntries(restrictionNames.map((name) => [name, false])) as Restrictions;

export async function findRestrictions(database: Database): Promise<Restrictions> {
  const row = await database.selectFrom('instance_values').select('value').where('name', '=', valueName).executeTakeFirst();
  return row ? { ...noRestrictions, ...(JSON.parse(row.value) as Partial<Restrictions>) } : noRestrictions;
}

export async function storeRestrictions(database: Database, restrictions: Restrictions): Promise<void> {
  const value = JSON.stringify(restrictions);
  await database
    .insertInto('instance_values')
    .values({ name: valueName, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
