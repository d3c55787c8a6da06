/** The credential of a development browser travels in addresses, where others can read and plant one (security.md, E5). */
import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ClerkOptions } from '../../src/clerk/clerk-api.ts';
import { ClerkCore } from '../../src/clerk/clerk.ts';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { FakeApi } from './support/fake-api.ts';
import { FakePlatform } from './support/fake-platform.ts';

const live = createPublishableKey({ instanceType: 'production', frontendApi: 'clerk.example.com' });
const test = createPublishableKey({ instanceType: 'development', frontendApi: 'brave-otter-7.clerk.accounts.dev' });

describe('E5: a credential in an address', () => {
  let platform: FakePlatform;

  beforeEach(() => {
    platform = new FakePlatform('https://app.example.com/page?x=1#part');
    new FakeApi(platform);
  });

  const load = async (key: string, options: ClerkOptions = {}) => {
    const clerk = new ClerkCore(key, {}, { platform });
    await clerk.load(options);
    return clerk;
  };

  it('is taken only after a round trip that this tab began', async () => {
    platform.href = 'https://app.example.com/page?a=1&__clerk_db_jwt=dvb_planted&b=2#part';
    await load(test);
    assert.equal(platform.jar.get('__clerk_db_jwt'), 'dvb_1');
    assert.equal(platform.href, 'https://app.example.com/page?a=1&b=2#part');

    platform.marks.set('__clerk_round_trip', '1');
    platform.href = 'https://app.example.com/page?__clerk_db_jwt=dvb_ours';
    await load(test);
    assert.equal(platform.jar.get('__clerk_db_jwt'), 'dvb_ours');
    assert.equal(platform.href, 'https://app.example.com/page');
    assert.equal(platform.marks.size, 0);
  });

  it('is nothing to a production instance, and is removed all the same', async () => {
    platform.marks.set('__clerk_round_trip', '1');
    platform.href = 'https://app.example.com/page?__clerk_db_jwt=dvb_planted';
    await load(live);
    assert.equal(platform.jar.has('__clerk_db_jwt'), false);
    assert.equal(platform.href, 'https://app.example.com/page');
  });

  it('buildUrlWithAuth() gives the credential to the service and to allowed origins only', async () => {
    const clerk = await load(test, { allowedRedirectOrigins: ['https://shop.test'] });
    assert.equal(clerk.buildUrlWithAuth('/own'), 'https://app.example.com/own');
    assert.equal(
      clerk.buildUrlWithAuth('https://brave-otter-7.accounts.dev/x'),
      'https://brave-otter-7.accounts.dev/x?__clerk_db_jwt=dvb_1',
    );
    assert.equal(clerk.buildUrlWithAuth('https://shop.test/?a=1#b'), 'https://shop.test/?a=1&__clerk_db_jwt=dvb_1#b');
    assert.equal(clerk.buildUrlWithAuth('https://evil.example/'), 'https://evil.example/');
  });
  it('buildUrlWithAuth() gives nothing in production', async () => {
    const clerk = await load(live);
    assert.equal(clerk.buildUrlWithAuth('https://accounts.example.com/x'), 'https://accounts.example.com/x');
  });
});
