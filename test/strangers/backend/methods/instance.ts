/** What backends ask about the instance itself, and whom they let in. Each leaves the restrictions as they were. */
import assert from 'node:assert/strict';
import { createFrontendClient } from '../../../support/frontend-client.ts';
import { mailTo } from '../../../support/users.ts';
import { addressOf, password, refusal } from './stage.ts';
import type { Rows, Stage } from './stage.ts';

let count = 0;

/** What becomes of somebody who signs up with an address; the code is asked for by nobody who is refused. */
const signUp = async ({ api }: Stage, email_address: string) => {
  const form = { email_address, password, username: `listed_${count++}` };
  const { status, codes, errors } = await (await createFrontendClient(api)).call('POST', '/client/sign_ups', form);
  return status === 200 ? 'let in' : [status, ...codes, errors[0]?.meta?.['identifiers']];
};
const signIn = async ({ api }: Stage, identifier: string) => {
  const { response, codes } = await (await createFrontendClient(api)).call('POST', '/client/sign_ins', { identifier, password });
  return response?.status ?? codes;
};
const refused = (address: string) => [403, 'not_allowed_access', [address]];

export const instance: Rows = {
  'instance.get': async ({ clerk }) => {
    const { id, environmentType, allowedOrigins } = await clerk.instance.get();
    assert.match(id, /^ins_/);
    assert.deepEqual([environmentType, allowedOrigins], ['development', []]);
  },

  'instance.updateRestrictions': async (stage) => {
    const { clerk } = stage;
    const restrictions = await clerk.instance.updateRestrictions({ blockEmailSubaddresses: true });
    assert.deepEqual([restrictions.blockEmailSubaddresses, restrictions.allowlist, restrictions.blocklist], [true, false, false]);
    assert.deepEqual(await signUp(stage, 'ann+spam@example.com'), refused('ann+spam@example.com'));
    // Addresses of test mode are all of that kind.
    assert.equal(await signUp(stage, 'ann+clerk_test@example.com'), 'let in');
    const browser = await createFrontendClient(stage.api);
    const { body } = await browser.call('GET', '/environment');
    assert.equal(body.user_settings.restrictions.block_email_subaddresses.enabled, true);
    await clerk.instance.updateRestrictions({ blockEmailSubaddresses: false });
    assert.equal(await signUp(stage, 'ann+spam@example.com'), 'let in');
    const disposable = clerk.instance.updateRestrictions({ blockDisposableEmailDomains: true });
    assert.deepEqual(await refusal(disposable), [422, 'form_param_value_invalid', 'block_disposable_email_domains']);
  },

  'allowlistIdentifiers.createAllowlistIdentifier': async (stage) => {
    const { clerk } = stage;
    const stranger = addressOf(await stage.create());
    const { identifier, identifierType } = await clerk.allowlistIdentifiers.createAllowlistIdentifier({
      identifier: 'Listed@Example.org',
      notify: false,
    });
    assert.deepEqual([identifier, identifierType], ['listed@example.org', 'email_address']);
    assert.equal(await signUp(stage, 'anybody@example.org'), 'let in', 'the list does not count yet');
    await clerk.allowlistIdentifiers.createAllowlistIdentifier({ identifier: '*@friends.example', notify: false });
    const told = await clerk.allowlistIdentifiers.createAllowlistIdentifier({ identifier: 'told@example.org', notify: true });
    assert.match(told.invitationId ?? '', /^inv_/);
    assert.match((await mailTo(stage.api, 'told@example.org')).text, /ticket=/);
    await clerk.instance.updateRestrictions({ allowlist: true });
    try {
      for (const address of ['listed@example.org', 'ann@friends.example']) assert.equal(await signUp(stage, address), 'let in', address);
      for (const address of ['other@example.org', 'ann@friends.example.org'])
        assert.deepEqual(await signUp(stage, address), refused(address));
      assert.deepEqual(await signIn(stage, stranger), ['not_allowed_access']);
      // An invitation says so too, and for good.
      const { url } = await clerk.invitations.createInvitation({ emailAddress: 'guest@example.org' });
      const form = { strategy: 'ticket', ticket: new URL(url ?? '').searchParams.get('ticket') ?? '', password, username: 'guest_of_list' };
      const invited = await (await createFrontendClient(stage.api)).call('POST', '/client/sign_ups', form);
      assert.equal(invited.response.status, 'complete');
      assert.equal(await signIn(stage, 'guest@example.org'), 'complete');
    } finally {
      await clerk.instance.updateRestrictions({ allowlist: false });
    }
    assert.equal(await signIn(stage, stranger), 'complete');
    const again = clerk.allowlistIdentifiers.createAllowlistIdentifier({ identifier: 'listed@example.org', notify: false });
    assert.deepEqual(await refusal(again), [400, 'duplicate_record']);
    const wallet = clerk.allowlistIdentifiers.createAllowlistIdentifier({ identifier: 'no identifier', notify: false });
    assert.deepEqual(await refusal(wallet), [422, 'form_param_format_invalid', 'identifier']);
  },

  'allowlistIdentifiers.getAllowlistIdentifierList': async ({ clerk }) => {
    const { id } = await clerk.allowlistIdentifiers.createAllowlistIdentifier({ identifier: '+14155550150', notify: false });
    const { data, totalCount } = await clerk.allowlistIdentifiers.getAllowlistIdentifierList({ limit: 1 });
    assert.deepEqual([data.length, data[0]?.id, data[0]?.identifierType], [1, id, 'phone_number']);
    assert.equal(totalCount >= 1, true);
  },

  'allowlistIdentifiers.deleteAllowlistIdentifier': async ({ clerk }) => {
    const { id } = await clerk.allowlistIdentifiers.createAllowlistIdentifier({ identifier: 'gone@example.org', notify: false });
    assert.equal((await clerk.allowlistIdentifiers.deleteAllowlistIdentifier(id)).deleted, true);
    assert.deepEqual(await refusal(clerk.allowlistIdentifiers.deleteAllowlistIdentifier(id)), [404, 'resource_not_found']);
  },

  'blocklistIdentifiers.createBlocklistIdentifier': async (stage) => {
    const { clerk } = stage;
    const person = addressOf(await stage.create({ emailAddress: ['member@blocked.example'] }));
    const { identifier } = await clerk.blocklistIdentifiers.createBlocklistIdentifier({ identifier: 'blocked.example' });
    assert.equal(identifier, '*@blocked.example');
    await clerk.instance.updateRestrictions({ blocklist: true });
    try {
      assert.deepEqual(await signUp(stage, 'new@blocked.example'), refused('new@blocked.example'));
      assert.equal(await signUp(stage, 'new@elsewhere.example'), 'let in');
      assert.deepEqual(await signIn(stage, person), ['not_allowed_access']);
      // A field of the API that the types of the package do not have.
      const newcomersAlone = { blocklist: true, allowlistBlocklistDisabledOnSignIn: true };
      await clerk.instance.updateRestrictions(newcomersAlone);
      assert.deepEqual(await signUp(stage, 'newer@blocked.example'), refused('newer@blocked.example'));
      assert.equal(await signIn(stage, person), 'complete');
    } finally {
      const none = { blocklist: false, allowlistBlocklistDisabledOnSignIn: false };
      await clerk.instance.updateRestrictions(none);
    }
    assert.equal(await signIn(stage, person), 'complete');
  },

  'blocklistIdentifiers.getBlocklistIdentifierList': async ({ clerk }) => {
    const { id } = await clerk.blocklistIdentifiers.createBlocklistIdentifier({ identifier: 'spam@example.org' });
    const { data, totalCount } = await clerk.blocklistIdentifiers.getBlocklistIdentifierList();
    assert.deepEqual([data[0]?.id, data[0]?.identifier, data.length], [id, 'spam@example.org', totalCount]);
  },

  'blocklistIdentifiers.deleteBlocklistIdentifier': async ({ clerk }) => {
    const { id } = await clerk.blocklistIdentifiers.createBlocklistIdentifier({ identifier: 'forgiven@example.org' });
    assert.equal((await clerk.blocklistIdentifiers.deleteBlocklistIdentifier(id)).deleted, true);
    // The lists are two: an id of one is none of the other.
    const { id: other } = await clerk.allowlistIdentifiers.createAllowlistIdentifier({
      identifier: 'other-list@example.org',
      notify: false,
    });
    assert.deepEqual(await refusal(clerk.blocklistIdentifiers.deleteBlocklistIdentifier(other)), [404, 'resource_not_found']);
  },
};
