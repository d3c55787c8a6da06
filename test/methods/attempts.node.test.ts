/** What attempts are asked for seldom: the methods that are fetched for them. */
import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ClerkCore } from '../../src/clerk/clerk.ts';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { FakeApi } from '../clerk/support/fake-api.ts';
import { FakePlatform, json } from '../clerk/support/fake-platform.ts';

const key = createPublishableKey({ instanceType: 'production', frontendApi: 'clerk.example.com' });

describe('methods of attempts', () => {
  let platform: FakePlatform;
  let api: FakeApi;
  let clerk: ClerkCore;

  beforeEach(() => {
    platform = new FakePlatform();
    api = new FakeApi(platform);
    clerk = new ClerkCore(key, {}, { platform, fetchMethods: () => import('../../src/methods/index.ts') });
  });

  describe('validatePassword()', () => {
    const judge = async (settings: object, password: string) => {
      api.override = ({ path }) => (path === '/environment' ? json(200, { user_settings: { password_settings: settings } }) : undefined);
      await clerk.load();
      const heard: unknown[] = [];
      for (const attempt of [clerk.client!.signIn, clerk.client!.signUp]) {
        await new Promise<void>((resolve) => {
          const onValidationComplexity = (isEnough: boolean) => {
            heard.push(isEnough);
            resolve();
          };
          attempt.validatePassword(password, { onValidation: (result) => heard.push(result), onValidationComplexity });
        });
      }
      return heard;
    };

    it('names what the password lacks', async () => {
      const lacks = { complexity: { min_length: true, require_uppercase: true, require_special_char: true } };
      const settings = { min_length: 9, require_uppercase: true, require_special_char: true, require_numbers: true };
      assert.deepEqual(await judge(settings, 'abc1'), [lacks, false, lacks, false]);
    });

    it('finds nothing where it has all', async () => {
      assert.deepEqual(await judge({ require_numbers: true }, 'long enough 1'), [{ complexity: {} }, true, { complexity: {} }, true]);
    });
  });

  it('hand in the proof that a gate asks for, and show the next one', async () => {
    const gate = { status: 'pending', token: 't1', sdk_url: 'https://gate.example/sdk.js', expires_at: 5 };
    const { signIn, signUp } = await clerk.load().then(() => clerk.client!);
    api.override = ({ path, method }) => {
      if (method === 'POST' && /sign_(in|up)s$/.test(path))
        return api.wrap({ id: 'a_1', status: 'needs_protect_check', protect_check: gate });
      return method === 'PATCH' && /protect_check$/.test(path) ? api.wrap({ id: 'a_1', status: 'needs_first_factor' }) : undefined;
    };
    for (const [attempt, path] of [[signIn, 'sign_ins'] as const, [signUp, 'sign_ups'] as const]) {
      await attempt.create({});
      assert.deepEqual(attempt.protectCheck, { status: 'pending', token: 't1', sdkUrl: gate.sdk_url, expiresAt: 5 });
      await attempt.submitProtectCheck({ proofToken: 'p1' });
      const { path: asked, body } = platform.requests.at(-1)!;
      assert.deepEqual([asked, body.get('proof_token')], [`/client/${path}/a_1/protect_check`, 'p1']);
      assert.equal(attempt.protectCheck, null);
    }
  });
});
