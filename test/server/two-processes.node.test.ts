import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createLog } from '../../demo/server/log.ts';
import { startOwnPostgres } from '../../demo/server/store/own-postgres.ts';
import type { OwnPostgres } from '../../demo/server/store/own-postgres.ts';
import { createBackendClient, refusals } from '../support/backend-client.ts';
import type { BackendCall } from '../support/backend-client.ts';
import { runServer, startServer } from '../support/server-process.ts';
import type { ServerProcess } from '../support/server-process.ts';

describe('two API processes on one database of the user’s own (DATABASE_URL)', () => {
  let postgres: OwnPostgres;
  let servers: ServerProcess[] = [];
  let one: BackendCall;
  let other: BackendCall;
  const publishableKey = `pk_test_${Buffer.from('clerk.localhost:4000$').toString('base64').replace(/=+$/, '')}`;
  let environment: Record<string, string>;

  before(async () => {
    postgres = await startOwnPostgres({ folder: 'temporary', log: createLog('silent') });
    const folder = String(postgres.address.connection.host);
    environment = {
      DATABASE_URL: `postgres://postgres@/postgres?host=${folder}`,
      CLERK_PUBLISHABLE_KEY: publishableKey,
      LOG_LEVEL: 'error',
    };
    // Both at once on an empty database: one makes the tables, keys and users, and the other waits for it.
    servers = await Promise.all([startServer(environment), startServer(environment)]);
    [one, other] = servers.map(createBackendClient) as [BackendCall, BackendCall];
  });
  after(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await postgres.stop();
  });

  it('have the same keys and the demo person once', async () => {
    const [first, second] = servers as [ServerProcess, ServerProcess];
    assert.equal(first.secretKey, second.secretKey);
    assert.deepEqual((await one('GET', '/jwks')).body, (await other('GET', '/jwks')).body);
    assert.equal((await one('GET', '/users/count')).body.total_count, 1);
    assert.match(first.output(), /^Database {9}\/\S+\/postgres \(yours\)$/m);
  });

  it('see each other’s writes at once', async () => {
    const { id } = (await one('POST', '/users', { body: { email_address: ['shared@example.com'], password: 'copper-lantern-meadow' } }))
      .body;
    assert.equal((await other('POST', `/users/${id}/verify_password`, { body: { password: 'copper-lantern-meadow' } })).status, 200);
    const { id: sessionId } = (await one('POST', '/sessions', { body: { user_id: id } })).body;
    assert.equal((await other('POST', `/sessions/${sessionId}/revoke`)).body.status, 'revoked');
    assert.equal((await one('POST', `/sessions/${sessionId}/tokens`)).status, 401);
    const taken = await other('POST', '/users', { body: { email_address: ['SHARED@example.com'], skip_password_requirement: true } });
    assert.deepEqual(refusals(taken), ['form_identifier_exists email_address']);
  });

  it('lose no write to one user', async () => {
    const { id } = (await one('POST', '/users', { body: { email_address: ['busy@example.com'], skip_password_requirement: true } })).body;
    const writes = Array.from({ length: 40 }, (_item, index) =>
      (index % 2 ? one : other)('PATCH', `/users/${id}/metadata`, { body: { unsafe_metadata: { [`key${index}`]: index } } }),
    );
    await Promise.all(writes);
    assert.equal(Object.keys((await other('GET', `/users/${id}`)).body.unsafe_metadata).length, 40);
  });

  it('go on when the other one is killed', async () => {
    const [first, second] = servers as [ServerProcess, ServerProcess];
    await first.kill();
    assert.equal((await fetch(`${second.url}/v1/health`)).status, 200);
    await first.start();
    assert.equal((await one('GET', '/users/count')).body.total_count, (await other('GET', '/users/count')).body.total_count);
  });

  it('refuse a database that is newer than they are', async () => {
    const { createConnection } = await import('../../demo/server/store/database.ts');
    const connection = createConnection(postgres.address);
    await connection.connect();
    await connection.query("insert into schema_migrations values (9999, '9999_future.sql', 'x', 0)");
    try {
      const { code, stderr } = await runServer(environment);
      assert.equal(code, 1);
      assert.match(stderr, /^The database has migration 9999_future\.sql, which this version does not know\./);
    } finally {
      await connection.query('delete from schema_migrations where number = 9999');
      await connection.end();
    }
  });
});
