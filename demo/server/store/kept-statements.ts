/**
 * Statements that PostgreSQL keeps, so that it parses and plans each once a connection rather than at every request: planning the query
 * for a user takes several times as long as running it.
 */
import { createHash } from 'node:crypto';
import type { PostgresQueryResult } from 'kysely';
import type pg from 'pg';
import type { Silence } from './silence.ts';

/** Calls after which a statement is kept: some are sent only once, at the start. */
const worthKeeping = 3;
/** Statements that are counted, and so at most kept; those with lists of values come in many lengths. */
const maximumStatements = 500;

/** Names statements; one for each pool, whose connections share it. */
export interface StatementNames {
  /** The name of a statement that is to be kept. */
  nameOf(text: string): string | undefined;
  /** From now on all of them get other names: what was planned for a table that has changed since is of no use any more. */
  renew(): void;
}

export function createStatementNames(): StatementNames {
  const calls = new Map<string, { count: number; name: string }>();
  let generation = 0;
  return {
    nameOf: (text) => {
      let known = calls.get(text);
      if (!known) {
        if (calls.size >= maximumStatements) return undefined;
        known = { count: 0, name: createHash('sha256').update(`${generation} ${text}`).digest('base64url') };
        calls.set(text, known);
      }
      known.count++;
      return known.count > worthKeeping ? known.name : undefined;
    },
    renew: () => {
      generation++;
      calls.clear();
    },
  };
}

/** `true` if a kept statement does not fit the tables any more: another process has migrated them. */
const isOutdatedPlan = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '0A000';

/** A connection whose statements are kept: the part of one that Kysely uses. */
export class KeepingConnection {
  readonly #client: pg.PoolClient;
  readonly #names: StatementNames;
  readonly #silence: Silence;

  constructor(client: pg.PoolClient, names: StatementNames, silence: Silence) {
    this.#client = client;
    this.#names = names;
    this.#silence = silence;
  }

  async query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>> {
    // What has no values, such as `commit`, is cheaper without a plan.
    const name = values.length ? this.#names.nameOf(text) : undefined;
    try {
      const result = await this.#silence.watch(this.#client, () =>
        this.#client.query<object>({ text, values: [...values], ...(name !== undefined && { name }) }),
      );
      return result as unknown as PostgresQueryResult<Row>;
    } catch (error) {
      if (isOutdatedPlan(error)) this.#names.renew();
      throw error;
    }
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy);
  }
}
