/** The SQL statements that a request really sends, by what they do: the floor runs as many of each, in the same order. */
import pg from 'pg';

/** `lock` reads a row and keeps it from other writers until the transaction ends. */
export type StatementKind = 'begin' | 'commit' | 'read' | 'lock' | 'write';

/**
 * What a statement does.
 * @throws Error for one that no request should send.
 */
export function kindOf(sql: string): StatementKind {
  const text = sql.trim().toLowerCase();
  if (/^(begin|start transaction)\b/.test(text)) return 'begin';
  if (/^commit\b/.test(text)) return 'commit';
  // A `with` that writes is a write, wherever it says so.
  if (/\b(insert into|update "|delete from)/.test(text)) return 'write';
  if (/^(select|with)\b/.test(text)) return /\bfor (no key )?(update|share)\b/.test(text) ? 'lock' : 'read';
  throw new Error(`Not expected of a request: ${sql}`);
}

/** Notes every statement that goes to PostgreSQL from here on, until `stop()`, which gives them back. */
export function recordStatements(): { stop(): string[] } {
  const { prototype } = pg.Client;
  const original = Object.getOwnPropertyDescriptor(prototype, 'query');
  if (!original) throw new Error('The client of PostgreSQL has no query().');
  const statements: string[] = [];
  const query = original.value as (...parameters: unknown[]) => unknown;
  Object.defineProperty(prototype, 'query', {
    ...original,
    value: function (this: unknown, ...parameters: unknown[]) {
      const [first] = parameters;
      statements.push(typeof first === 'string' ? first : (first as { text: string }).text);
      return query.apply(this, parameters);
    },
  });
  return {
    stop: () => {
      Object.defineProperty(prototype, 'query', original);
      return statements;
    },
  };
}
