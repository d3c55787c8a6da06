import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createLog } from '../../demo/server/log.ts';
import { startServer } from '../../demo/server/server.ts';
import type { SettingsFile } from '../../demo/server/settings.ts';
import { StartError } from '../../demo/server/start-error.ts';
import { startOwnPostgres } from '../../demo/server/store/own-postgres.ts';
import type { OwnPostgres } from '../../demo/server/store/own-postgres.ts';
import { createBackendClient } from '../support/backend-client.ts';

describe('users of the settings file', () => {
  let postgres: OwnPostgres;
  before(
    async () => void (postgres = await startOwnPostgres({ folder: 'temporary', log: createLog('silent'), parameters: { fsync: 'off' } })),
  );
  after(() => postgres.stop());

  /** Starts on the same database each time. */
  async function withServer(instance: SettingsFile, work: (call: ReturnType<typeof createBackendClient>) => Promise<void>): Promise<void> {
    const server = await startServer({
      host: '127.0.0.1',
      port: 0,
      instance,
      openDatabase: () => Promise.resolve({ address: postgres.address, close: () => Promise.resolve() }),
      log: createLog('silent'),
      print: () => undefined,
    });
    try {
      await work(createBackendClient({ backendUrl: server.backendUrl, secretKey: server.keys.secretKey }));
    } finally {
      await server.stop();
    }
  }

  const person = {
    email_address: 'Jane+clerk_test@Example.com',
    password: 'violet-harbour-lantern',
    first_name: 'Jane',
    public_metadata: { role: 'shopper' },
    private_metadata: { stripeId: '12356' },
    unsafe_metadata: { a_b: { cD: 1 } },
  };

  it('are refused together with the path of the mistake, and nobody is made then', async () => {
    const first = { email_address: 'first@example.com' };
    for (const [user, message] of [
      [{ email_address: 'b@example.com', password: 'password1' }, /users\.1\.password: .*common/],
      [{ email_address: 'FIRST@example.com' }, /users\.1\.email_address: .*taken/],
    ] as const) {
      await assert.rejects(
        withServer({ users: [first, user] }, () => Promise.resolve()),
        (error: unknown) => error instanceof StartError && message.test(error.message),
      );
    }
  });

  it('are created on the first start, with all that the file says', async () => {
    await withServer({ users: [person, { email_address: 'nopassword@example.com' }] }, async (call) => {
      const { body } = await call('GET', '/users?order_by=created_at&email_address=jane%2Bclerk_test@example.com');
      const [jane] = body;
      assert.deepEqual(
        [jane.email_addresses[0].email_address, jane.email_addresses[0].verification.status, jane.first_name, jane.password_enabled],
        ['Jane+clerk_test@example.com', 'verified', 'Jane', true],
      );
      assert.deepEqual(
        [jane.public_metadata, jane.private_metadata, jane.unsafe_metadata],
        [{ role: 'shopper' }, { stripeId: '12356' }, { a_b: { cD: 1 } }],
      );
      assert.equal((await call('POST', `/users/${jane.id}/verify_password`, { body: { password: person.password } })).status, 200);
      assert.equal((await call('GET', '/users/count')).body.total_count, 2);
      await call('DELETE', `/users/${jane.id}`);
    });
  });

  it('stay deleted, and new ones in the file are not added later', async () => {
    await withServer({ users: [person, { email_address: 'another@example.com' }] }, async (call) => {
      const { body } = await call('GET', '/users');
      assert.deepEqual(
        body.map((user: { email_addresses: { email_address: string }[] }) => user.email_addresses[0]?.email_address),
        ['nopassword@example.com'],
      );
    });
  });
});
