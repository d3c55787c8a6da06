import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ClerkCore } from '../../src/clerk/clerk.ts';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { FakeApi } from './support/fake-api.ts';
import { FakePlatform, settle } from './support/fake-platform.ts';

const live = createPublishableKey({ instanceType: 'production', frontendApi: 'clerk.example.com' });

const fetchMethods = () => import('../../src/methods/index.ts');

describe('a visit', () => {
  it('loads, signs in, saves, and signs out', async () => {
    const platform = new FakePlatform();
    const api = new FakeApi(platform);
    const clerk = new ClerkCore(live, {}, { platform, fetchMethods });
    await clerk.load();
    assert.equal(clerk.status, 'ready');
    assert.ok((clerk.user as unknown) === null);
    const attempt = await clerk.client!.signIn.create({ identifier: 'ann@example.com' });
    assert.equal(attempt.status, 'needs_first_factor');
    await assert.rejects(
      attempt.attemptFirstFactor({ strategy: 'password', password: 'wrong' }),
      (error: { errors: { code: string; meta: object }[] }) => {
        assert.equal(error.errors[0]?.code, 'form_password_incorrect');
        assert.deepEqual(error.errors[0]?.meta, { paramName: 'password' });
        return true;
      },
    );
    const done = await attempt.attemptFirstFactor({ strategy: 'password', password: 'right' });
    assert.equal(done.status, 'complete');
    assert.ok((clerk.session as unknown) === null);
    await clerk.setActive({ session: done.createdSessionId });
    assert.equal(clerk.session?.id, 'sess_1');
    const { user } = clerk;
    assert.ok(user);
    assert.equal(await user.update({ unsafeMetadata: { a: { b: 1 } } }), user);
    assert.deepEqual(api.metadata, { a: { b: 1 } });
    assert.deepEqual(clerk.user?.unsafeMetadata, { a: { b: 1 } });
    await user.updateMetadata({ unsafeMetadata: { a: { b: null, c: 2 } } });
    assert.deepEqual(clerk.user?.unsafeMetadata, { a: { c: 2 } });
    assert.ok(platform.jar.has('__session'));
    await clerk.signOut(() => undefined);
    assert.equal(clerk.user, null);
    assert.equal(platform.jar.has('__session'), false);
    await settle();
  });
});
