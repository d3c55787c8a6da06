/** `clerk.users`: reading, writing, and what is done to a user. */
import assert from 'node:assert/strict';
import { addressOf, password, refusal } from './stage.ts';
import type { Rows } from './stage.ts';

export const users: Rows = {
  'users.createUser': async ({ clerk, create }) => {
    const created = await create({
      externalId: 'sdk-1',
      username: 'grace_h',
      phoneNumber: ['+14155550132'],
      firstName: 'Grace',
      lastName: 'Hopper',
      publicMetadata: { role: 'admin' },
      privateMetadata: { stripeId: '12356' },
      unsafeMetadata: { birthday: '11-30-1969' },
      createdAt: new Date(1_600_000_000_000),
    });
    const user = await clerk.users.getUser(created.id);
    assert.deepEqual([user.fullName, user.externalId, user.username], ['Grace Hopper', 'sdk-1', 'grace_h']);
    assert.match(addressOf(user), /^sdk\d+@example\.com$/);
    assert.equal(user.primaryEmailAddress?.verification?.status, 'verified');
    assert.equal(user.primaryPhoneNumber?.phoneNumber, '+14155550132');
    assert.deepEqual(
      [user.publicMetadata, user.privateMetadata, user.unsafeMetadata],
      [{ role: 'admin' }, { stripeId: '12356' }, { birthday: '11-30-1969' }],
    );
    assert.deepEqual([user.passwordEnabled, user.banned, user.locked, user.createdAt], [true, false, false, 1_600_000_000_000]);
    assert.match(user.imageUrl, /^http:\/\/127\.0\.0\.1:/);
    assert.deepEqual(await refusal(create({ emailAddress: [addressOf(user)] })), [422, 'form_identifier_exists', 'email_address']);
    assert.deepEqual(await refusal(create({ username: 'Grace_H' })), [422, 'form_identifier_exists', 'username']);
    assert.deepEqual(await refusal(create({ password: 'password1' })), [422, 'form_password_pwned', 'password']);
    const [banned, locked] = [await create({ banned: true }), await create({ locked: true })];
    assert.deepEqual([banned.banned, locked.locked], [true, true]);
  },

  'users.getUser': async ({ clerk, create }) => {
    const { id } = await create();
    assert.equal((await clerk.users.getUser(id)).id, id);
    assert.deepEqual(await refusal(clerk.users.getUser('user_unknown')), [404, 'resource_not_found']);
  },

  'users.getUserList': async ({ clerk, create }) => {
    const people = [
      await create({ firstName: 'Zoe', lastName: 'Listed', username: 'listed_b', externalId: 'listed-1', phoneNumber: ['+14155550133'] }),
      await create({ firstName: 'Amy', lastName: 'Listed', username: 'listed_a', externalId: 'listed-2', phoneNumber: ['+14155550134'] }),
      await create({ firstName: 'Bob', lastName: 'Listed', username: 'listed_c', externalId: 'listed-3' }),
    ];
    const [zoe, amy, bob] = people.map(({ id }) => id);
    const [of1, of2] = people.map(addressOf);
    const ids = async (query: Parameters<typeof clerk.users.getUserList>[0]) => {
      const { data, totalCount } = await clerk.users.getUserList({ orderBy: '+created_at', ...query });
      assert.equal(totalCount, data.length);
      return data.map(({ id }) => id);
    };
    assert.deepEqual(await ids({ emailAddress: [of1 ?? '', of2?.toUpperCase() ?? '', 'nobody@example.com'] }), [zoe, amy]);
    assert.deepEqual(await ids({ phoneNumber: ['+1 415 555 0134'] }), [amy]);
    assert.deepEqual(await ids({ username: ['LISTED_C', 'listed_a'] }), [amy, bob]);
    assert.deepEqual(await ids({ externalId: ['listed-1', 'listed-3'] }), [zoe, bob]);
    assert.deepEqual(await ids({ userId: people.map(({ id }) => id), query: 'amy' }), [amy]);
    assert.deepEqual(await ids({ query: 'listed' }), [zoe, amy, bob]);
    assert.deepEqual(await ids({ query: of1 ?? '' }), [zoe]);
    assert.deepEqual(await ids({ query: '5550133' }), [zoe]);
    assert.deepEqual(await ids({ organizationId: ['org_1'] }), []);
    assert.deepEqual(await ids({ web3Wallet: ['0x1'] }), []);
    // By time.
    const created = people[1]?.createdAt ?? 0;
    const listed = people.map(({ id }) => id);
    assert.deepEqual(await ids({ userId: listed, createdAtBefore: created }), [zoe]);
    assert.deepEqual(await ids({ userId: listed, createdAtAfter: created }), [bob]);
    assert.deepEqual(await ids({ userId: listed, lastSignInAtAfter: 1 }), []);
    assert.deepEqual(await ids({ userId: listed, lastActiveAtAfter: 1 }), []);
    // In every order.
    assert.deepEqual(await ids({ userId: listed, orderBy: '-created_at' }), [bob, amy, zoe]);
    assert.deepEqual(await ids({ userId: listed, orderBy: '-updated_at' }), [bob, amy, zoe]);
    assert.deepEqual(await ids({ userId: listed, orderBy: '+first_name' }), [amy, bob, zoe]);
    assert.deepEqual(await ids({ userId: listed, orderBy: 'username' }), [amy, zoe, bob]);
    assert.deepEqual(await ids({ userId: listed, orderBy: '-email_address' }), [bob, amy, zoe]);
    assert.deepEqual(await ids({ userId: listed, orderBy: '-phone_number' }), [amy, zoe, bob]);
    for (const orderBy of ['last_name', 'last_active_at', 'last_sign_in_at', 'web3wallet'] as const) {
      assert.deepEqual(await ids({ userId: listed, orderBy }), [...listed].sort());
    }
    // By pages.
    const page = await clerk.users.getUserList({ userId: listed, orderBy: '+created_at', limit: 1, offset: 1 });
    assert.deepEqual([page.data.map(({ id }) => id), page.totalCount], [[amy], 3]);
    assert.deepEqual(await refusal(clerk.users.getUserList({ limit: 501 })), [422, 'form_param_value_invalid', 'limit']);
  },

  'users.getCount': async ({ clerk, create }) => {
    const before = await clerk.users.getCount();
    const user = await create({ externalId: 'counted' });
    assert.equal(await clerk.users.getCount(), before + 1);
    assert.equal(await clerk.users.getCount({ query: addressOf(user) }), 1);
    assert.equal(await clerk.users.getCount({ externalId: ['counted'], emailAddress: [addressOf(user)], userId: [user.id] }), 1);
    assert.equal(await clerk.users.getCount({ externalId: ['nobody'] }), 0);
  },

  'users.updateUser': async ({ clerk, create }) => {
    const { id } = await create({ publicMetadata: { a: 1 } });
    const session = await clerk.sessions.createSession({ userId: id });
    const user = await clerk.users.updateUser(id, {
      firstName: 'Ann',
      username: 'ann_updated',
      publicMetadata: { b: 2 },
      deleteSelfEnabled: false,
      password: 'violet-harbour-lantern',
      signOutOfOtherSessions: true,
    });
    assert.deepEqual([user.firstName, user.username, user.publicMetadata], ['Ann', 'ann_updated', { b: 2 }]);
    assert.equal((await clerk.sessions.getSession(session.id)).status, 'revoked');
    assert.deepEqual(await clerk.users.verifyPassword({ userId: id, password: 'violet-harbour-lantern' }), { verified: true });
    const second = await clerk.emailAddresses.createEmailAddress({ userId: id, emailAddress: 'second@example.com', verified: true });
    const changed = await clerk.users.updateUser(id, { primaryEmailAddressID: second.id, lastName: 'Example' });
    assert.deepEqual([addressOf(changed), changed.fullName], ['second@example.com', 'Ann Example']);
  },

  'users.updateUserMetadata': async ({ clerk, create }) => {
    const { id } = await create({ publicMetadata: { a: 1 }, privateMetadata: { a: 1 }, unsafeMetadata: { a: { b: 1, c: 2 } } });
    await clerk.users.updateUserMetadata(id, { publicMetadata: { role: 'shopper' } });
    await clerk.users.updateUserMetadata(id, { privateMetadata: { stripeId: '12356' } });
    const user = await clerk.users.updateUserMetadata(id, { unsafeMetadata: { a: { b: null }, birthday: '11-30-1969' } });
    assert.deepEqual(user.publicMetadata, { a: 1, role: 'shopper' });
    assert.deepEqual(user.privateMetadata, { a: 1, stripeId: '12356' });
    assert.deepEqual(user.unsafeMetadata, { a: { c: 2 }, birthday: '11-30-1969' });
    const large = clerk.users.updateUserMetadata(id, { publicMetadata: { a: 'x'.repeat(9000) } });
    assert.deepEqual(await refusal(large), [422, 'form_param_exceeds_allowed_size', 'public_metadata']);
  },

  'users.replaceUserMetadata': async ({ clerk, create }) => {
    const { id } = await create({ publicMetadata: { a: 1 }, privateMetadata: { a: 1 } });
    const user = await clerk.users.replaceUserMetadata(id, { publicMetadata: { b: { c: null } } });
    assert.deepEqual([user.publicMetadata, user.privateMetadata], [{ b: { c: null } }, { a: 1 }]);
  },

  'users.replaceUserEmailAddress': async ({ clerk, create }) => {
    const { id } = await create({ emailAddress: ['replaced1@example.com', 'replaced2@example.com'] });
    const replaced = await clerk.users.replaceUserEmailAddress(id, { emailAddress: 'replaced3@example.com' });
    const user = await clerk.users.getUser(id);
    assert.deepEqual(
      [user.emailAddresses.map(({ emailAddress }) => emailAddress), user.primaryEmailAddressId],
      [['replaced3@example.com'], replaced.id],
    );
  },

  'users.replaceUserPhoneNumber': async ({ clerk, create }) => {
    const { id } = await create({ phoneNumber: ['+14155550135'] });
    const replaced = await clerk.users.replaceUserPhoneNumber(id, { phoneNumber: '+14155550136' });
    const user = await clerk.users.getUser(id);
    assert.deepEqual([user.phoneNumbers.map(({ phoneNumber }) => phoneNumber), user.primaryPhoneNumberId], [['+14155550136'], replaced.id]);
  },

  'users.deleteUser': async ({ clerk, create }) => {
    const { id } = await create();
    const deleted = await clerk.users.deleteUser(id);
    assert.equal(deleted.id, id);
    assert.deepEqual(await refusal(clerk.users.getUser(id)), [404, 'resource_not_found']);
    assert.deepEqual(await refusal(clerk.users.deleteUser(id)), [404, 'resource_not_found']);
  },

  'users.banUser': async ({ clerk, create }) => {
    const { id } = await create();
    const session = await clerk.sessions.createSession({ userId: id });
    assert.equal((await clerk.users.banUser(id)).banned, true);
    assert.equal((await clerk.sessions.getSession(session.id)).status, 'revoked');
    assert.deepEqual(await refusal(clerk.sessions.createSession({ userId: id })), [403, 'user_banned']);
  },

  'users.unbanUser': async ({ clerk, create }) => {
    const { id } = await create({ banned: true });
    assert.equal((await clerk.users.unbanUser(id)).banned, false);
    assert.equal((await clerk.sessions.createSession({ userId: id })).status, 'active');
  },

  'users.lockUser': async ({ clerk, create }) => {
    const { id } = await create();
    const user = await clerk.users.lockUser(id);
    assert.equal(user.locked, true);
  },

  'users.unlockUser': async ({ clerk, create }) => {
    const { id } = await create({ locked: true });
    assert.equal((await clerk.users.unlockUser(id)).locked, false);
  },

  'users.verifyPassword': async ({ clerk, create }) => {
    const { id: userId } = await create();
    assert.deepEqual(await clerk.users.verifyPassword({ userId, password }), { verified: true });
    assert.deepEqual(await refusal(clerk.users.verifyPassword({ userId, password: 'wrong' })), [422, 'incorrect_password']);
  },

  'users.removePassword': async ({ clerk, create }) => {
    const { id } = await create();
    const session = await clerk.sessions.createSession({ userId: id });
    const user = await clerk.users.removePassword(id);
    assert.equal(user.passwordEnabled, false);
    assert.equal((await clerk.sessions.getSession(session.id)).status, 'active');
    assert.deepEqual(await refusal(clerk.users.verifyPassword({ userId: id, password })), [400, 'no_password_set']);
    // Once more changes nothing but what is asked for beside it.
    const again = await clerk.users.removePassword(id, { signOutOfOtherSessions: true });
    assert.equal(again.updatedAt, user.updatedAt);
    assert.equal((await clerk.sessions.getSession(session.id)).status, 'revoked');
  },

  'users.setPasswordCompromised': async ({ clerk, create }) => {
    const { id } = await create();
    const session = await clerk.sessions.createSession({ userId: id });
    assert.equal((await clerk.users.setPasswordCompromised(id, { revokeAllSessions: true })).id, id);
    assert.equal((await clerk.sessions.getSession(session.id)).status, 'revoked');
  },

  'users.unsetPasswordCompromised': async ({ clerk, create }) => {
    const { id } = await create();
    await clerk.users.setPasswordCompromised(id);
    assert.equal((await clerk.users.unsetPasswordCompromised(id)).id, id);
  },

  'users.getOrganizationMembershipList': async ({ clerk, create }) => {
    const { id: userId } = await create();
    const list = await clerk.users.getOrganizationMembershipList({ userId });
    assert.deepEqual([list.data, list.totalCount], [[], 0]);
  },

  'users.getOrganizationInvitationList': async ({ clerk, create }) => {
    const { id: userId } = await create();
    const list = await clerk.users.getOrganizationInvitationList({ userId, status: 'pending' });
    assert.deepEqual([list.data, list.totalCount], [[], 0]);
  },
};
