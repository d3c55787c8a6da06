import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ClerkCore } from '../../src/clerk/clerk.ts';
import type { UserResource } from '../../src/resources/types.ts';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { FakeApi } from '../clerk/support/fake-api.ts';
import { FakePlatform, json } from '../clerk/support/fake-platform.ts';

describe('User', () => {
  let platform: FakePlatform;
  let api: FakeApi;
  let clerk: ClerkCore;
  let user: UserResource;

  beforeEach(async () => {
    platform = new FakePlatform();
    api = new FakeApi(platform);
    api.sessions = ['sess_1'];
    api.metadata = { a: 1, b: { c: 2, d: 3 } };
    const key = createPublishableKey({ instanceType: 'production', frontendApi: 'clerk.example.com' });
    clerk = new ClerkCore(key, {}, { platform, fetchMethods: () => import('../../src/methods/index.ts') });
    await clerk.load();
    user = clerk.user!;
    platform.requests.length = 0;
  });

  const sent = () => platform.requests.map(({ method, path, body }) => `${method} ${path} ${decodeURIComponent(body.toString())}`.trim());

  it('has the names and empty values of the published types', () => {
    assert.equal(user.fullName, 'Ann');
    assert.equal(user.lastName, null);
    assert.equal(user.primaryEmailAddress?.emailAddress, 'ann@example.com');
    assert.equal(String(user.primaryEmailAddress), 'ann@example.com');
    assert.equal(user.hasVerifiedEmailAddress, true);
    assert.equal(user.hasImage, false);
    assert.deepEqual(user.organizationMemberships, []);
    assert.ok(user.createdAt instanceof Date);
    assert.equal(user.lastSignInAt, null);
  });

  it('can be printed and cloned without its connections', () => {
    assert.equal(JSON.stringify(user).includes('platform'), false);
  });

  describe('update()', () => {
    it('replaces metadata in one request, and resolves with the same user', async () => {
      const same = await user.update({ unsafeMetadata: { b: { c: 2, e: 4 } } });
      assert.equal(same, user);
      assert.deepEqual(sent(), ['PATCH /me unsafe_metadata={"b":{"c":2,"e":4}}']);
      assert.deepEqual(user.unsafeMetadata, { b: { c: 2, e: 4 } });
    });

    it('gives listeners another user, by which those who compare see the change; without one it stays', async () => {
      const told: unknown[] = [];
      clerk.addListener((resources) => void told.push(resources));
      await user.update({ unsafeMetadata: { b: 1 } });
      const changed = clerk.user!;
      assert.notEqual(changed, user);
      assert.deepEqual([changed.unsafeMetadata, user.unsafeMetadata], [{ b: 1 }, { b: 1 }]);
      assert.equal(told.at(-1), clerk.__internal_lastEmittedResources);
      assert.equal(clerk.__internal_lastEmittedResources?.user, changed);
      await changed.reload();
      assert.equal(clerk.user, changed);
    });

    it('takes null for an empty document', async () => {
      await user.update({ unsafeMetadata: null, firstName: null });
      assert.deepEqual(sent(), ['PATCH /me unsafe_metadata={}&first_name=']);
    });

    it('acts through its own session', async () => {
      await user.update({ firstName: 'Eve' });
      assert.equal(platform.requests[0]?.url.searchParams.get('_clerk_session_id'), 'sess_1');
    });

    for (const code of ['form_param_deprecated', 'form_param_unknown']) {
      const refuse = () => {
        api.override = ({ method, path, body }) =>
          method === 'PATCH' && path === '/me' && body.has('unsafe_metadata')
            ? json(422, { errors: [{ code, message: code, meta: { param_name: 'unsafe_metadata' } }] })
            : undefined;
      };
      it(`falls back to a patch against a fresh copy after ${code}`, async () => {
        refuse();
        api.metadata = { a: 1, b: { c: 2, d: 3 }, written: 'by another tab' };
        api.updatedAt += 10;
        await user.update({ unsafeMetadata: { b: { c: 2, e: 4 } } });
        assert.deepEqual(sent(), [
          'PATCH /me unsafe_metadata={"b":{"c":2,"e":4}}',
          'GET /me',
          'PATCH /me/metadata unsafe_metadata={"b":{"e":4,"d":null},"a":null,"written":null}',
        ]);
        assert.deepEqual(JSON.parse(JSON.stringify(api.metadata)), { b: { c: 2, e: 4 } });
      });
      it(`sends the rest first, and no patch that changes nothing, after ${code}`, async () => {
        refuse();
        await user.update({ firstName: 'Eve', unsafeMetadata: { a: 1, b: { c: 2, d: 3 } } });
        assert.deepEqual(sent().slice(1), ['PATCH /me first_name=Eve']);
      });
    }

    it('rejects with the errors of the API, and changes nothing', async () => {
      api.override = ({ method }) =>
        method === 'PATCH'
          ? json(422, { errors: [{ code: 'form_param_exceeds_allowed_size', message: 'big', meta: { param_name: 'unsafe_metadata' } }] })
          : undefined;
      await assert.rejects(
        user.update({ unsafeMetadata: { big: 'x' } }),
        (error: { errors: { code: string }[] }) => error.errors[0]?.code === 'form_param_exceeds_allowed_size',
      );
      assert.deepEqual(user.unsafeMetadata, { a: 1, b: { c: 2, d: 3 } });
    });

    it('rejects when offline', async () => {
      platform.online = false;
      await assert.rejects(user.update({ firstName: 'Eve' }), { code: 'network_error' });
      assert.equal(user.firstName, 'Ann');
    });
  });

  describe('updateMetadata()', () => {
    const cases: { patch: Record<string, unknown>; body: string; result: object }[] = [
      { patch: { b: { d: null, e: { f: 1 } } }, body: '{"b":{"d":null,"e":{"f":1}}}', result: { a: 1, b: { c: 2, e: { f: 1 } } } },
      { patch: { a: null }, body: '{"a":null}', result: { b: { c: 2, d: 3 } } },
      { patch: { b: ['x', { y: null }] }, body: '{"b":["x",{"y":null}]}', result: { a: 1, b: ['x', { y: null }] } },
      { patch: { a: undefined, toString: 'text' }, body: '{"toString":"text"}', result: { a: 1, b: { c: 2, d: 3 }, toString: 'text' } },
    ];
    for (const { patch, body, result } of cases) {
      it(`sends ${body} as it is`, async () => {
        assert.equal(await user.updateMetadata({ unsafeMetadata: patch }), user);
        assert.deepEqual(sent(), [`PATCH /me/metadata unsafe_metadata=${body}`]);
        assert.deepEqual(JSON.parse(JSON.stringify(user.unsafeMetadata)), result);
      });
    }
    it('sends nothing for an empty patch', async () => {
      assert.equal(await user.updateMetadata({ unsafeMetadata: {} }), user);
      assert.equal(await user.updateMetadata({ unsafeMetadata: { a: undefined } }), user);
      assert.deepEqual(sent(), []);
    });
  });

  describe('after a write', () => {
    it('user, listeners and session token are fresh when the promise resolves', async () => {
      const before = await clerk.session!.getToken();
      const heard: unknown[] = [];
      clerk.addListener((resources) => heard.push(structuredClone(resources.user?.unsafeMetadata)), { skipInitialEmit: true });
      await user.updateMetadata({ unsafeMetadata: { a: 9 } });
      assert.deepEqual(heard.at(-1), { a: 9, b: { c: 2, d: 3 } });
      const token = await clerk.session!.getToken();
      assert.notEqual(token, before);
      assert.ok(platform.cookies.read().includes(token!));
      assert.equal(sent().length, 1, 'the token came with the answer');
    });

    it('asks for a token if the answer brought none', async () => {
      api.override = ({ method, path }) =>
        method === 'PATCH' && path === '/me' ? json(200, { response: api.user(), client: null }) : undefined;
      await platform.pass(1000);
      await user.update({ firstName: 'Eve' });
      await clerk.session!.getToken();
      assert.deepEqual(sent(), ['PATCH /me first_name=Eve', 'POST /client/sessions/sess_1/tokens organization_id=']);
    });

    it('an answer that is older than what is known changes nothing', async () => {
      const old = { ...api.user(), first_name: 'Old', updated_at: api.updatedAt - 5 };
      api.override = ({ method, path }) => (`${method} ${path}` === 'GET /me' ? json(200, { response: old }) : undefined);
      await user.reload();
      assert.equal(user.firstName, 'Ann');
    });
  });

  it('names a method that is not there yet', async () => {
    const unknown = user as unknown as { createWeb3Wallet(): Promise<void>; nothing: unknown };
    await assert.rejects(unknown.createWeb3Wallet(), { code: 'not_supported', message: /createWeb3Wallet\(\)/ });
    assert.equal(unknown.nothing, undefined);
  });
});
