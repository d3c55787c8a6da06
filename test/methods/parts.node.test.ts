import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ClerkCore } from '../../src/clerk/clerk.ts';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import type { FakeApi } from '../clerk/support/fake-api.ts';
import { json } from '../clerk/support/fake-platform.ts';
import { loadSignedInCore } from '../clerk/support/signed-in-core.ts';

const key = createPublishableKey({ instanceType: 'production', frontendApi: 'clerk.example.com' });

describe('reload() of what is part of another resource', () => {
  let api: FakeApi;
  let clerk: ClerkCore;

  beforeEach(async () => {
    ({ api, clerk } = await loadSignedInCore(key));
  });

  it('reads that one, and says what is true there now', async () => {
    const address = clerk.user!.emailAddresses[0]!;
    const { verification } = address;
    const changed = { id: 'idn_1', email_address: 'ann@example.com', verification: { status: 'expired', strategy: 'email_code' } };
    api.override = ({ path }) => (path === '/me/email_addresses/idn_1' ? json(200, { response: changed }) : undefined);
    assert.equal(await verification.reload(), verification);
    assert.deepEqual([verification.status, address.verification.status, verification.pathRoot], ['expired', 'expired', '']);
  });

  it('finds it in a group or a list', async () => {
    const { signUp } = clerk.client!;
    const verifications = (status: string) => ({
      id: 'sua_1',
      status: 'x',
      verifications: { email_address: { status, strategy: 'email_code' } },
    });
    api.override = ({ path, method }) =>
      path.startsWith('/client/sign_ups')
        ? json(200, { response: verifications(method === 'GET' ? 'verified' : 'unverified') })
        : undefined;
    await signUp.create({});
    const { emailAddress } = signUp.verifications;
    await emailAddress.reload();
    assert.equal(emailAddress.status, 'verified');
  });

  it('of an account at a provider reads its user, as the API has no other way to it', async () => {
    const userWith = (account: object) => ({ ...api.user(), external_accounts: [{ id: 'eac_1', provider: 'oauth_google', ...account }] });
    api.override = ({ path }) => (path === '/me' ? json(200, { response: userWith({ label: 'before' }) }) : undefined);
    await clerk.user!.reload();
    const [account] = clerk.user!.externalAccounts;
    api.override = ({ path }) => (path === '/me' ? json(200, { response: userWith({ label: 'after' }) }) : undefined);
    assert.equal(await account!.reload(), account);
    assert.equal(account!.label, 'after');
  });

  it('of a token gives the newest of its session', async () => {
    const token = clerk.session!.lastActiveToken!;
    const before = token.getRawString();
    api.override = ({ path }) => (path === '/client/sessions/sess_1' ? json(200, { response: api.session('sess_1') }) : undefined);
    assert.equal(await token.reload(), token);
    assert.notEqual(token.getRawString(), before);
  });
});
