/** Hostile metadata over both APIs: the exact refusal, soon, nobody else waits, and nothing has changed (security.md §5, row 2; M3, M4, M6). */
import assert from 'node:assert/strict';
import { createBackendClient } from '../support/backend-client.ts';
import { percentile, seededRandom } from './support/campaign.ts';
import type { Campaign } from './support/campaign.ts';
import { hostileDocument } from './support/hostile-documents.ts';
import type { HostileDocument } from './support/hostile-documents.ts';
import { createBrowserAt, createPerson } from './support/people.ts';
import { openStage } from './support/stage.ts';

const password = 'violet-harbour-lantern';
const kept = { kept: true };
/** Bytes (security.md §3). */
const limits = { document: 8_192, frontendBody: 64 * 1024, backendBody: 256 * 1024 };
/** Milliseconds (security.md, M4), and on a machine that may be shared. */
const patience = { refusal: 50, next: 100 };
const sharedMachine = 10;

type Way = 'PATCH by a backend' | 'PUT by a backend' | 'PATCH by a page';
const ways: Way[] = ['PATCH by a backend', 'PUT by a backend', 'PATCH by a page'];

/** What a way has to make of a document. */
function expectation({ json, verdict }: HostileDocument, way: Way, bodyBytes: number): { status: number; code?: string; stored?: object } {
  const isPage = way === 'PATCH by a page';
  if (bodyBytes > (isPage ? limits.frontendBody : limits.backendBody)) return { status: 413, code: 'request_body_too_large' };
  if (verdict === 'broken' && !isPage) return { status: 400, code: 'request_body_invalid' };
  if (verdict !== 'fits') return { status: 422, code: 'form_param_value_invalid' };
  const document = JSON.parse(json) as object;
  const stored = way === 'PUT by a backend' ? document : { ...kept, ...document };
  const isTooLarge = Buffer.byteLength(JSON.stringify(stored)) > limits.document;
  return isTooLarge
    ? { status: 422, code: 'form_param_exceeds_allowed_size' }
    : { status: 200, stored: JSON.parse(JSON.stringify(stored)) as object };
}

export const campaign: Campaign = {
  name: 'hostile-metadata',
  row: 2,
  title: 'Hostile metadata over HTTP',
  unit: 'requests',
  sizes: { ci: 1_000, full: 20_000 },
  stages: ['own', 'two-processes'],
  isAlone: true,
  run: async ({ size, isFull, seed, stage, count, figure }) => {
    const random = seededRandom(seed);
    const opened = await openStage(stage);
    const times: Record<keyof typeof patience, number[]> = { refusal: [], next: [] };
    try {
      const { servers } = opened;
      const emailAddress = 'victim+clerk_test@example.com';
      const id = await createPerson(servers[0], emailAddress, { password, unsafe_metadata: kept });
      const browsers = await createBrowserAt(servers);
      const { response } = await browsers[0]!.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
      const sessionId = response.created_session_id as string;
      const backends = servers.map(createBackendClient);
      const read = async () => (await backends[0]!('GET', `/users/${id}`)).body as { unsafe_metadata: object };
      let before = await read();

      const send = async (document: HostileDocument, way: Way, turn: number) => {
        const place = turn % servers.length;
        if (way === 'PATCH by a page') {
          const form = { unsafe_metadata: document.json };
          const { status, codes } = await browsers[place]!.call('PATCH', '/me/metadata', form, { sessionId });
          return { status, code: codes[0], bytes: Buffer.byteLength(new URLSearchParams(form).toString()) };
        }
        const body = `{"unsafe_metadata":${document.json}}`;
        const method = way === 'PUT by a backend' ? 'PUT' : 'PATCH';
        const { status, body: answer } = await backends[place]!(method, `/users/${id}/metadata`, { body });
        return { status, code: answer?.errors?.[0]?.code as string | undefined, bytes: Buffer.byteLength(body) };
      };
      /** Sends it, asks for something else at once, and looks at what has become of the user. */
      const attack = async (document: HostileDocument, way: Way, turn: number) => {
        const began = performance.now();
        const { status, code, bytes } = await send(document, way, turn);
        const answered = performance.now();
        const health = await fetch(`${servers[turn % servers.length]!.url}/v1/health`);
        await health.arrayBuffer();
        const after = performance.now();
        const what = `request ${turn}: ${way}, ${document.what}: ${document.json.slice(0, 120)}`;
        const expected = expectation(document, way, bytes);
        assert.deepEqual([status, code], [expected.status, expected.code], what);
        assert.equal(health.status, 200, what);
        if (expected.stored) {
          assert.deepEqual((await read()).unsafe_metadata, expected.stored, what);
          await backends[0]!('PUT', `/users/${id}/metadata`, { body: { unsafe_metadata: kept } });
          before = await read();
        } else assert.deepEqual(await read(), before, what);
        count(expected.stored ? 'accepted' : `refused with ${status}`);
        return { what, refusal: expected.status === 422 ? answered - began : 0, next: after - answered };
      };
      const isSlow = (taken: Record<keyof typeof patience, number>) =>
        (['refusal', 'next'] as const).find((name) => taken[name] > patience[name] * (isFull ? 1 : sharedMachine));

      for (let turn = 0; turn < size; turn++) {
        const document = hostileDocument(random);
        const way = ways[Math.floor(random() * ways.length)] as Way;
        let taken = await attack(document, way, turn);
        // What a document does it does each time; what the machine does, it does once.
        for (let more = 0; more < 2 && isSlow(taken); more++) taken = await attack(document, way, turn);
        assert.equal(isSlow(taken), undefined, `${taken.what}: ${JSON.stringify(taken)} ms`);
        if (taken.refusal) times.refusal.push(taken.refusal);
        times.next.push(taken.next);
      }
      assert.equal(({} as { polluted?: unknown }).polluted, undefined);
      figure('p99 of refusals', Math.round(percentile(times.refusal, 0.99)), 'ms');
      figure('p99 of the next request', Math.round(percentile(times.next, 0.99)), 'ms');
    } finally {
      await opened.stop();
    }
  },
};
