/** Queries that are put together once: for a large one that takes longer than PostgreSQL needs to answer it. */
import type { Compilable, CompiledQuery } from 'kysely';
import type { Database } from './database.ts';

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
    const valueOf = (parameter: unknown) => (parameter instanceof Placeholder ? values[parameter.name as keyof Values] : parameter);
    return (await database.executeQuery<Row>({ ...query, parameters: query.parameters.map(valueOf) })).rows;
  };
}
