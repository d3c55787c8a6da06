/** Fifty writers of one document at the same time: none loses a key, and the limit holds (security.md §5, row 11; D6). */
import assert from 'node:assert/strict';
import { maximumMetadataBytes, metadataBytes } from '../../src/rules/metadata-limits.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { seededRandom } from './support/campaign.ts';
import type { Campaign } from './support/campaign.ts';
import { atOnce, createBrowserAt, createPerson } from './support/people.ts';
import { openStage } from './support/stage.ts';

const writers = 50;
const password = 'violet-harbour-lantern';

export const campaign: Campaign = {
  name: 'lost-update',
  row: 11,
  title: 'Lost update',
  unit: 'rounds',
  sizes: { ci: 5, full: 200 },
  stages: ['own', 'two-processes'],
  run: async ({ size, seed, stage, count }) => {
    const random = seededRandom(seed);
    const opened = await openStage(stage);
    try {
      const { servers } = opened;
      const emailAddress = 'written+clerk_test@example.com';
      const id = await createPerson(servers[0], emailAddress, { password });
      const browsers = await createBrowserAt(servers);
      const signedIn = await browsers[0]!.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
      const sessionId = signedIn.response.created_session_id as string;
      const backends = servers.map(createBackendClient);
      const path = `/users/${id}/metadata`;
      const read = async () => (await backends[0]!('GET', `/users/${id}`)).body.unsafe_metadata as Record<string, unknown>;
      const clear = () => backends[0]!('PUT', path, { body: { unsafe_metadata: {} } });
      /** One write, by the page or by a backend, at one of the servers. @returns its status. */
      const write = async (turn: number, patch: Record<string, unknown>): Promise<number> => {
        const place = turn % servers.length;
        if (random() < 0.5) return (await backends[place]!('PATCH', path, { body: { unsafe_metadata: patch } })).status;
        const form = { unsafe_metadata: JSON.stringify(patch) };
        return (await browsers[place]!.call('PATCH', '/me/metadata', form, { sessionId })).status;
      };

      for (let round = 0; round < size; round++) {
        // Keys of their own, also inside of an object that all share.
        await clear();
        const patches = Array.from({ length: writers }, (_item, turn) => ({ [`key${turn}`]: round, shared: { [`key${turn}`]: turn } }));
        const statuses = await atOnce(writers, (turn) => write(turn, patches[turn]!));
        assert.ok(
          statuses.every((status) => status === 200),
          `round ${round}: ${statuses.join()}`,
        );
        const expected = Object.fromEntries(Array.from({ length: writers }, (_item, turn) => [`key${turn}`, round]));
        const shared = Object.fromEntries(Array.from({ length: writers }, (_item, turn) => [`key${turn}`, turn]));
        assert.deepEqual(await read(), { ...expected, shared }, `round ${round}`);

        // More than fit: what was accepted is there, what was refused is not, and all of it keeps to the limit.
        await clear();
        const bytes = 300 + Math.floor(random() * 5_000);
        const results = await atOnce(writers, (turn) => write(turn, { [`big${turn}`]: 'x'.repeat(bytes) }));
        assert.ok(
          results.every((status) => status === 200 || status === 422),
          `round ${round}: ${results.join()}`,
        );
        const accepted = results.flatMap((status, turn) => (status === 200 ? [`big${turn}`] : []));
        const stored = await read();
        assert.deepEqual(Object.keys(stored).sort(), accepted.sort(), `round ${round}, ${bytes} bytes each`);
        assert.ok(metadataBytes(stored) <= maximumMetadataBytes, `round ${round}: ${metadataBytes(stored)} bytes`);
        const fitting = Math.floor((maximumMetadataBytes - 1) / (bytes + 10));
        assert.ok(accepted.length >= fitting, `round ${round}: ${accepted.length} accepted of ${fitting} that fit`);
        count('writes accepted', writers + accepted.length);
        count('writes refused', writers - accepted.length);
      }
    } finally {
      await opened.stop();
    }
  },
};
