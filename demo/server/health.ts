/** `/v1/health`: quick, also while the database hangs (security.md §3). */
import { sql } from 'kysely';
import type { Handler } from 'hono';
import type { Dependencies } from './dependencies.ts';
import type { AppEnvironment } from './request-context.ts';

/** Milliseconds after which a silent database counts as away. */
const patience = 400;

export function health({ database }: Pick<Dependencies, 'database'>): Handler<AppEnvironment> {
  return async (c) => {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), patience);
    });
    const answer = sql`select 1`.execute(database).then(
      () => true,
      () => false,
    );
    const isWell = await Promise.race([answer, timeout]);
    clearTimeout(timer);
    return isWell
      ? c.json({ status: 'healthy' })
      : c.json({ status: 'unhealthy', message: 'database unavailable' }, 503, { 'retry-after': '1' });
  };
}
