import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';

/** A disk that is really full is a campaign of its own (`test/faults/full-disk.campaign.ts`); here PostgreSQL says the same. */
describe('D3: a full disk', () => {
  let api: TestApi;
  before(async () => void (api = await startApi({ instance: { users: [] } })));
  after(() => api.stop());

  it('is 503 with Retry-After, changes nothing, and is over when there is room', async () => {
    const call = createBackendClient(api);
    const add = () => call('POST', '/users', { body: { email_address: ['ann@example.com'], skip_password_requirement: true } });
    await sql`
      create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$
    `.execute(api.database);
    await sql`create trigger full_disk before insert on email_addresses for each row execute function refuse()`.execute(api.database);
    const { status, headers, body } = await add();
    assert.deepEqual([status, headers.get('retry-after'), body.errors[0].code], [503, '1', 'service_unavailable']);
    assert.doesNotMatch(JSON.stringify(body), /space|extend|53100/);
    assert.equal((await call('GET', '/users/count')).body.total_count, 0);
    await sql`drop trigger full_disk on email_addresses`.execute(api.database);
    assert.equal((await add()).status, 200);
  });
});
