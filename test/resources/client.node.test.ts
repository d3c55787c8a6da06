import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ClerkCore } from '../../src/clerk/clerk.ts';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { FakeApi } from '../clerk/support/fake-api.ts';
import type { FakePlatform } from '../clerk/support/fake-platform.ts';
import { loadSignedInCore } from '../clerk/support/signed-in-core.ts';

const key = createPublishableKey({ instanceType: 'development', frontendApi: 'brave-otter-7.clerk.accounts.dev' });
const day = 24 * 60 * 60 * 1000;

describe('the client', () => {
  let platform: FakePlatform;
  let api: FakeApi;
  let clerk: ClerkCore;
  const client = () => clerk.client!;

  beforeEach(async () => {
    ({ platform, api, clerk } = await loadSignedInCore(key));
  });

  it('is worth a detour in the last eight days of its cookie', async () => {
    const eligible = async (expiresAt: number | null) => {
      api.client = () => ({ ...FakeApi.prototype.client.call(api), cookie_expires_at: expiresAt });
      await client().reload();
      return client().isEligibleForTouch();
    };
    const now = platform.now();
    assert.deepEqual(await eligible(null), false);
    assert.deepEqual(await eligible(now + 8 * day + 1), false);
    assert.deepEqual(await eligible(now + 8 * day), true);
  });

  it('says where its cookie is renewed', () => {
    const redirectUrl = new URL('https://app.example.com/next?x=1#part');
    const { origin, pathname, searchParams } = new URL(client().buildTouchUrl({ redirectUrl }));
    assert.equal(origin + pathname, 'https://brave-otter-7.clerk.accounts.dev/v1/client/touch');
    assert.equal(searchParams.get('redirect_url'), redirectUrl.href);
    assert.equal(searchParams.get('__clerk_db_jwt'), 'dvb_1');
  });

  it('forgets attempts and tokens', async () => {
    const { signIn, signUp } = client();
    await signIn.create({ identifier: 'ann@example.com' });
    const token = await clerk.session!.getToken();
    assert.equal(await clerk.session!.getToken(), token);
    client().resetSignIn();
    client().resetSignUp();
    client().clearCache();
    assert.deepEqual([client().signIn.status, client().signIn === signIn, client().signUp === signUp], [null, false, false]);
    assert.notEqual(await clerk.session!.getToken(), token);
  });
});
