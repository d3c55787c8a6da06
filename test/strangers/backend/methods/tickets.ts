/** Whom backends let in: invitations, sign-in tokens, actor tokens, the waitlist; and tokens for tests. Each is followed to its end. */
import assert from 'node:assert/strict';
import { createFrontendClient } from '../../../support/frontend-client.ts';
import { password, refusal } from './stage.ts';
import type { Rows, Stage } from './stage.ts';

/** What becomes of a browser that comes with a ticket. */
const redeem = async ({ api }: Pick<Stage, 'api'>, ticket: string) =>
  (await createFrontendClient(api)).call('POST', '/client/sign_ins', { strategy: 'ticket', ticket });
const signUp = async ({ api }: Pick<Stage, 'api'>, ticket: string) =>
  (await createFrontendClient(api)).call('POST', '/client/sign_ups', {
    strategy: 'ticket',
    ticket,
    password,
    username: `guest_${Date.now()}`,
  });

/** Out of the address that the invitation is sent with. */
const ticketOf = (url = '') => new URL(url).searchParams.get('ticket') ?? '';

export const tickets: Rows = {
  'invitations.createInvitation': async (stage) => {
    const invitation = await stage.clerk.invitations.createInvitation({
      emailAddress: 'invited1@example.com',
      publicMetadata: { role: 'guest' },
      redirectUrl: `${stage.api.url}/welcome`,
      expiresInDays: 3,
      notify: false,
    });
    assert.deepEqual([invitation.status, invitation.publicMetadata], ['pending', { role: 'guest' }]);
    const accepted = await fetch(invitation.url ?? '', { redirect: 'manual' });
    const landing = new URL(accepted.headers.get('location') ?? '');
    assert.deepEqual([landing.pathname, landing.searchParams.get('__clerk_status')], ['/welcome', 'sign_up']);
    const { response, client } = await signUp(stage, landing.searchParams.get('__clerk_ticket') ?? '');
    assert.equal(response.status, 'complete');
    const user = await stage.clerk.users.getUser(client.sessions[0].user.id);
    assert.deepEqual([user.primaryEmailAddress?.emailAddress, user.publicMetadata], ['invited1@example.com', { role: 'guest' }]);
    const again = stage.clerk.invitations.createInvitation({ emailAddress: 'invited1@example.com' });
    assert.match(String(await refusal(again)), /^422,form_identifier_exists/);
  },

  'invitations.createInvitationBulk': async (stage) => {
    const created = await stage.clerk.invitations.createInvitationBulk([
      { emailAddress: 'bulk1@example.com', notify: false },
      { emailAddress: 'bulk2@example.com', publicMetadata: { plan: 'pro' } },
    ]);
    assert.deepEqual(
      created.map(({ emailAddress, publicMetadata }) => [emailAddress, publicMetadata]),
      [
        ['bulk1@example.com', {}],
        ['bulk2@example.com', { plan: 'pro' }],
      ],
    );
  },

  'invitations.getInvitationList': async ({ clerk }) => {
    const first = await clerk.invitations.createInvitation({ emailAddress: 'a-listed@example.com' });
    const second = await clerk.invitations.createInvitation({ emailAddress: 'b-listed@example.com' });
    const query = '-listed@example.com';
    const list = async (more: object) => (await clerk.invitations.getInvitationList({ query, ...more })).data.map(({ id }) => id);
    assert.deepEqual(await list({ orderBy: '-email_address' }), [second.id, first.id]);
    assert.deepEqual(await list({ limit: 1, orderBy: '+created_at' }), [first.id]);
    assert.deepEqual(await list({ status: 'accepted' }), []);
  },

  'invitations.revokeInvitation': async (stage) => {
    const { id, url } = await stage.clerk.invitations.createInvitation({ emailAddress: 'revoked@example.com' });
    const revoked = await stage.clerk.invitations.revokeInvitation(id);
    assert.deepEqual([revoked.status, revoked.revoked], ['revoked', true]);
    assert.deepEqual((await signUp(stage, ticketOf(url))).codes, ['revoked_invitation']);
  },

  'invitations.deleteInvitation': async ({ clerk }) => {
    const { id } = await clerk.invitations.createInvitation({ emailAddress: 'deleted-invitation@example.com' });
    assert.equal((await clerk.invitations.deleteInvitation(id)).deleted, true);
    assert.deepEqual(await refusal(clerk.invitations.revokeInvitation(id)), [404, 'resource_not_found']);
  },

  'signInTokens.createSignInToken': async (stage) => {
    const { id: userId } = await stage.create();
    const { token, url, status } = await stage.clerk.signInTokens.createSignInToken({ userId, expiresInSeconds: 60 });
    assert.deepEqual([status, new URL(url).searchParams.get('__clerk_ticket')], ['pending', token]);
    const { response, client } = await redeem(stage, token);
    assert.deepEqual([response.status, client.sessions[0].user.id], ['complete', userId]);
    assert.deepEqual((await redeem(stage, token)).codes, ['sign_in_token_already_used_code']);
  },

  'signInTokens.revokeSignInToken': async (stage) => {
    const { id: userId } = await stage.create();
    const { id, token } = await stage.clerk.signInTokens.createSignInToken({ userId, expiresInSeconds: 60 });
    assert.equal((await stage.clerk.signInTokens.revokeSignInToken(id)).status, 'revoked');
    assert.deepEqual((await redeem(stage, token)).codes, ['sign_in_token_revoked_code']);
  },

  'actorTokens.create': async (stage) => {
    const { id: userId } = await stage.create();
    const { token } = await stage.clerk.actorTokens.create({ userId, actor: { sub: 'user_support' } });
    const { client } = await redeem(stage, token ?? '');
    assert.deepEqual([client.sessions[0].user.id, client.sessions[0].actor], [userId, { sub: 'user_support' }]);
    const { jwt } = await stage.clerk.sessions.getToken(client.sessions[0].id);
    const request = new Request('http://127.0.0.1:9/', { headers: { authorization: `Bearer ${jwt}` } });
    const state = await stage.clerk.authenticateRequest(request, { proxyUrl: stage.api.url });
    assert.deepEqual(state.toAuth()?.actor, { sub: 'user_support' });
  },

  'actorTokens.revoke': async (stage) => {
    const { id: userId } = await stage.create();
    const { id, token } = await stage.clerk.actorTokens.create({ userId, actor: { sub: 'user_support' } });
    assert.equal((await stage.clerk.actorTokens.revoke(id)).status, 'revoked');
    assert.equal((await redeem(stage, token ?? '')).status, 400);
  },

  'testingTokens.createTestingToken': async ({ api, clerk }) => {
    // The package hands this one over as it comes.
    const { token, expires_at: expiresAt } = (await clerk.testingTokens.createTestingToken()) as unknown as Record<string, unknown>;
    assert.match(String(token), /^\d{10}-c_/);
    assert.equal(Number(expiresAt) * 1000 > Date.now(), true);
    const browser = await createFrontendClient(api);
    const { status } = await browser.call('GET', '/client', {}, { query: { __clerk_testing_token: String(token) } });
    assert.equal(status, 200);
  },

  'waitlistEntries.create': async ({ clerk }) => {
    const entry = await clerk.waitlistEntries.create({ emailAddress: 'waiting1@example.com', notify: false });
    assert.deepEqual([entry.emailAddress, entry.status, entry.invitation], ['waiting1@example.com', 'pending', null]);
    assert.equal((await clerk.waitlistEntries.create({ emailAddress: 'Waiting1@example.com' })).id, entry.id);
  },

  'waitlistEntries.createBulk': async ({ clerk }) => {
    const entries = await clerk.waitlistEntries.createBulk([
      { emailAddress: 'waiting2@example.com' },
      { emailAddress: 'waiting3@example.com' },
    ]);
    assert.deepEqual(
      entries.map(({ emailAddress }) => emailAddress),
      ['waiting2@example.com', 'waiting3@example.com'],
    );
  },

  'waitlistEntries.list': async ({ clerk }) => {
    const { id } = await clerk.waitlistEntries.create({ emailAddress: 'waiting4@example.com' });
    const list = await clerk.waitlistEntries.list({ query: 'waiting4', status: 'pending', orderBy: '-email_address' });
    assert.deepEqual([list.totalCount, list.data.map((entry) => entry.id)], [1, [id]]);
  },

  'waitlistEntries.invite': async (stage) => {
    const { id } = await stage.clerk.waitlistEntries.create({ emailAddress: 'waiting5@example.com' });
    const invited = await stage.clerk.waitlistEntries.invite(id);
    assert.deepEqual([invited.status, invited.invitation?.status], ['invited', 'pending']);
  },

  'waitlistEntries.reject': async ({ clerk }) => {
    const { id } = await clerk.waitlistEntries.create({ emailAddress: 'waiting6@example.com' });
    assert.equal((await clerk.waitlistEntries.reject(id)).status, 'rejected');
  },

  'waitlistEntries.delete': async ({ clerk }) => {
    const { id } = await clerk.waitlistEntries.create({ emailAddress: 'waiting7@example.com' });
    assert.equal((await clerk.waitlistEntries.delete(id)).deleted, true);
    assert.equal((await clerk.waitlistEntries.list({ query: 'waiting7' })).totalCount, 0);
  },
};
