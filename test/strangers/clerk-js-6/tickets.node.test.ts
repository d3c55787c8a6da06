/** Tickets, invitations and the waitlist with Clerk's official browser script and backend package. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ClerkClient } from '@clerk/backend';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { closeBrowser, visit } from '../../support/journey.ts';
import type { Site } from '../../support/journey.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';
import { ask, hostedKey, load, refusal, serveOfficialPage } from '../official-page.ts';

const password = 'copper-lantern-meadow';

describe('@clerk/clerk-js and tickets', () => {
  let site: Site;
  let api: TestApi;
  let backend: ClerkClient;
  before(async () => {
    site = await serveOfficialPage(() => api);
    api = await startApi({ publishableKey: hostedKey, instance: { rate_limits: 'off', sign_up: { mode: 'waitlist' } } });
    backend = createOfficialBackend(api);
  });
  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  let count = 0;
  const newAddress = () => `guest${count++}+clerk_test@example.com`;
  const newUser = async () => (await backend.users.createUser({ emailAddress: [newAddress()], password })).id;
  const open = async () => {
    const visited = await visit({ policy: false });
    await visited.page.goto(site.url);
    assert.equal(await load(visited), 'ready');
    return visited;
  };

  it('signs in with a sign-in token, once', async () => {
    const userId = await newUser();
    const { token } = await backend.signInTokens.createSignInToken({ userId, expiresInSeconds: 60 });
    const { page, context } = await open();
    const signedIn = await ask(
      page,
      async (clerk, ticket) => {
        const { status, createdSessionId } = await clerk.client!.signIn.create({ strategy: 'ticket', ticket });
        await clerk.setActive({ session: createdSessionId });
        return [status, clerk.user?.id, clerk.session?.actor];
      },
      token,
    );
    assert.deepEqual(signedIn, ['complete', userId, null]);
    await ask(page, (clerk) => clerk.signOut({ redirectUrl: '#' }));
    const again = await refusal(page, (clerk, ticket) => clerk.client!.signIn.create({ strategy: 'ticket', ticket }), token);
    assert.deepEqual(again, [400, 'sign_in_token_already_used_code']);
    await context.close();
  });

  it('knows who acts in the place of a user', async () => {
    const userId = await newUser();
    const { token } = await backend.actorTokens.create({ userId, actor: { sub: 'user_support' } });
    const { page, context } = await open();
    const acting = await ask(
      page,
      async (clerk, ticket) => {
        const { createdSessionId } = await clerk.client!.signIn.create({ strategy: 'ticket', ticket: ticket! });
        await clerk.setActive({ session: createdSessionId });
        const { claims } = clerk.session!.lastActiveToken!.jwt!;
        return [clerk.user?.id, clerk.session?.actor, claims.act];
      },
      token,
    );
    assert.deepEqual(acting, [userId, { sub: 'user_support' }, { sub: 'user_support' }]);
    await context.close();
  });

  it('signs up with an invitation, whose public metadata the user has from the first moment', async () => {
    const emailAddress = newAddress();
    const publicMetadata = { role: 'admin' } as UserPublicMetadata;
    const { url } = await backend.invitations.createInvitation({ emailAddress, publicMetadata, redirectUrl: `${site.url}/` });
    const { page, context } = await open();
    const closed = await refusal(page, (clerk, values) => clerk.client!.signUp.create(values), { emailAddress, password });
    assert.deepEqual(closed, [403, 'sign_up_restricted_waitlist']);
    await page.goto(url ?? '');
    assert.equal(new URL(page.url()).origin, site.url);
    assert.equal(await load({ page }), 'ready');
    const signedUp = await ask(
      page,
      async (clerk, password) => {
        const ticket = new URLSearchParams(location.search).get('__clerk_ticket')!;
        const signUp = await clerk.client!.signUp.create({ strategy: 'ticket', ticket, unsafeMetadata: { theme: 'dark' } });
        const before = [signUp.status, signUp.missingFields, signUp.emailAddress];
        const done = await signUp.update({ password });
        await clerk.setActive({ session: done.createdSessionId });
        const { publicMetadata, unsafeMetadata, primaryEmailAddress } = clerk.user!;
        return [before, done.status, publicMetadata, unsafeMetadata, primaryEmailAddress?.verification.status];
      },
      password,
    );
    assert.deepEqual(signedUp, [
      ['missing_requirements', ['password'], emailAddress],
      'complete',
      { role: 'admin' },
      { theme: 'dark' },
      'verified',
    ]);
    await context.close();
  });

  it('joins the waitlist', async () => {
    const emailAddress = newAddress();
    const { page, context } = await open();
    const joined = await ask(page, async (clerk, emailAddress) => (await clerk.joinWaitlist({ emailAddress })).id, emailAddress);
    const [entry] = (await backend.waitlistEntries.list({ query: emailAddress })).data;
    assert.deepEqual([entry?.id, entry?.status], [joined, 'pending']);
    await context.close();
  });
});
