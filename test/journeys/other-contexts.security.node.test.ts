/** What other contexts say is a hint (security.md B9): forged, huge, cyclic and wrong-type messages. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { compilerHelper, enter, isLoaded, openCorePage } from '../support/core-page.ts';
import type { Core } from '../support/core-page.ts';
import { visit } from '../support/journey.ts';

describe('B9: a page', () => {
  let stage: Awaited<ReturnType<typeof openCorePage>>;

  before(async () => void (stage = await openCorePage()));
  after(() => stage.close());

  it('does not believe what other contexts say', async () => {
    const { context, page, complaints } = await visit();
    await context.addInitScript(compilerHelper);
    await page.goto(`${stage.site.url}/`);
    await isLoaded(page);
    await enter(page);
    const other = await context.newPage();
    await other.goto(`${stage.site.url}/other`);
    const state = () =>
      page.evaluate(() => {
        const { Clerk } = globalThis as unknown as { Clerk: Core };
        return {
          session: Clerk.session?.id,
          user: Clerk.user?.id,
          cookie: /__session=([^;]*)/.exec(document.cookie)?.[1],
          status: Clerk.status,
        };
      });
    const before = await state();
    assert.ok(before.session && before.user && before.cookie);
    const forged = await other.evaluate(
      async ({ session, user }) => {
        const part = (value: object) => btoa(JSON.stringify(value)).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
        const now = Math.floor(Date.now() / 1000);
        const make = (claims: object) => `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.x`;
        const cycle: Record<string, unknown> = { type: 'session' };
        cycle.self = cycle;
        const offers = [
          make({ sub: user, sid: 'sess_other', iat: now + 5, exp: now + 65 }),
          make({ sub: 'user_other', sid: session, iat: now + 5, exp: now + 65 }),
          make({ sub: user, sid: session, iat: now + 5, exp: now + 99_999 }),
          make({ sub: user, sid: session, iat: now - 600, exp: now - 540 }),
          'a.b.c',
          'x'.repeat(2_000_000),
          { toString: 'no' },
          null,
        ];
        const messages: unknown[] = [
          ...[
            null,
            5,
            'signout',
            [],
            {},
            { type: 5 },
            { type: '__proto__' },
            { type: { type: 'signout' } },
            cycle,
            new Uint8Array(1_000_000),
          ],
          ...['session', 'signout'].map((type) => ({ type, session: 'sess_other', user: { id: 'user_other' } })),
          ...offers.map((tokenRaw) => ({ sessionId: session, organizationId: null, tokenId: session, tokenRaw })),
        ];
        for (const name of ['clerk', 'clerk:session_token']) {
          const channel = new BroadcastChannel(name);
          for (const message of messages) channel.postMessage(message);
          channel.close();
        }
        return messages.length;
      },
      { session: before.session, user: before.user },
    );
    assert.ok(forged > 15);
    await page.evaluate(() => {
      for (const data of [{ session: 'sess_other' }, { return_url: 'https://evil.example/' }, { type: 'signout' }])
        window.postMessage(data, '*');
    });
    // Messages come in order: an answer to a question that is asked later comes after all of them.
    await page.evaluate('Clerk.client.reload()');
    await page.evaluate('Clerk.user.reload()');
    const afterwards = await state();
    assert.deepEqual({ ...afterwards, cookie: '' }, { ...before, cookie: '' });
    const claims = JSON.parse(Buffer.from(afterwards.cookie!.split('.')[1]!, 'base64url').toString()) as { sid: string; sub: string };
    assert.deepEqual([claims.sid, claims.sub], [before.session, before.user]);
    assert.notEqual(JSON.parse(Buffer.from(afterwards.cookie!.split('.')[0]!, 'base64url').toString()).alg, 'none');
    assert.equal(new URL(page.url()).origin, stage.site.url);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
