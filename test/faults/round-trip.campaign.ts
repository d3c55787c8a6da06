/** What was accepted comes back as it was, also after the server was killed and started again (security.md §5, row 3; M7). */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonObject } from '../../src/rules/merge-patch.ts';
import { maximumMetadataBytes, metadataBytes } from '../../src/rules/metadata-limits.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { document, mergedDocument } from '../support/documents.ts';
import type { Campaign } from './support/campaign.ts';
import { openStage } from './support/stage.ts';

interface Documents {
  public_metadata: JsonObject;
  private_metadata: JsonObject;
  unsafe_metadata: JsonObject;
}

const fits = (value: JsonObject) => metadataBytes(value) <= maximumMetadataBytes;
/** The last of the three is written by a merge, which stores no `null` members. */
const documents: fc.Arbitrary<Documents> = fc.record(
  {
    public_metadata: document.filter(fits),
    private_metadata: document.filter(fits),
    unsafe_metadata: mergedDocument.filter(fits),
  },
  { noNullPrototype: true },
);

/** Writers at the same time, users of a page, and users whose documents are made at once: few, since connections wait meanwhile. */
const writers = 8;
const pageSize = 200;
const batch = 50;

export const campaign: Campaign = {
  name: 'round-trip',
  row: 3,
  title: 'Round trip of accepted documents',
  unit: 'documents',
  sizes: { ci: 1_000, full: 100_000 },
  stages: ['own', 'two-processes'],
  run: async ({ size, seed, stage, count }) => {
    const opened = await openStage(stage);
    try {
      const { servers } = opened;
      const backends = servers.map(createBackendClient);
      const users = Math.ceil(size / 3);
      /** By number of the batch; made again rather than kept. */
      const made = (number: number) => fc.sample(documents, { seed: seed + number, numRuns: batch });
      const emailOf = (number: number) => `holder-${String(number).padStart(6, '0')}@example.com`;

      let current: Documents[] = [];
      const write = async (number: number) => {
        const { unsafe_metadata, ...others } = current[number % batch]!;
        const backend = backends[number % backends.length]!;
        const body = { email_address: [emailOf(number)], skip_password_requirement: true, ...others };
        const created = await backend('POST', '/users', { body });
        assert.equal(created.status, 200, `user ${number}, seed ${seed}: ${JSON.stringify([created.body, others])}`);
        const merged = await backend('PATCH', `/users/${created.body.id}/metadata`, { body: { unsafe_metadata } });
        assert.equal(merged.status, 200, `user ${number}, seed ${seed}: ${JSON.stringify([merged.body, unsafe_metadata])}`);
      };
      for (let start = 0; start < users; start += batch) {
        current = made(start / batch);
        let next = start;
        const end = Math.min(users, start + batch);
        const work = async () => {
          while (next < end) await write(next++);
        };
        await Promise.all(Array.from({ length: writers }, work));
      }

      const compare = async (when: string) => {
        let seen = 0;
        for (let offset = 0; seen < users; offset += pageSize) {
          const query = `limit=${pageSize}&offset=${offset}&order_by=%2Bemail_address&query=holder-`;
          const page = (await backends[(offset / pageSize) % backends.length]!('GET', `/users?${query}`)).body as (Documents & {
            email_addresses: { email_address: string }[];
          })[];
          assert.ok(page.length > 0, `${when}: ${seen} users of ${users}`);
          for (const {
            email_addresses: [address],
            public_metadata,
            private_metadata,
            unsafe_metadata,
          } of page) {
            assert.equal(address?.email_address, emailOf(seen), when);
            if (seen % batch === 0) current = made(seen / batch);
            const found = { public_metadata, private_metadata, unsafe_metadata };
            assert.deepEqual(found, current[seen % batch], `${when}, user ${seen}, seed ${seed}`);
            seen++;
          }
        }
        count(`documents equal ${when}`, 3 * seen);
      };
      await compare('at once');
      for (const server of servers) await server.kill();
      await Promise.all(servers.map((server) => server.start()));
      await compare('after the server was killed and started again');
    } finally {
      await opened.stop();
    }
  },
};
