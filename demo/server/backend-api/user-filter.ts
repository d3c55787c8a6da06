/** Queries of `/v1/users` and `/v1/users/count` (dossier part 2, §6.2). */
import { normalizeEmailAddress, normalizePhoneNumber } from '../domain/identifiers.ts';
import { parameterError } from '../errors.ts';
import { sortableColumns, timeFilters } from '../store/list-users.ts';
import type { Choice, UserFilter, UserPage } from '../store/list-users.ts';
import type { BackendUser } from '../store/users.ts';
import { readOrder, readPage } from './query.ts';
import type { Query } from './query.ts';

/** What an instance without wallets and organisations has none of: a filter by them matches nobody. */
const foreignFilters = ['web3_wallet', 'organization_id'];

/** Beyond any date that the column can hold. */
const latestTime = 999_999_999_999_999;

/** @throws ApiError 422 for values that cannot be read. */
export function readUserFilter(query: Query): UserFilter {
  const emailAddresses = query.all('email_address');
  const normalized = emailAddresses.flatMap((address) => normalizeEmailAddress(address)?.normalized ?? []);
  const phoneNumbers = query.all('phone_number');
  const numbers = phoneNumbers.flatMap((number) => normalizePhoneNumber(asInternational(number)) ?? []);
  const [strategy] = query.all('provider');
  const accountIds = query.all('provider_user_id');
  const times = (Object.keys(timeFilters) as (keyof typeof timeFilters)[]).flatMap((name) => {
    const value = query.wholeNumber(name, { minimum: 0, maximum: latestTime });
    return value === undefined ? [] : [{ name, value }];
  });
  return {
    ids: readChoice(query.all('user_id')),
    externalIds: readChoice(query.all('external_id')),
    emailAddresses: normalized,
    phoneNumbers: numbers,
    usernames: query.all('username').map((username) => username.trim().normalize('NFKC').toLowerCase()),
    anywhere: query.one('query'),
    emailAddressPart: query.one('email_address_query'),
    phoneNumberPart: query.one('phone_number_query'),
    usernamePart: query.one('username_query'),
    namePart: query.one('name_query'),
    banned: query.flag('banned'),
    account: strategy !== undefined && accountIds.length ? { strategy, ids: accountIds } : undefined,
    times,
    // Values that nobody can have are a filter all the same.
    nobody:
      (emailAddresses.length > 0 && !normalized.length) ||
      (phoneNumbers.length > 0 && !numbers.length) ||
      // They mean something together only.
      (strategy === undefined) === accountIds.length > 0 ||
      foreignFilters.some((name) => query.all(name).length > 0),
  };
}

/** A hand-written `+` arrives as a space. */
const asInternational = (number: string) => number.replace(/^ /, '+');

/** A leading `+` includes, `-` excludes; a hand-written `+` arrives as a space. */
function readChoice(values: string[]): Choice {
  const excluded = values.filter((value) => value.startsWith('-'));
  const included = values.filter((value) => !value.startsWith('-'));
  return { include: included.map((value) => value.replace(/^[+ ]/, '')), exclude: excluded.map((value) => value.slice(1)) };
}

/**
 * @param findStart the user that `starting_after` names.
 * @throws ApiError 422 for values that cannot be read, 404 for an unknown `starting_after`.
 */
export async function readUserPage(query: Query, findStart: (id: string) => Promise<BackendUser>): Promise<UserPage> {
  const order = readOrder(query, sortableColumns);
  const start = query.one('starting_after');
  if (start !== undefined && order.column !== 'created_at') {
    throw parameterError('form_param_value_invalid', 'starting_after', 'starting_after needs order_by created_at or -created_at.');
  }
  return { ...readPage(query), order, startingAfter: start === undefined ? undefined : await findStart(start) };
}
