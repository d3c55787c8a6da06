/** Keys are handed over so that no valid token is ever refused (security.md, C8). */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, beforeEach, describe, it } from 'node:test';
import { decodeProtectedHeader } from 'jose';
import { createId } from '../../demo/server/ids.ts';
import { createSigningKey } from '../../demo/server/key-ring.ts';
import { loadKeys } from '../../demo/server/keys.ts';
import { createLog } from '../../demo/server/log.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import type { OpenDatabase } from '../../demo/server/store/database.ts';
import { deleteExpiredRows } from '../../demo/server/store/expired-rows.ts';
import { addSigningKey, replaceSigningKeys } from '../../demo/server/store/signing-keys.ts';
import { prepareDatabase } from '../../demo/server/database-address.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { TestDatabase } from '../support/test-database.ts';

const hour = 3600_000;
const newKey = () => createSigningKey(createId('ins'));

describe('N14, C8: signing keys', () => {
  let test: TestDatabase;
  let open: OpenDatabase;
  let now = Date.now();
  before(async () => {
    test = await openTestDatabase(createLog('silent'));
    await prepareDatabase(test.address);
    open = openDatabase(test.address);
  });
  after(async () => {
    await open.close();
    await test.close();
  });
  beforeEach(async () => replaceSigningKeys(open.database, await newKey(), now));

  /** The keys as a process knows them that has just read them. */
  const load = () => loadKeys(open.database, { instanceType: 'development', now: () => now });
  const published = async () => ((await (await load()).jwks()).keys as { kid: string }[]).map(({ kid }) => kid).sort();
  const signed = async () => decodeProtectedHeader(await (await load()).sign({ sub: 'user_1' })).kid;

  it('are published before they sign, and for a day after they retired', async () => {
    const first = (await signed()) ?? '';
    const old = await (await load()).sign({ sub: 'user_1' });
    const next = await newKey();
    const activatedAt = now + 600_000;
    assert.equal(await addSigningKey(open.database, next, { now, activatedAt }), undefined);

    assert.deepEqual(await published(), [first, next.id].sort());
    now = activatedAt - 1;
    assert.equal(await signed(), first);
    now = activatedAt;
    assert.equal(await signed(), next.id);
    now = activatedAt + 24 * hour - 1;
    await deleteExpiredRows(open.database, now);
    assert.deepEqual(await published(), [first, next.id].sort());
    assert.deepEqual(await (await load()).verify(old), { sub: 'user_1' });

    now = activatedAt + 24 * hour;
    assert.deepEqual(await published(), [next.id]);
    assert.equal(await (await load()).verify(old), undefined);
    await deleteExpiredRows(open.database, now + 25 * hour);
    const rows = await open.database.selectFrom('signing_keys').select(['id', 'retired_at']).execute();
    assert.deepEqual(rows, [{ id: next.id, retired_at: null }], 'a private key of no use is kept nowhere');
  });

  it('are followed by a process that read them before, and by its clock', async () => {
    const keys = await load();
    const next = await newKey();
    await addSigningKey(open.database, next, { now, activatedAt: now + 60_000 });
    const knows = async () => ((await keys.jwks()).keys as { kid: string }[]).some(({ kid }) => kid === next.id);
    for (const end = performance.now() + 60_000; !(await knows());) {
      assert.ok(performance.now() < end, 'the next key is not published');
      await delay(100);
    }
    assert.notEqual(decodeProtectedHeader(await keys.sign({})).kid, next.id);
    now += 60_000;
    assert.equal(decodeProtectedHeader(await keys.sign({})).kid, next.id);
  });

  it('come one after the other: of commands at the same time, one adds its key', async () => {
    await load();
    const keys = await Promise.all(Array.from({ length: 6 }, newKey));
    const waiting = await Promise.all(keys.map((key) => addSigningKey(open.database, key, { now, activatedAt: now + 60_000 })));
    assert.equal(waiting.filter((other) => other === undefined).length, 1);
    assert.equal((await published()).length, 2);
  });

  it('that are in wrong hands count for nothing from then on', async () => {
    const old = await (await load()).sign({ sub: 'user_1' });
    await addSigningKey(open.database, await newKey(), { now, activatedAt: now + 60_000 });
    const next = await newKey();
    await replaceSigningKeys(open.database, next, now);
    assert.deepEqual([await published(), await signed()], [[next.id], next.id]);
    assert.equal(await (await load()).verify(old), undefined);
  });
});
