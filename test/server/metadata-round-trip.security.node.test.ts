/** What was confirmed can be read back exactly: values, types, Unicode; the order of keys is not promised (security.md, M7). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Insertable } from 'kysely';
import { diffPatch } from '../../src/rules/diff-patch.ts';
import { mergePatch } from '../../src/rules/merge-patch.ts';
import type { JsonObject } from '../../src/rules/merge-patch.ts';
import { maximumMetadataBytes, metadataBytes } from '../../src/rules/metadata-limits.ts';
import { replaceBy, mergeInto } from '../../demo/server/domain/metadata.ts';
import type { UserTable } from '../../demo/server/store/tables/people.ts';
import { findBackendUser } from '../../demo/server/store/users.ts';
import { changeMetadata } from '../../demo/server/store/write-users.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { document, mergedDocument, plain, runs } from '../support/documents.ts';
import { createFrontendClient } from '../support/frontend-client.ts';
import { addUser } from '../support/users.ts';

/** Documents that fit, as several endpoints will take them. */
const fitting = document.filter((value) => metadataBytes(value) <= maximumMetadataBytes);
const pair = fc.tuple(
  fitting,
  mergedDocument.filter((value) => metadataBytes(value) <= maximumMetadataBytes),
);

describe('M7: documents', () => {
  let api: TestApi;
  before(async () => void (api = await startApi({ instance: { users: [] } })));
  after(() => api.stop());

  const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 1_000_000_007);

  it('come back from the database by the hundred', async (test) => {
    const hundreds = Math.ceil(runs(2_000) / 100);
    test.diagnostic(`${hundreds * 100} documents, PROPERTY_SEED=${seed}`);
    await fc.assert(
      fc.asyncProperty(fc.array(fitting, { minLength: 100, maxLength: 100 }), async (documents) => {
        const rows = documents.map((value, index) => ({
          id: `user_${String(index).padStart(3, '0')}`,
          unsafe_metadata: JSON.stringify(value),
          created_at: 1,
          updated_at: 1,
        }));
        await api.database
          .insertInto('users')
          .values(rows as unknown as Insertable<UserTable>[])
          .execute();
        const ids = rows.map(({ id }) => id);
        const stored = await api.database.selectFrom('users').select('unsafe_metadata').where('id', 'in', ids).orderBy('id').execute();
        await api.database.deleteFrom('users').where('id', 'in', ids).execute();
        assert.deepEqual(
          stored.map(({ unsafe_metadata }) => unsafe_metadata),
          documents,
        );
      }),
      { numRuns: hundreds, seed },
    );
  });

  it('come back from the database as they went in, replaced and merged', async (test) => {
    const { id } = await addUser(api, { emailAddress: 'documents@example.com' });
    const numRuns = Math.min(runs(300), 10_000);
    test.diagnostic(`${numRuns} documents, PROPERTY_SEED=${seed}`);
    const store = async (change: Parameters<typeof changeMetadata>[2]): Promise<JsonObject> => {
      await changeMetadata(api.database, id, change, Date.now());
      return (await findBackendUser(api.database, id))?.private_metadata ?? {};
    };
    await fc.assert(
      fc.asyncProperty(pair, async ([current, wanted]) => {
        assert.deepEqual(await store(replaceBy({ private_metadata: current })), current);
        const patch = diffPatch(current, wanted);
        if (metadataBytes(plain(mergePatch(current, patch))) > maximumMetadataBytes) return;
        assert.deepEqual(await store(mergeInto({ private_metadata: plain(patch) })), wanted);
      }),
      { numRuns, seed },
    );
  });

  it('come back over both APIs as they went in', async (test) => {
    const password = 'quiet-marble-lantern';
    const { id } = await addUser(api, { emailAddress: 'wire@example.com', password });
    const backend = createBackendClient(api);
    const browser = await createFrontendClient(api);
    const sessionId = (await browser.call('POST', '/client/sign_ins', { identifier: 'wire@example.com', password })).response
      .created_session_id as string;
    const numRuns = Math.min(runs(100), 1_000);
    test.diagnostic(`${numRuns} documents, PROPERTY_SEED=${seed}`);
    await fc.assert(
      fc.asyncProperty(pair, async ([current, wanted]) => {
        const replaced = await browser.call('PATCH', '/me', { unsafe_metadata: JSON.stringify(current) }, { sessionId });
        assert.deepEqual(replaced.response.unsafe_metadata, current);
        assert.deepEqual((await backend('GET', `/users/${id}`)).body.unsafe_metadata, current);
        const patch = JSON.stringify(diffPatch(current, wanted));
        const merged = await browser.call('PATCH', '/me/metadata', { unsafe_metadata: patch }, { sessionId });
        assert.deepEqual(merged.response.unsafe_metadata, wanted);
        const put = await backend('PUT', `/users/${id}/metadata`, { body: { public_metadata: current, private_metadata: wanted } });
        assert.deepEqual([put.body.public_metadata, put.body.private_metadata], [current, wanted]);
      }),
      { numRuns, seed },
    );
  });

  it('are refused where they could not come back as they were sent', async () => {
    const backend = createBackendClient(api);
    const { id } = await addUser(api, { emailAddress: 'inexact@example.com' });
    const lossy = [
      '9007199254740993',
      '0.10000000000000001',
      '1e400',
      '-1e400',
      '"\\u0000"',
      '"\\ud800"',
      '"\\udc00x"',
      '123456789012345678901',
    ];
    for (const value of lossy) {
      const { status } = await backend('PUT', `/users/${id}/metadata`, { body: `{"public_metadata":{"a":${value}}}` });
      assert.equal(status, 422, value);
    }
    assert.deepEqual((await backend('GET', `/users/${id}`)).body.public_metadata, {});
  });
});
