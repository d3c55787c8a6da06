/** Lists of users for the Backend API (dossier part 2, §6.2). Column names come from tables here, never from a request (security.md, S1). */
import { sql } from 'kysely';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import { selectBackendUsers } from './users.ts';
import type { BackendUser } from './users.ts';

export const sortableColumns = [
  'created_at',
  'updated_at',
  'email_address',
  'first_name',
  'last_name',
  'username',
  'last_active_at',
  'last_sign_in_at',
  'phone_number',
  'web3wallet',
] as const;
export type SortableColumn = (typeof sortableColumns)[number];

export const timeFilters = {
  last_active_at_before: ['last_active_at', '<'],
  last_active_at_after: ['last_active_at', '>'],
  last_active_at_since: ['last_active_at', '>='],
  last_sign_in_at_before: ['last_sign_in_at', '<'],
  last_sign_in_at_after: ['last_sign_in_at', '>'],
  created_at_before: ['created_at', '<'],
  created_at_after: ['created_at', '>'],
} as const;

/** Values to be included and excluded. */
export interface Choice {
  include: string[];
  exclude: string[];
}

export interface UserFilter {
  ids?: Choice;
  externalIds?: Choice;
  /** Normalised. */
  emailAddresses?: string[];
  phoneNumbers?: string[];
  usernames?: string[];
  /** Case-insensitive parts of texts. */
  anywhere?: string | undefined;
  emailAddressPart?: string | undefined;
  phoneNumberPart?: string | undefined;
  usernamePart?: string | undefined;
  namePart?: string | undefined;
  banned?: boolean | undefined;
  /** Who has one of these accounts at a provider, by the provider's ids. */
  account?: { strategy: string; ids: string[] } | undefined;
  times: { name: keyof typeof timeFilters; value: number }[];
  /** Filters for what this instance does not have (wallets …) match nobody. */
  nobody?: boolean;
}

export interface UserOrder {
  column: SortableColumn;
  direction: 'asc' | 'desc';
}

export interface UserPage {
  order: UserOrder;
  limit: number;
  offset: number;
  /** Begins after this user; only with order by `created_at`. */
  startingAfter?: BackendUser | undefined;
}

export async function listUsers(database: Database, filter: UserFilter, page: UserPage): Promise<BackendUser[]> {
  const { column, direction } = page.order;
  const sortBy = sortExpression(column);
  let query = selectBackendUsers(database).where((eb) => matches(eb, filter));
  const after = page.startingAfter;
  if (after) {
    const comparison = direction === 'asc' ? sql.raw('>') : sql.raw('<');
    query = query.where(sql<SqlBool>`(users.created_at, users.id) ${comparison} (${after.created_at}, ${after.id})`);
  }
  const sorted = query
    .orderBy(sortBy, (order) => (direction === 'asc' ? order.asc() : order.desc()).nullsLast())
    .orderBy('users.id', direction);
  return sorted.limit(page.limit).offset(page.offset).execute() as Promise<BackendUser[]>;
}

function sortExpression(column: SortableColumn) {
  switch (column) {
    case 'email_address':
      return sql`(select email_address_normalized from email_addresses where id = users.primary_email_address_id)`;
    case 'phone_number':
      return sql`(select phone_number from phone_numbers where id = users.primary_phone_number_id)`;
    case 'web3wallet':
      // Nobody has one here.
      return sql`null::text`;
    default:
      return sql.ref(`users.${column}`);
  }
}

export async function countUsers(database: Database, filter: UserFilter): Promise<number> {
  const row = await database
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where((eb) => matches(eb, filter))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** `%` and `_` of the search text stand for themselves. */
const containing = (part: string) => `%${part.replace(/[\\%_]/g, '\\$&')}%`;

function matches(eb: ExpressionBuilder<Tables, 'users'>, filter: UserFilter): Expression<SqlBool> {
  const conditions: Expression<SqlBool>[] = [];
  const choose = (column: 'users.id' | 'users.external_id', choice: Choice | undefined) => {
    if (choice?.include.length) conditions.push(eb(column, 'in', choice.include));
    if (choice?.exclude.length) conditions.push(eb.or([eb(column, 'is', null), eb(column, 'not in', choice.exclude)]));
  };
  const hasOne = (table: 'email_addresses' | 'phone_numbers', condition: Expression<SqlBool>) =>
    sql<boolean>`exists (select from ${sql.table(table)} where ${sql.ref(`${table}.user_id`)} = users.id and ${condition})`;
  const address = sql<string>`email_addresses.email_address_normalized`;
  const number = sql<string>`phone_numbers.phone_number`;
  const addressLike = (part: string) => hasOne('email_addresses', eb(address, 'like', containing(part.toLowerCase())));
  // However it is written, only the digits of a number are looked for.
  const numberLike = (part: string) => {
    const digits = part.normalize('NFKC').replace(/[\s().+-]/g, '');
    return /^\d+$/.test(digits) ? hasOne('phone_numbers', eb(number, 'like', containing(digits))) : eb.val(false);
  };
  const textLike = (column: 'users.username' | 'users.first_name' | 'users.last_name' | 'users.id', part: string) =>
    eb(column, 'ilike', containing(part));
  const nameLike = (part: string) => eb(sql<string>`concat_ws(' ', users.first_name, users.last_name)`, 'ilike', containing(part));

  choose('users.id', filter.ids);
  choose('users.external_id', filter.externalIds);
  if (filter.emailAddresses?.length) conditions.push(hasOne('email_addresses', eb(address, 'in', filter.emailAddresses)));
  if (filter.phoneNumbers?.length) conditions.push(hasOne('phone_numbers', eb(number, 'in', filter.phoneNumbers)));
  if (filter.usernames?.length) conditions.push(eb('users.username_normalized', 'in', filter.usernames));
  if (filter.emailAddressPart) conditions.push(addressLike(filter.emailAddressPart));
  if (filter.phoneNumberPart) conditions.push(numberLike(filter.phoneNumberPart));
  if (filter.usernamePart) conditions.push(textLike('users.username', filter.usernamePart));
  if (filter.namePart) conditions.push(nameLike(filter.namePart));
  const part = filter.anywhere;
  if (part) {
    const inTexts = [textLike('users.username', part), nameLike(part), textLike('users.id', part)];
    conditions.push(eb.or([addressLike(part), numberLike(part), ...inTexts]));
  }
  if (filter.banned !== undefined) conditions.push(eb('users.banned', '=', filter.banned));
  const { account } = filter;
  if (account) {
    const accounts = eb
      .selectFrom('external_accounts')
      .select('external_accounts.id')
      .whereRef('external_accounts.user_id', '=', 'users.id')
      .where('strategy', '=', account.strategy)
      .where('provider_user_id', 'in', account.ids)
      .where('verified_at', 'is not', null);
    conditions.push(eb.exists(accounts));
  }
  for (const { name, value } of filter.times) {
    const [column, comparison] = timeFilters[name];
    conditions.push(eb(`users.${column}`, comparison, value));
  }
  if (filter.nobody) conditions.push(eb.val(false));
  return eb.and(conditions);
}
