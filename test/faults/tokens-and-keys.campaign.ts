/** No forged token is believed, and no real one refused while keys are turned over under load (security.md §5, row 22; C7, C8). */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { verifyToken } from '@clerk/backend';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWK } from 'jose';
import { createRefreshToken } from '../../demo/server/domain/refresh-tokens.ts';
import { createId } from '../../demo/server/ids.ts';
import { createSigningKey, longestKeyAge } from '../../demo/server/key-ring.ts';
import { loadKeys } from '../../demo/server/keys.ts';
import { openDatabase } from '../../demo/server/store/database.ts';
import { addSigningKey, replaceSigningKeys } from '../../demo/server/store/signing-keys.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { seededRandom } from './support/campaign.ts';
import type { Campaign } from './support/campaign.ts';
import { createBrowserAt, createPerson } from './support/people.ts';
import { openStage } from './support/stage.ts';
import { createForger } from './support/token-mutations.ts';

const password = 'violet-harbour-lantern';
/** Milliseconds between publishing a key and signing with it; the command takes ten minutes, and two at least. */
const lead = 5_000;
/** Milliseconds for which somebody who verifies keeps the published keys. */
const copyLifetime = 1_000;
/** Requests for tokens that are always under way. */
const load = 6;

export const campaign: Campaign = {
  name: 'tokens-and-keys',
  row: 22,
  title: 'Token mutations and key rotation',
  unit: 'forged tokens',
  sizes: { ci: 200, full: 10_000 },
  run: async ({ size, isFull, seed, count }) => {
    const rotations = isFull ? 100 : 2;
    const opened = await openStage('two-processes');
    const { database, close } = openDatabase(opened.postgres!.address);
    try {
      const { servers } = opened;
      const keys = await loadKeys(database, { instanceType: 'development', now: Date.now });
      const emailAddress = 'bearer+clerk_test@example.com';
      await createPerson(servers[0], emailAddress, { password });
      const browsers = await createBrowserAt(servers);
      const { response } = await browsers[0]!.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
      const sessionId = response.created_session_id as string;
      const backends = servers.map(createBackendClient);
      const refresh_token = createRefreshToken({ keys }, sessionId);

      const issue = async (place: number): Promise<string> => {
        const { status, body } = await browsers[place % 2]!.call('POST', `/client/sessions/${sessionId}/tokens`);
        assert.equal(status, 200, JSON.stringify(body));
        return body.jwt as string;
      };
      const publishedBy = async (place: number) =>
        (await (await fetch(`${servers[place % 2]!.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet & { keys: JWK[] };
      /** What a server says to a token that somebody wants renewed. */
      const renew = async (place: number, expired_token: string): Promise<number> => {
        const body = { expired_token, refresh_token, request_origin: servers[place % 2]!.url };
        return (await backends[place % 2]!('POST', `/sessions/${sessionId}/refresh`, { body })).status;
      };

      // Forgeries, before Clerk's package for backends and before the API itself.
      const real = await issue(0);
      const kid = decodeProtectedHeader(real).kid;
      const jwk = (await publishedBy(0)).keys.find((key) => key.kid === kid)!;
      const forge = await createForger(real, jwk, seededRandom(seed));
      const { secretKey, backendUrl: apiUrl } = servers[0];
      const judge = (token: string) =>
        verifyToken(token, { secretKey, apiUrl, clockSkewInMs: 24 * 3600_000 }).then(
          () => true,
          () => false,
        );
      assert.deepEqual([await judge(real), await renew(0, real)], [true, 200], 'the real one');
      for (let turn = 0; turn < size; turn++) {
        const { what, token } = await forge();
        const shown = `forgery ${turn}, seed ${seed}: ${what}: ${token.slice(0, 2_000)}`;
        // Clerk's package reads padding, as base64 has it elsewhere: what is signed is the same, and nothing is forged. Ours has one spelling.
        if (token.replace(/=+$/, '') !== real) assert.equal(await judge(token), false, shown);
        // What no text of a request may hold is refused before anything is made of it.
        assert.equal(await renew(turn, token), !token || token.includes('\0') ? 422 : 401, shown);
        count('forged tokens refused');
      }

      // Keys are turned over while tokens are asked for and verified everywhere.
      let isOver = false;
      const ofFormerKeys = new Map<string, string>();
      const work = async (first: number) => {
        let copy = { keys: createLocalJWKSet(await publishedBy(first)), at: performance.now() };
        for (let turn = first; !isOver; turn++) {
          if (performance.now() - copy.at > copyLifetime)
            copy = { keys: createLocalJWKSet(await publishedBy(turn + 1)), at: performance.now() };
          const token = await issue(turn);
          await jwtVerify(token, copy.keys, { algorithms: ['RS256'] });
          assert.equal(await renew(turn + 1, token), 200, 'the other process refuses a token');
          ofFormerKeys.set(decodeProtectedHeader(token).kid ?? '', token);
          count('tokens verified');
        }
      };
      const rotate = async () => {
        for (let rotation = 0; rotation < rotations; rotation++) {
          const key = await createSigningKey(createId('ins'));
          const now = Date.now();
          assert.equal(await addSigningKey(database, key, { now, activatedAt: now + lead }), undefined);
          const isInUse = async (place: number) => decodeProtectedHeader(await issue(place)).kid === key.id;
          for (const end = now + lead + longestKeyAge; !((await isInUse(0)) && (await isInUse(1))); await delay(100))
            assert.ok(Date.now() < end, `rotation ${rotation}: the new key is not used`);
          count('keys turned over');
        }
      };
      await Promise.all([rotate().finally(() => (isOver = true)), ...Array.from({ length: load }, (_item, first) => work(first))]);
      assert.equal(ofFormerKeys.size, rotations + 1);
      for (const [former, token] of ofFormerKeys) {
        const keySet = createLocalJWKSet(await publishedBy(1));
        await jwtVerify(token, keySet, { algorithms: ['RS256'], currentDate: new Date(Number(decodeJwt(token).iat) * 1000) });
        assert.equal(await renew(0, token), 200, `a token of the former key ${former}`);
      }

      // In wrong hands: nothing of the former keys counts any more, soon after, and people go on.
      await replaceSigningKeys(database, await createSigningKey(createId('ins')), Date.now());
      for (const end = performance.now() + longestKeyAge; ; await delay(200)) {
        const answers = await Promise.all([...ofFormerKeys.values()].flatMap((token) => [renew(0, token), renew(1, token)]));
        if (answers.every((status) => status === 401)) break;
        assert.ok(performance.now() < end, `${answers.filter((status) => status !== 401).length} tokens of leaked keys are believed`);
      }
      await jwtVerify(await issue(0), createLocalJWKSet(await publishedBy(1)), { algorithms: ['RS256'] });
    } finally {
      await close();
      await opened.stop();
    }
  },
};
