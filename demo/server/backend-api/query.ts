/** Query strings of the Backend API: decoded once, each scalar at most once. */
import type { Context } from 'hono';
import { parameterError } from '../errors.ts';
import { duplicateParameter, parseUrlEncoded, rawQuery } from '../request-body.ts';
import type { AppEnvironment } from '../request-context.ts';

/** A query being read; empty values count as missing, since SDKs leave falsy values out. */
export interface Query {
  one(name: string): string | undefined;
  /** All values of a repeatable parameter, at most 100. */
  all(name: string): string[];
  wholeNumber(name: string, range: { minimum: number; maximum: number }): number | undefined;
  flag(name: string): boolean | undefined;
}

/** @throws ApiError 422 for an invalid encoding. */
export function readQuery(c: Context<AppEnvironment>): Query {
  const values = new Map<string, string[]>();
  for (const [name, value] of parseUrlEncoded(rawQuery(c.req.url))) {
    // PHP-style brackets are how some clients repeat a parameter.
    const plain = name.replace(/\[\]$/, '');
    if (value !== '') values.set(plain, [...(values.get(plain) ?? []), value]);
  }
  const one = (name: string) => {
    const [value, another] = values.get(name) ?? [];
    if (another !== undefined) throw duplicateParameter(name);
    if (value?.includes('\0')) throw parameterError('form_param_format_invalid', name, `${name} holds a character that cannot occur.`);
    return value;
  };
  return {
    one,
    all: (name) => {
      const list = values.get(name) ?? [];
      if (list.length > 100) throw parameterError('form_param_array_size_exceeded', name, `${name} takes at most 100 values.`);
      // Such a value matches nothing, and PostgreSQL refuses it.
      return list.map((value) => value.replaceAll('\0', '\u{fffd}'));
    },
    wholeNumber: (name, { minimum, maximum }) => {
      const value = one(name);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (!/^\d{1,15}$/.test(value) || number < minimum || number > maximum) {
        throw parameterError('form_param_value_invalid', name, `${name} must be a whole number from ${minimum} to ${maximum}.`);
      }
      return number;
    },
    flag: (name) => {
      const value = one(name);
      if (value === undefined) return undefined;
      if (value !== 'true' && value !== 'false') throw parameterError('form_param_value_invalid', name, `${name} must be true or false.`);
      return value === 'true';
    },
  };
}

/** Where a list starts and how long it is (dossier part 2, §6.1). */
export function readPage(query: Query): { limit: number; offset: number } {
  return {
    limit: query.wholeNumber('limit', { minimum: 1, maximum: 500 }) ?? 10,
    offset: query.wholeNumber('offset', { minimum: 0, maximum: 1_000_000_000 }) ?? 0,
  };
}

/**
 * How a list is sorted: `+` or `-` and a column, by `created_at` from new to old unless it says otherwise. A hand-written `+` arrives
 * as a space.
 * @throws ApiError 422 `form_param_value_invalid` for other columns.
 */
export function readOrder<Column extends string>(query: Query, columns: readonly Column[]): { column: Column; direction: 'asc' | 'desc' } {
  const [, sign = '', name = ''] = /^([+ -]?)(.*)$/s.exec(query.one('order_by') ?? '-created_at') ?? [];
  const column = columns.find((known) => known === name);
  if (column) return { column, direction: sign === '-' ? 'desc' : 'asc' };
  const message = `order_by must be one of ${columns.join(', ')}, with + or - in front.`;
  throw parameterError('form_param_value_invalid', 'order_by', message);
}

/** @throws ApiError 422 `form_param_value_invalid` for a value that is none of these. */
export function readChoice<Choice extends string>(query: Query, name: string, choices: readonly Choice[]): Choice | undefined {
  const value = query.one(name);
  const choice = choices.find((known) => known === value);
  if (value === undefined || choice) return choice;
  throw parameterError('form_param_value_invalid', name, `${name} must be one of ${choices.join(', ')}.`);
}
