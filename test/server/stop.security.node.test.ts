import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createConnection } from '../../demo/server/store/database.ts';
import { ownAddress } from '../faults/support/recovery.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { eventually } from '../support/eventually.ts';
import { startServer } from '../support/server-process.ts';

describe('N16: SIGTERM', () => {
  it('lets a running request end, takes no new one, closes the database and ends with 0', async () => {
    const server = await startServer({ LOG_LEVEL: 'error' });
    try {
      const call = createBackendClient(server);
      const postgres = await server.postgresPid();
      const connection = createConnection(ownAddress(server.folder));
      // If anything fails, the database goes before this connection does.
      connection.on('error', () => undefined);
      await connection.connect();
      await connection.query('begin; lock table email_addresses in share mode');
      const body = { email_address: ['last@example.com'], skip_password_requirement: true };
      const running = call('POST', '/users', { body }).then(
        ({ status }) => status,
        () => 'cut off',
      );
      await eventually('a request that waits', async () => {
        // Within a transaction the list is the same each time it is read.
        await connection.query('select pg_stat_clear_snapshot()');
        const { rows } = await connection.query("select 1 from pg_stat_activity where wait_event_type = 'Lock'");
        return rows.length > 0;
      });
      const stopped = server.stop();
      // What has a connection is answered, and loses it; a new one there is not.
      await eventually('no new work', () =>
        fetch(`${server.url}/v1/health`).then(
          () => false,
          () => true,
        ),
      );
      await connection.query('commit');
      await connection.end();
      assert.equal(await running, 200);
      assert.equal(await stopped, 0);
      assert.throws(() => process.kill(postgres, 0), { code: 'ESRCH' });
      assert.doesNotMatch(server.output(), /error/i);
    } finally {
      await server.stop();
    }
  });
});
