/** Queries that are put together once: for a large one that takes longer than PostgreSQL needs to answer it. */
import { sql } from 'kysely';
import type { Compilable, CompiledQuery, SelectQueryBuilder } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

/** Stands for a value that comes with each call. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query whose values change from call to call, and nothing else of it.
 * @param build called once; it may hand the values on to the query, and look at none of them
 * @returns what runs the query and gives back its rows
 */
export function buildOnce<Values extends object, Row>(
  build: (database: Database, values: Values) => Compilable<Row>,
): (database: Database, values: Values) => Promise<Row[]> {
  const placeholders = new Proxy({} as Values, { get: (_values, name) => new Placeholder(String(name)) });
  let built: CompiledQuery<Row> | undefined;
  return async (database, values) => {
    const query = (built ??= build(database, placeholders).compile());
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Placeholder ? values[parameter.name as keyof Values] : parameter,
    );
    return (await database.executeQuery<Row>({ ...query, parameters })).rows;
  };
}

/**
 * As {@link buildOnce}, for rows of many columns: each comes as one column of JSON, since PostgreSQL describes every column anew with each
 * answer. Not for columns whose values JSON has another form for, such as `bytea` and times.
 */
export function buildOnceAsJson<Values extends object, Row extends object>(
  build: (database: Database, values: Values) => SelectQueryBuilder<Tables, keyof Tables, Row>,
): (database: Database, values: Values) => Promise<Row[]> {
  const select = buildOnce((database, values: Values) =>
    database.selectFrom(build(database, values).as('rows')).select(sql<Row>`row_to_json("rows")`.as('row')),
  );
  return async (database, values) => (await select(database, values)).map(({ row }) => row as Row);
}
