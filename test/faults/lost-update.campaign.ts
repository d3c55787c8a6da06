/** Fifty writers of one document at the same time: none loses a key, and the limit holds (security.md §5, row 11; D6). */
import assert from 'node:assert/strict';
import { mergePatch } from '../../src/rules/merge-patch.ts';
import type { JsonObject } from '../../src/rules/merge-patch.ts';
import { maximumMetadataBytes, metadataBytes } from '../../src/rules/metadata-limits.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { plain } from '../support/documents.ts';
import { seededRandom } from './support/campaign.ts';
import type { Campaign } from './support/campaign.ts';
import { atOnce, countTurnedAway, createBrowserAt, createPerson } from './support/people.ts';
import { openStage } from './support/stage.ts';

const writers = 50;

/** One document of all, later ones before earlier ones. */
const mergeAll = (documents: JsonObject[]) => plain(documents.reduce(mergePatch, {}));
const password = 'violet-harbour-lantern';

export const campaign: Campaign = {
  name: 'lost-update',
  row: 11,
  title: 'Lost update',
  unit: 'rounds',
  sizes: { ci: 5, full: 200 },
  stages: ['own', 'two-processes'],
  run: async ({ size, isFull, seed, stage, count }) => {
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
      const read = async () => (await backends[0]!('GET', `/users/${id}`)).body.unsafe_metadata as JsonObject;
      const clear = () => backends[0]!('PUT', path, { body: { unsafe_metadata: {} } });
      /** One write, by the page or by a backend, at one of the servers. */
      const write = async (turn: number, patch: JsonObject): Promise<{ status: number }> => {
        const place = turn % servers.length;
        if (random() < 0.5) return backends[place]!('PATCH', path, { body: { unsafe_metadata: patch } });
        const form = { unsafe_metadata: JSON.stringify(patch) };
        return browsers[place]!.call('PATCH', '/me/metadata', form, { sessionId });
      };

      for (let round = 0; round < size; round++) {
        // Keys of their own, also inside of an object that all share.
        await clear();
        const patches = Array.from({ length: writers }, (_item, turn) => ({ [`key${turn}`]: round, shared: { [`key${turn}`]: turn } }));
        const statuses = await atOnce(writers, (turn) => write(turn, patches[turn]!));
        const late = countTurnedAway(statuses, { isFull });
        assert.ok(
          statuses.every(({ status }) => status === 200 || status === 503),
          `round ${round}: ${statuses.map(({ status }) => status).join()}`,
        );
        const isWritten = (_value: unknown, turn: number) => statuses[turn]?.status === 200;
        const expected = mergeAll(patches.filter(isWritten));
        const kept = await read();
        if (late) assert.deepEqual(mergeAll([kept, expected]), kept, `round ${round}`);
        else assert.deepEqual(kept, expected, `round ${round}`);

        // More than fit: what was accepted is there, what was refused is not, and all of it keeps to the limit.
        await clear();
        const bytes = 300 + Math.floor(random() * 5_000);
        const results = await atOnce(writers, (turn) => write(turn, { [`big${turn}`]: 'x'.repeat(bytes) }));
        const tooLate = countTurnedAway(results, { isFull });
        assert.ok(
          results.every(({ status }) => [200, 422, 503].includes(status)),
          `round ${round}: ${results.map(({ status }) => status).join()}`,
        );
        const named = (wanted: number) => results.flatMap(({ status }, turn) => (status === wanted ? [`big${turn}`] : []));
        const [accepted, refused] = [named(200), named(422)];
        const stored = await read();
        const what = `round ${round}, ${bytes} bytes each`;
        assert.ok(accepted.every((key) => Object.hasOwn(stored, key)) && !refused.some((key) => Object.hasOwn(stored, key)), what);
        assert.ok(metadataBytes(stored) <= maximumMetadataBytes, `${what}: ${metadataBytes(stored)} bytes`);
        const fitting = Math.floor((maximumMetadataBytes - 1) / (bytes + 10));
        assert.ok(accepted.length + tooLate >= fitting, `${what}: ${accepted.length} accepted of ${fitting} that fit`);
        count('writes accepted', writers - late + accepted.length);
        count('writes refused', refused.length);
        if (late + tooLate) count('turned away', late + tooLate);
      }
    } finally {
      await opened.stop();
    }
  },
};
