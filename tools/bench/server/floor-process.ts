/**
 * The floor: what no server of this kind goes below. A bare route of the same framework that reads the body, runs as many SQL statements
 * as ours, of the same kinds and in the same order, on the same PostgreSQL, and signs one token; for a sign-in it checks one password too.
 * Each statement is the cheapest of its kind: one row by its primary key, which no other connection asks for.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { hash, verify } from '@node-rs/argon2';
import { Hono } from 'hono';
import { generateKeyPair, SignJWT } from 'jose';
import pg from 'pg';
import { serveParent } from '../processes.ts';
import type { StatementKind } from './statements.ts';

/** What the process is told. */
export interface FloorOptions {
  databaseUrl: string;
  /** How many rows: one for each connection that asks at the same time. */
  rows: number;
  routes: Record<string, FloorRoute>;
}

export interface FloorRoute {
  statements: StatementKind[];
  /** Whether a password is checked. */
  hashes: boolean;
}

const sql = {
  read: 'select id, value, changed_at from bench_floor where id = $1',
  lock: 'select id, value, changed_at from bench_floor where id = $1 for update',
  write: 'update bench_floor set value = value + 1, changed_at = $2 where id = $1',
};

/** As ours are made (`demo/server/domain/password.ts`). */
const hashParameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

serveParent({
  start: async ({ databaseUrl, rows, routes }: FloorOptions): Promise<{ url: string; postgres: string }> => {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
    await pool.query('create table bench_floor (id int primary key, value int not null, changed_at bigint not null)');
    await pool.query('insert into bench_floor select id, 0, 0 from generate_series(0, $1) as id', [rows]);
    const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
    const password = 'violet-harbour-lantern';
    const digest = await hash(password, hashParameters);

    const runStatements = async (statements: readonly StatementKind[], id: number) => {
      let client: pg.PoolClient | undefined;
      let row: unknown;
      for (const kind of statements) {
        if (kind === 'begin') client = await pool.connect();
        const target = client ?? pool;
        if (kind === 'begin' || kind === 'commit') await target.query(kind);
        else
          ({
            rows: [row = row],
          } = await target.query(sql[kind], kind === 'write' ? [id, Date.now()] : [id]));
        if (kind === 'commit') {
          client?.release();
          client = undefined;
        }
      }
      return row;
    };
    const sign = () =>
      new SignJWT({ sub: 'user', sid: 'session', jti: randomUUID() })
        .setProtectedHeader({ alg: 'RS256', kid: 'floor', typ: 'JWT' })
        .setIssuedAt()
        .setExpirationTime('60s')
        .sign(privateKey);

    const app = new Hono();
    for (const [name, { statements, hashes }] of Object.entries(routes)) {
      app.all(`/${name}/:id`, async (c) => {
        await c.req.text();
        const row = await runStatements(statements, Number(c.req.param('id')));
        if (hashes && !(await verify(digest, password))) throw new Error('The password does not fit.');
        return c.json({ response: row, jwt: await sign() });
      });
    }
    const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
    const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { rows: versions } = await pool.query<{ server_version: string }>('show server_version');
    const [{ server_version: postgres } = { server_version: '' }] = versions;
    return { postgres, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  },
});
