/** What other tabs say: hints, which are checked (security.md B9). */
import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ClerkCore } from '../../src/clerk/clerk.ts';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { FakeApi } from './support/fake-api.ts';
import { FakeBrowser, FakePlatform, fakeToken, settle } from './support/fake-platform.ts';

const live = createPublishableKey({ instanceType: 'production', frontendApi: 'clerk.example.com' });

describe('other tabs', () => {
  let browser: FakeBrowser;
  let platform: FakePlatform;
  let api: FakeApi;
  let clerk: ClerkCore;

  beforeEach(async () => {
    browser = new FakeBrowser();
    platform = new FakePlatform('https://app.example.com/', browser);
    api = new FakeApi(platform);
    api.sessions = ['sess_1'];
    clerk = new ClerkCore(live, {}, { platform, fetchMethods: () => import('../../src/methods/index.ts') });
    await clerk.load({ touchSession: false });
  });

  describe('B9: tokens that another tab offers', () => {
    const offer = async (message: unknown) => {
      browser.join('clerk:session_token', () => undefined).post(message);
      await settle();
      return platform.jar.get('__session');
    };
    const later = () => {
      platform.time += 5000;
      return api.token('sess_1');
    };

    it('are taken if they fit', async () => {
      const tokenRaw = later();
      assert.equal(await offer({ sessionId: 'sess_1', organizationId: null, tokenId: 'sess_1', tokenRaw }), tokenRaw);
    });

    const seconds = () => Math.floor(platform.time / 1000);
    const forged: { name: string; make: () => unknown }[] = [
      { name: 'nothing', make: () => null },
      { name: 'text', make: () => 'signout' },
      {
        name: 'a cycle',
        make: () => {
          const cycle: Record<string, unknown> = {};
          cycle.self = cycle;
          return cycle;
        },
      },
      { name: 'a huge one', make: () => ({ sessionId: 'sess_1', tokenRaw: 'x'.repeat(1_000_000) }) },
      { name: 'another type', make: () => ({ sessionId: 'sess_1', tokenRaw: { toString: 1 } }) },
      { name: 'no token', make: () => ({ sessionId: 'sess_1', tokenRaw: 'a.b.c' }) },
      {
        name: 'of another session',
        make: () => ({
          sessionId: 'sess_1',
          tokenRaw: fakeToken({ sub: 'user_1', sid: 'sess_2', iat: seconds() + 5, exp: seconds() + 65 }),
        }),
      },
      {
        name: 'of another user',
        make: () => ({
          sessionId: 'sess_1',
          tokenRaw: fakeToken({ sub: 'user_2', sid: 'sess_1', iat: seconds() + 5, exp: seconds() + 65 }),
        }),
      },
      {
        name: 'an older one',
        make: () => ({
          sessionId: 'sess_1',
          tokenRaw: fakeToken({ sub: 'user_1', sid: 'sess_1', iat: seconds() - 10, exp: seconds() + 50 }),
        }),
      },
      {
        name: 'one that lives for long',
        make: () => ({
          sessionId: 'sess_1',
          tokenRaw: fakeToken({ sub: 'user_1', sid: 'sess_1', iat: seconds() + 5, exp: seconds() + 9999 }),
        }),
      },
    ];
    for (const { name, make } of forged) {
      it(`are left alone: ${name}`, async () => {
        const before = platform.jar.get('__session');
        assert.equal(await offer(make()), before);
        assert.equal(clerk.session?.id, 'sess_1');
      });
    }
  });

  describe('B9: news of another tab', () => {
    const say = async (message: unknown) => {
      browser.join('clerk', () => undefined).post(message);
      await settle();
      return clerk.session?.id;
    };

    for (const type of ['signout', 'session', 'user']) {
      it(`lead to one question, and nobody goes or comes who the API does not say: ${type}`, async () => {
        platform.requests.length = 0;
        assert.equal(await say({ type, session: 'sess_other' }), 'sess_1');
        assert.deepEqual(
          platform.requests.map(({ path }) => path),
          ['/client'],
        );
      });
    }

    for (const message of [null, 5, 'signout', [], {}, { type: 5 }, { type: '__proto__' }, { type: { type: 'signout' } }]) {
      it(`are none without their shape: ${JSON.stringify(message)}`, async () => {
        platform.requests.length = 0;
        assert.equal(await say(message), 'sess_1');
        assert.deepEqual(platform.requests, []);
      });
    }
  });
});
