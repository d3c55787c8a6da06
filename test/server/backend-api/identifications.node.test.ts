/** `/v1/email_addresses` and `/v1/phone_numbers` (dossier part 2, §6.4), with Clerk's own package and as they are. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ClerkClient } from '@clerk/backend';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient, refusals } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';
import { testNumber, withPhoneSecondFactor } from '../../support/phone-numbers.ts';
import { addUser } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
let count = 0;
const newAddress = () => `backend${++count}@example.com`;

let api: TestApi;
let call: BackendCall;
let clerk: ClerkClient;
before(async () => {
  api = await startApi({ instance: { ...withPhoneSecondFactor, users: [] } });
  call = createBackendClient(api);
  clerk = createOfficialBackend(api);
});
after(() => api.stop());

const newUser = () => addUser(api, { emailAddress: newAddress(), phoneNumber: testNumber(), password });

describe('@clerk/backend', () => {
  it('creates, reads, changes and deletes phone numbers', async () => {
    const { id: userId } = await newUser();
    const number = testNumber();
    const created = await clerk.phoneNumbers.createPhoneNumber({ userId, phoneNumber: number, verified: true, primary: true });
    assert.deepEqual([created.phoneNumber, created.verification?.status, created.verification?.strategy], [number, 'verified', 'admin']);
    assert.equal((await clerk.users.getUser(userId)).primaryPhoneNumber?.phoneNumber, number);
    assert.equal((await clerk.phoneNumbers.getPhoneNumber(created.id)).id, created.id);
    const kept = await clerk.phoneNumbers.updatePhoneNumber(created.id, { reservedForSecondFactor: true });
    assert.deepEqual([kept.reservedForSecondFactor, kept.defaultSecondFactor], [true, true]);
    assert.equal((await clerk.users.getUser(userId)).twoFactorEnabled, true);
    assert.equal((await clerk.phoneNumbers.deletePhoneNumber(created.id)).deleted, true);
    const { twoFactorEnabled, phoneNumbers, primaryPhoneNumberId } = await clerk.users.getUser(userId);
    assert.deepEqual([twoFactorEnabled, phoneNumbers.length, primaryPhoneNumberId], [false, 1, phoneNumbers[0]?.id]);
  });

  it('creates, reads, changes and deletes email addresses', async () => {
    const { id: userId, primary_email_address_id: former } = await newUser();
    const emailAddress = newAddress();
    const created = await clerk.emailAddresses.createEmailAddress({ userId, emailAddress });
    assert.deepEqual([created.emailAddress, created.verification], [emailAddress, null]);
    assert.equal((await clerk.users.getUser(userId)).primaryEmailAddressId, former);
    const changed = await clerk.emailAddresses.updateEmailAddress(created.id, { verified: true, primary: true });
    assert.equal(changed.verification?.strategy, 'admin');
    assert.equal((await clerk.users.getUser(userId)).primaryEmailAddress?.emailAddress, emailAddress);
    await clerk.emailAddresses.updateEmailAddress(created.id, { verified: false });
    assert.equal((await clerk.emailAddresses.getEmailAddress(created.id)).verification, null);
    assert.equal((await clerk.emailAddresses.deleteEmailAddress(created.id)).deleted, true);
    assert.equal((await clerk.users.getUser(userId)).primaryEmailAddressId, former);
  });

  it('creates users with phone numbers, and finds them by these', async () => {
    const numbers = [testNumber(), testNumber()];
    const { id, phoneNumbers, primaryPhoneNumber } = await clerk.users.createUser({
      emailAddress: [newAddress()],
      phoneNumber: numbers,
      password,
    });
    assert.deepEqual(
      phoneNumbers.map(({ phoneNumber, verification }) => [phoneNumber, verification?.strategy]),
      numbers.map((number) => [number, 'admin']),
    );
    assert.equal(primaryPhoneNumber?.phoneNumber, numbers[0]);
    const found = async (params: Parameters<ClerkClient['users']['getUserList']>[0]) =>
      (await clerk.users.getUserList(params)).data.map((user) => user.id);
    assert.deepEqual(await found({ phoneNumber: [numbers[1] ?? ''] }), [id]);
    assert.deepEqual(await found({ query: numbers[0]?.slice(1) ?? '' }), [id]);
    assert.deepEqual(await found({ phoneNumber: [testNumber()] }), []);
    assert.equal(await clerk.users.getCount({ phoneNumber: numbers }), 1);
    await clerk.users.updateUser(id, { primaryPhoneNumberID: phoneNumbers[1]?.id ?? '' });
    assert.equal((await clerk.users.getUser(id)).primaryPhoneNumber?.phoneNumber, numbers[1]);
  });
});

describe('phone numbers of users', () => {
  it('are found by parts in any spelling, and sorted by', async () => {
    const numbers = ['+390612340001', '+390612340002'];
    for (const phone_number of numbers) {
      const body = { phone_number: [phone_number], skip_password_requirement: true, email_address: [newAddress()] };
      assert.equal((await call('POST', '/users', { body })).status, 200);
    }
    const found = async (query: string) => {
      const { body } = await call('GET', `/users?${query}`);
      return body.map(({ phone_numbers: [own] }: { phone_numbers: { phone_number: string }[] }) => own?.phone_number);
    };
    assert.deepEqual(await found('phone_number_query=0612%2034&order_by=phone_number'), numbers);
    assert.deepEqual(await found('phone_number_query=0612%2034&order_by=-phone_number'), [...numbers].reverse());
    assert.deepEqual(await found('query=(06)1234-0002'), [numbers[1]]);
    assert.deepEqual(await found('phone_number=%2B39%2006%2012340001'), [numbers[0]]);
    assert.deepEqual(await found('phone_number=+390612340001'), [numbers[0]]);
    assert.deepEqual(await found('phone_number=nonsense'), []);
    assert.deepEqual(await found('phone_number_query=%25'), []);
  });

  it('are refused where they are none, taken, or twice', async () => {
    const {
      phone_numbers: [own],
    } = await newUser();
    const create = (phone_number: string[]) => call('POST', '/users', { body: { phone_number, email_address: [newAddress()], password } });
    assert.deepEqual(refusals(await create(['5550100'])), ['form_param_format_invalid phone_number']);
    assert.deepEqual(refusals(await create([own?.phone_number ?? ''])), ['form_identifier_exists phone_number']);
    const twice = testNumber();
    assert.deepEqual(refusals(await create([twice, twice])), ['form_identifier_exists phone_number']);
    assert.deepEqual((await call('GET', `/users?phone_number=${encodeURIComponent(twice)}`)).body, [], 'nothing is left of a refused user');
  });
});

for (const [collection, kind, newValue] of [
  ['email_addresses', 'email_address', newAddress],
  ['phone_numbers', 'phone_number', testNumber],
] as const) {
  describe(`/v1/${collection}`, () => {
    const add = (userId: string, more: object = {}) =>
      call('POST', `/${collection}`, { body: { user_id: userId, [kind]: newValue(), ...more } });

    it('are made, read and deleted, in every state', async () => {
      const { id } = await newUser();
      const browser = await createFrontendClient(api);
      for (const more of [{}, { verified: true }, { verified: true, primary: true }]) {
        const { status, body } = await add(id, more);
        assert.deepEqual([status, body.object, body.reserved], [200, kind, false]);
      }
      const { body: user } = await call('GET', `/users/${id}`);
      // One that its owner is just about to prove.
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: user.email_addresses[0].email_address, password });
      const sessionId = response.created_session_id as string;
      const { response: own } = await browser.call('POST', `/me/${collection}`, { [kind]: newValue() }, { sessionId });
      const strategy = kind === 'phone_number' ? 'phone_code' : 'email_code';
      await browser.call('POST', `/me/${collection}/${own.id}/prepare_verification`, { strategy }, { sessionId });
      const { body: open } = await call('GET', `/${collection}/${own.id}`);
      assert.equal(open.verification.status, 'unverified');
      const { body: deleted } = await call('DELETE', `/${collection}/${own.id}`);
      assert.deepEqual(deleted, { object: kind, id: own.id, deleted: true });
    });

    it('refuse what is missing, unknown or taken', async () => {
      const user = await newUser();
      const { id } = (await add(user.id)).body;
      assert.deepEqual(refusals(await call('POST', `/${collection}`, { body: { user_id: user.id } })), [`form_param_missing ${kind}`]);
      assert.deepEqual(refusals(await call('POST', `/${collection}`, { body: { [kind]: newValue() } })), ['form_param_missing user_id']);
      assert.deepEqual(refusals(await add('user_none')), ['resource_not_found']);
      assert.deepEqual(refusals(await add(user.id, { [kind]: 'nonsense' })), [`form_param_format_invalid ${kind}`]);
      assert.deepEqual(refusals(await add(user.id, { verified: 'yes' })), ['form_param_type_invalid verified']);
      for (const [method, path] of [
        ['GET', 'idn_none'],
        ['PATCH', 'idn_none'],
        ['DELETE', 'idn_none'],
      ]) {
        assert.deepEqual(refusals(await call(method ?? '', `/${collection}/${path}`)), ['resource_not_found']);
      }
      const other = await newUser();
      const taken = newValue();
      await add(other.id, { [kind]: taken, verified: true });
      assert.deepEqual(refusals(await add(user.id, { [kind]: taken, verified: true })), [`form_identifier_exists ${kind}`]);
      // Written down by two, and proved for one of them.
      const { body: own } = await add(user.id, { [kind]: taken });
      assert.deepEqual(refusals(await call('PATCH', `/${collection}/${own.id}`, { body: { verified: true } })), ['identification_claimed']);
      assert.equal((await call('GET', `/${collection}/${id}`)).status, 200);
    });

    it(`are replaced by one with PUT /users/{id}/${kind}`, async () => {
      const user = await newUser();
      await add(user.id, { verified: true });
      const put = (body: object) => call('PUT', `/users/${user.id}/${kind}`, { body });
      for (const [status, verification, reserved] of [
        [undefined, 'admin', false],
        ['reserved', undefined, true],
        ['unverified', undefined, false],
      ] as const) {
        const value = newValue();
        const { body } = await put({ [kind]: value, ...(status && { identification_status: status }) });
        assert.deepEqual([body[kind], body.verification?.strategy, body.reserved], [value, verification, reserved]);
        const { body: after } = await call('GET', `/users/${user.id}`);
        assert.deepEqual(
          after[collection].map(({ id }: { id: string }) => id),
          [body.id],
        );
        assert.equal(after[`primary_${kind}_id`], body.id);
      }
      assert.deepEqual(refusals(await put({ [kind]: newValue(), identification_status: 'maybe' })), [
        'form_param_value_invalid identification_status',
      ]);
      const stranger = await newUser();
      const theirs = kind === 'phone_number' ? stranger.phone_numbers[0]?.phone_number : stranger.email_addresses[0]?.email_address;
      const before = (await call('GET', `/users/${user.id}`)).body[collection];
      assert.deepEqual(refusals(await put({ [kind]: theirs })), [`form_identifier_exists ${kind}`]);
      assert.deepEqual((await call('GET', `/users/${user.id}`)).body[collection], before, 'a refused replacement leaves what was there');
      assert.deepEqual(refusals(await call('PUT', `/users/user_none/${kind}`, { body: { [kind]: newValue() } })), ['resource_not_found']);
    });
  });
}

describe('an instance without phone numbers', () => {
  let plain: TestApi;
  before(async () => {
    plain = await startApi({ instance: { users: [] } });
  });
  after(() => plain.stop());

  it('takes none from a backend', async () => {
    const { id } = await addUser(plain, { emailAddress: newAddress() });
    const plainCall = createBackendClient(plain);
    const body = { user_id: id, phone_number: testNumber() };
    assert.deepEqual(refusals(await plainCall('POST', '/phone_numbers', { body })), ['form_param_unknown phone_number']);
    assert.deepEqual(refusals(await plainCall('PUT', `/users/${id}/phone_number`, { body })), ['form_param_unknown phone_number']);
  });
});
