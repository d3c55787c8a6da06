/** Invitations, from the backend that sends them to the user they become (dossier part 2, §3.5, §6.7). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ClerkClient } from '@clerk/backend';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient, refusals } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { createFrontendClient, createFrontendClients } from '../../support/frontend-client.ts';
import type { FrontendAnswer, FrontendClient } from '../../support/frontend-client.ts';
import { mailTo } from '../../support/users.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';

const password = 'copper-lantern-meadow';
const refusal = ({ status, codes }: FrontendAnswer) => [status, ...codes];
const day = 24 * 3600_000;

describe('invitations', () => {
  let api: TestApi;
  let clerk: ClerkClient;
  let call: BackendCall;
  let time = Date.now();
  let count = 0;
  before(async () => {
    api = await startApi({ now: () => time, instance: { sign_up: { mode: 'restricted' }, single_session_mode: false } });
    call = createBackendClient(api);
    clerk = createOfficialBackend(api);
  });
  after(() => api.stop());

  const newAddress = () => `guest${count++}@example.com`;
  const inviteTo = async (more: Partial<Parameters<ClerkClient['invitations']['createInvitation']>[0]> = {}) => {
    const emailAddress = more.emailAddress ?? newAddress();
    const { id, status, revoked, url } = await clerk.invitations.createInvitation({ notify: false, ...more, emailAddress });
    return { id, status, revoked, emailAddress, ticket: ticketOf(url) };
  };
  const ticketOf = (url: string | undefined) => new URL(url ?? '').searchParams.get('ticket') ?? '';
  const signUp = (browser: FrontendClient, ticket: string, form: Record<string, string> = {}) =>
    browser.call('POST', '/client/sign_ups', { strategy: 'ticket', ticket, ...form });
  const signUpAnywhere = async (ticket: string, form?: Record<string, string>) => signUp(await createFrontendClient(api), ticket, form);
  const open = (ticket: string, headers: Record<string, string> = {}) =>
    fetch(`${api.url}/v1/tickets/accept?ticket=${ticket}`, { redirect: 'manual', headers });

  it('let people in where others do not get, with what they are to start with', async () => {
    const invitation = await inviteTo({ publicMetadata: { role: 'admin' } as UserPublicMetadata });
    assert.equal(invitation.status, 'pending');
    assert.equal(invitation.revoked, false);
    const stranger = await createFrontendClient(api);
    const closed = await stranger.call('POST', '/client/sign_ups', { email_address: invitation.emailAddress, password });
    assert.deepEqual(refusal(closed), [403, 'sign_up_mode_restricted']);

    const browser = await createFrontendClient(api);
    const begun = await signUp(browser, invitation.ticket, { unsafe_metadata: '{"theme":"dark"}' });
    assert.equal(begun.response.status, 'missing_requirements', JSON.stringify(begun.body));
    assert.deepEqual([begun.response.missing_fields, begun.response.unverified_fields], [['password'], []]);
    assert.equal(begun.response.email_address, invitation.emailAddress);
    assert.deepEqual(begun.response.public_metadata, { role: 'admin' });
    const { strategy, object, status, next_action } = begun.response.verifications.email_address;
    assert.deepEqual([strategy, object, status, next_action], ['ticket', 'verification_ticket', 'verified', '']);
    assert.equal((await clerk.invitations.getInvitationList({ query: invitation.id })).data[0]?.status, 'pending');

    // Clerk's card sends the ticket again with the rest.
    const path = `/client/sign_ups/${begun.response.id}`;
    const done = await browser.call('PATCH', path, { strategy: 'ticket', ticket: invitation.ticket, password });
    assert.equal(done.response.status, 'complete', JSON.stringify(done.body));
    assert.equal(done.client.last_authentication_strategy, 'ticket');
    const user = await clerk.users.getUser(done.response.created_user_id);
    assert.deepEqual([user.publicMetadata, user.privateMetadata, user.unsafeMetadata], [{ role: 'admin' }, {}, { theme: 'dark' }]);
    assert.equal(user.primaryEmailAddress?.emailAddress, invitation.emailAddress);
    assert.equal(user.primaryEmailAddress?.verification?.status, 'verified');
    assert.equal(user.primaryEmailAddress?.verification?.strategy, 'ticket');
    assert.equal((await clerk.invitations.getInvitationList({ query: invitation.id })).data[0]?.status, 'accepted');
    assert.deepEqual(refusal(await signUpAnywhere(invitation.ticket, { password })), [400, 'invitation_already_accepted']);
    assert.deepEqual(refusals(await call('POST', `/invitations/${invitation.id}/revoke`)), ['invitation_already_accepted']);
  });

  it('are accepted once, however many come at once', async () => {
    const { ticket, emailAddress } = await inviteTo();
    const browsers = await createFrontendClients(api, 64);
    const answers = await Promise.all(browsers.map((browser) => signUp(browser, ticket, { password })));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    const codes = new Set(answers.flatMap((answer) => answer.codes));
    for (const code of codes) assert.ok(['invitation_already_accepted', 'invitation_account_exists'].includes(code), code);
    assert.equal(await clerk.users.getCount({ emailAddress: [emailAddress] }), 1);
  });

  it('end by revocation, by time, and by a sign-up that was faster', async () => {
    const revoked = await inviteTo();
    const half = await createFrontendClient(api);
    const { response } = await signUp(half, revoked.ticket);
    assert.equal((await clerk.invitations.revokeInvitation(revoked.id)).status, 'revoked');
    assert.deepEqual(refusal(await signUpAnywhere(revoked.ticket, { password })), [400, 'revoked_invitation']);
    const finish = await half.call('PATCH', `/client/sign_ups/${response.id}`, { password });
    assert.deepEqual(refusal(finish), [400, 'revoked_invitation'], 'also who had begun');
    assert.deepEqual(refusals(await call('POST', `/invitations/${revoked.id}/revoke`)), ['revoked_invitation']);

    const late = await inviteTo({ expiresInDays: 1 });
    time += day;
    assert.deepEqual(refusal(await signUpAnywhere(late.ticket, { password })), [400, 'ticket_expired_code']);
    assert.equal((await clerk.invitations.getInvitationList({ query: late.id })).data[0]?.status, 'expired');

    const again = await inviteTo();
    await clerk.users.createUser({ emailAddress: [again.emailAddress], password });
    assert.deepEqual(refusal(await signUpAnywhere(again.ticket, { password })), [400, 'invitation_account_exists']);
  });

  it('are for the address that was invited, and for no other', async () => {
    const { ticket, emailAddress } = await inviteTo();
    const other = { password, email_address: newAddress() };
    const answer = await signUpAnywhere(ticket, other);
    assert.deepEqual(refusal(answer), [422, 'form_param_value_invalid']);
    const browser = await createFrontendClient(api);
    const { response } = await signUp(browser, ticket, { email_address: emailAddress.toUpperCase() });
    assert.equal(response.email_address, emailAddress);
    const path = `/client/sign_ups/${response.id}`;
    assert.deepEqual(refusal(await browser.call('PATCH', path, other)), [422, 'form_param_value_invalid']);
    assert.deepEqual(refusal(await browser.call('PATCH', path, { email_address: '' })), [422, 'form_param_value_invalid']);
    assert.equal((await browser.call('PATCH', path, { password })).response.status, 'complete');
  });

  it('sign in who has an account', async () => {
    const emailAddress = newAddress();
    const { id } = await clerk.users.createUser({ emailAddress: [emailAddress], password });
    const { ticket } = await inviteTo({ emailAddress, ignoreExisting: true });
    const browser = await createFrontendClient(api);
    const { response, client } = await browser.call('POST', '/client/sign_ins', { strategy: 'ticket', ticket });
    assert.deepEqual([response.status, client.sessions[0].user.id], ['complete', id]);
    const again = await (await createFrontendClient(api)).call('POST', '/client/sign_ins', { strategy: 'ticket', ticket });
    assert.deepEqual(refusal(again), [400, 'invitation_already_accepted']);
    const fresh = await inviteTo();
    const early = await browser.call('POST', '/client/sign_ins', { strategy: 'ticket', ticket: fresh.ticket });
    assert.deepEqual(refusal(early), [400, 'invitation_account_not_exists']);
  });

  it('are no tokens for signing in, nor the other way round', async () => {
    const { id: userId } = await clerk.users.createUser({ emailAddress: [newAddress()], password });
    const { token } = await clerk.signInTokens.createSignInToken({ userId, expiresInSeconds: 60 });
    assert.deepEqual(refusal(await signUpAnywhere(token)), [400, 'sign_in_token_cannot_be_used_code']);
    const actor = await clerk.actorTokens.create({ userId, actor: { sub: 'user_support' } });
    assert.deepEqual(refusal(await signUpAnywhere(actor.token ?? '')), [400, 'actor_token_not_in_sign_in_code']);
    assert.deepEqual(refusal(await signUpAnywhere('x')), [400, 'ticket_invalid_code']);
    assert.deepEqual(refusal(await signUpAnywhere('')), [422, 'form_param_nil']);
  });

  it('are sent by mail, with a link that uses nothing up', async () => {
    const emailAddress = newAddress();
    const redirectUrl = `${api.url}/welcome?from=mail`;
    await clerk.invitations.createInvitation({ emailAddress, redirectUrl });
    const { text, subject } = await mailTo(api, emailAddress);
    assert.equal(subject, 'You are invited to clerk-lit demo');
    const link = /^http\S+$/m.exec(text)?.[0] ?? '';
    for (const method of ['HEAD', 'GET', 'GET']) {
      const answer = await fetch(link, { method, redirect: 'manual' });
      assert.equal(answer.status, 303);
      const target = new URL(answer.headers.get('location') ?? '');
      assert.equal(target.origin + target.pathname, `${api.url}/welcome`);
      assert.equal(target.searchParams.get('from'), 'mail');
      assert.equal(target.searchParams.get('__clerk_status'), 'sign_up');
      assert.equal(target.searchParams.get('__clerk_ticket'), ticketOf(link));
    }
    assert.equal((await signUpAnywhere(ticketOf(link), { password })).response.status, 'complete');
  });

  it('lead to our own pages unless they say where to, and to sign-in who has an account', async () => {
    const { ticket } = await inviteTo();
    const location = async (token: string) => new URL((await open(token)).headers.get('location') ?? '');
    assert.equal((await location(ticket)).pathname, '/sign-up');
    const emailAddress = newAddress();
    const { id: userId } = await clerk.users.createUser({ emailAddress: [emailAddress], password });
    const known = await inviteTo({ emailAddress, ignoreExisting: true });
    for (const token of [
      known.ticket,
      (await clerk.signInTokens.createSignInToken({ userId, expiresInSeconds: 60 })).token,
      (await clerk.actorTokens.create({ userId, actor: { sub: 'user_support' } })).token ?? '',
    ]) {
      const target = await location(token);
      assert.deepEqual([target.pathname, target.searchParams.get('__clerk_status')], ['/sign-in', 'sign_in']);
    }
  });

  it('say to people that a link does not work, on a page, and to programs in JSON', async () => {
    const { ticket, id } = await inviteTo();
    await clerk.invitations.revokeInvitation(id);
    const page = await open(ticket, { accept: 'text/html,*/*' });
    assert.equal(page.status, 400);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
    assert.match(await page.text(), /<h1>This invitation has been revoked<\/h1>/);
    const json = await open(ticket);
    assert.deepEqual([json.status, ((await json.json()) as { errors: { code: string }[] }).errors[0]?.code], [400, 'revoked_invitation']);
    assert.equal((await open('x')).status, 400);
    assert.equal((await fetch(`${api.url}/v1/tickets/accept`)).status, 400);
    const post = await fetch(`${api.url}/v1/tickets/accept?ticket=x`, { method: 'POST', headers: { origin: api.url } });
    assert.equal(post.status, 404);
  });

  it('are refused for what they cannot be, and lead to no foreign page', async () => {
    const email_address = newAddress();
    const table: [body: Record<string, unknown>, expected: string[]][] = [
      [{}, ['form_param_missing email_address']],
      [{ email_address: 'no address' }, ['form_param_format_invalid email_address']],
      [{ email_address, public_metadata: [] }, ['form_param_value_invalid public_metadata']],
      [{ email_address, public_metadata: { a: 'x'.repeat(9000) } }, ['form_param_exceeds_allowed_size public_metadata']],
      [{ email_address, expires_in_days: 366 }, ['form_param_value_invalid expires_in_days']],
      [{ email_address, template_slug: 'other' }, ['form_param_value_invalid template_slug']],
      ...['https://evil.example.com/', '//evil.example.com', 'javascript:alert(1)', 'https:/evil.example.com'].map(
        (redirect_url): [Record<string, unknown>, string[]] => [{ email_address, redirect_url }, ['invalid_redirect_url redirect_url']],
      ),
    ];
    for (const [body, expected] of table) assert.deepEqual(refusals(await call('POST', '/invitations', { body })), expected);
    const first = await call('POST', '/invitations', { body: { email_address, redirect_url: '/welcome', notify: false } });
    assert.equal(first.body.email_address, email_address);
    assert.deepEqual(refusals(await call('POST', '/invitations', { body: { email_address } })), ['duplicate_record']);
    const registered = newAddress();
    await clerk.users.createUser({ emailAddress: [registered], password });
    assert.deepEqual(refusals(await call('POST', '/invitations', { body: { email_address: registered } })), [
      'form_identifier_exists email_address',
    ]);
    const many = await Promise.all(
      Array.from({ length: 8 }, () => call('POST', '/invitations', { body: { email_address: 'once@example.com', notify: false } })),
    );
    assert.equal(many.filter(({ status }) => status === 200).length, 1);
  });

  it('are made many at a time, all or none, listed and deleted', async () => {
    const addresses = [newAddress(), newAddress()];
    const bodies = addresses.map((emailAddress) => ({ emailAddress, notify: false }));
    const made = await clerk.invitations.createInvitationBulk(bodies);
    assert.deepEqual(
      made.map(({ emailAddress }) => emailAddress),
      addresses,
    );
    const third = newAddress();
    const refused = await call('POST', '/invitations/bulk', {
      body: [{ email_address: third, notify: false }, { email_address: addresses[0] }],
    });
    assert.deepEqual(refusals(refused), ['duplicate_record']);
    assert.equal((await clerk.invitations.getInvitationList({ query: third })).totalCount, 0);
    assert.deepEqual(refusals(await call('POST', '/invitations/bulk', { body: [] })), ['form_param_array_size_exceeded']);
    const eleven = Array.from({ length: 11 }, () => ({ email_address: newAddress() }));
    assert.deepEqual(refusals(await call('POST', '/invitations/bulk', { body: eleven })), ['form_param_array_size_exceeded']);

    const { data, totalCount } = await clerk.invitations.getInvitationList({ query: 'GUEST', orderBy: '+email_address', limit: 500 });
    assert.equal(data.length, totalCount);
    const shown = data.map(({ emailAddress }) => emailAddress);
    assert.deepEqual(shown, [...shown].sort());
    assert.ok(!data.some(({ status }) => status === 'revoked'));
    assert.ok(
      data.every(({ url }) => url === undefined),
      'the link is shown once',
    );
    const revoked = await clerk.invitations.getInvitationList({ status: 'revoked' });
    assert.ok(revoked.data.length && revoked.data.every(({ status }) => status === 'revoked'));
    assert.deepEqual(refusals(await call('GET', '/invitations?status=open')), ['form_param_value_invalid status']);
    assert.deepEqual(refusals(await call('GET', '/invitations?order_by=token_hash')), ['form_param_value_invalid order_by']);
    const plain = await call('GET', '/invitations?limit=1');
    assert.equal(plain.body.length, 1);

    const id = made[0]?.id ?? '';
    assert.equal((await clerk.invitations.deleteInvitation(id)).id, id);
    assert.equal((await call('DELETE', `/invitations/${id}`)).status, 404);
    assert.deepEqual(refusal(await signUpAnywhere(ticketOf(made[0]?.url), { password })), [400, 'ticket_invalid_code']);
  });
});
