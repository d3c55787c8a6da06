import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ClerkCore } from '../../src/clerk/clerk.ts';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { FakeApi } from './support/fake-api.ts';
import { FakeBrowser, FakePlatform, fakeToken, json, settle } from './support/fake-platform.ts';

const live = createPublishableKey({ instanceType: 'production', frontendApi: 'clerk.example.com' });

const fetchMethods = () => import('../../src/methods/index.ts');

describe('session tokens', () => {
  let browser: FakeBrowser;
  let platform: FakePlatform;
  let api: FakeApi;
  let clerk: ClerkCore;

  beforeEach(async () => {
    browser = new FakeBrowser();
    platform = new FakePlatform('https://app.example.com/', browser);
    api = new FakeApi(platform);
    api.sessions = ['sess_1'];
    clerk = new ClerkCore(live, {}, { platform, fetchMethods });
    await clerk.load({ touchSession: false });
    platform.requests.length = 0;
  });

  const openTab = async () => {
    const other = new FakePlatform('https://app.example.com/', browser);
    other.time = platform.time;
    api.serve(other);
    const tab = new ClerkCore(live, {}, { platform: other, fetchMethods });
    await tab.load({ touchSession: false });
    other.requests.length = 0;
    return { other, tab };
  };
  const asked = (of = platform) => of.requests.filter(({ path }) => path.includes('/tokens')).length;

  it('come with the client, and cost no request while they are valid', async () => {
    const token = await clerk.session!.getToken();
    assert.equal(token, platform.jar.get('__session'));
    await platform.pass(30_000);
    assert.equal(await clerk.session!.getToken(), token);
    assert.equal(asked(), 0);
  });

  it('are replaced 17 s before they end, once', async () => {
    const token = await clerk.session!.getToken();
    await platform.pass(42_000);
    assert.equal(asked(), 0);
    await platform.pass(2000);
    assert.equal(asked(), 1);
    const next = await clerk.session!.getToken();
    assert.notEqual(next, token);
    assert.equal(platform.jar.get('__session'), next);
    await platform.pass(60_000 * 10);
    assert.ok(asked() <= 15, `${asked()} in ten minutes`);
  });

  it('are asked for once, however many want one', async () => {
    clerk.session!.clearCache();
    const tokens = await Promise.all([clerk.session!.getToken(), clerk.session!.getToken(), clerk.session!.getToken()]);
    assert.equal(new Set(tokens).size, 1);
    assert.equal(asked(), 1);
  });

  it('are asked for by skipCache and for templates', async () => {
    const token = await clerk.session!.getToken();
    assert.notEqual(await clerk.session!.getToken({ skipCache: true }), token);
    assert.equal(platform.requests.at(-1)?.url.searchParams.get('debug'), 'skip_cache');
    api.override = ({ path }) =>
      path.endsWith('/tokens/supabase')
        ? json(200, { jwt: fakeToken({ sub: 'user_1', iat: platform.time / 1000, exp: platform.time / 1000 + 60 }) })
        : undefined;
    const made = await clerk.session!.getToken({ template: 'supabase' });
    assert.equal(await clerk.session!.getToken({ template: 'supabase' }), made);
    assert.notEqual(platform.jar.get('__session'), made);
  });

  describe('after a write', () => {
    const templated = () =>
      fakeToken({ sub: 'user_1', iat: platform.time / 1000, exp: platform.time / 1000 + 60, jti: crypto.randomUUID() });
    const write = () => clerk.user!.updateMetadata({ unsafeMetadata: { a: 1 } });

    it('are made anew from templates, however fast it was, and the one that came with it stays', async () => {
      api.override = ({ path }) => (path.endsWith('/tokens/supabase') ? json(200, { jwt: templated() }) : undefined);
      const before = await clerk.session!.getToken({ template: 'supabase' });
      await write();
      assert.notEqual(await clerk.session!.getToken({ template: 'supabase' }), before);
      await clerk.session!.getToken();
      assert.deepEqual(
        platform.requests.map(({ path }) => path.replace(/^.*\//, '')),
        ['supabase', 'metadata', 'supabase'],
      );
    });

    it('are not those that were asked for before it', async () => {
      for (const template of ['', 'supabase']) {
        const answers: ((response: Response) => void)[] = [];
        api.override = ({ path }) => (path.includes('/tokens') ? new Promise((resolve) => answers.push(resolve)) : undefined);
        const early = clerk.session!.getToken({ template, skipCache: true });
        await settle();
        await write();
        const stale = template ? templated() : api.token('sess_1');
        answers[0]?.(json(200, { jwt: stale }));
        assert.equal(await early, stale, 'who asked early gets what there was');
        api.override = ({ path }) => (path.endsWith('/tokens/supabase') ? json(200, { jwt: templated() }) : undefined);
        assert.notEqual(await clerk.session!.getToken({ template }), stale, template);
        assert.notEqual(platform.jar.get('__session'), stale);
      }
    });
  });

  it('of somebody else are refused', async () => {
    const before = platform.jar.get('__session');
    for (const claims of [{ sid: 'sess_2' }, { sub: 'user_2' }]) {
      api.override = ({ path }) => (path.includes('/tokens') ? json(200, { jwt: api.token('sess_1', claims) }) : undefined);
      await assert.rejects(clerk.session!.getToken({ skipCache: true }), { code: 'invalid_response' });
    }
    assert.equal(platform.jar.get('__session'), before);
  });

  it('do not vanish when the browser is offline, and nobody is signed out', async () => {
    platform.online = false;
    await platform.pass(50_000);
    const token = await clerk.session!.getToken();
    assert.ok(token, 'still valid for some seconds');
    await platform.pass(20_000);
    await assert.rejects(clerk.session!.getToken(), { code: 'clerk_offline' });
    assert.equal(clerk.session?.id, 'sess_1');
    assert.ok(platform.jar.has('__session'));
    assert.equal(clerk.status, 'degraded');
    platform.online = true;
    platform.wake('online');
    await platform.pass(1000);
    assert.equal(clerk.status, 'ready');
    assert.notEqual(await clerk.session!.getToken(), token);
  });

  it('are not asked for in a row without pause, however short they live', async () => {
    api.lifetime = 4;
    await clerk.session!.getToken({ skipCache: true });
    await platform.pass(60_000);
    assert.ok(asked() <= 32, `${asked()} in a minute`);
  });

  describe('of two tabs', () => {
    it('are refreshed by one, and shared', async () => {
      const { other, tab } = await openTab();
      for (let second = 0; second < 60; second++) {
        await Promise.all([platform.pass(1000), other.pass(1000)]);
      }
      assert.equal(asked() + asked(other), 1);
      assert.equal(await tab.session!.getToken(), await clerk.session!.getToken());
    });

    it('prefer the one that is seen', async () => {
      const { other } = await openTab();
      platform.isShown = false;
      clerk.session!.clearCache();
      await platform.pass(0);
      platform.requests.length = 0;
      for (let second = 0; second < 60; second++) {
        await platform.pass(1000);
        await other.pass(1000);
      }
      assert.deepEqual([asked(), asked(other)], [0, 1]);
    });

    it('hear of a sign-out, and of a sign-in', async () => {
      const { tab } = await openTab();
      await clerk.signOut(() => undefined);
      await settle();
      assert.ok((tab.session as unknown) === null);
      api.sessions = ['sess_9'];
      api.updatedAt++;
      await clerk.client!.reload();
      await clerk.setActive({ session: 'sess_9' });
      await settle();
      assert.equal(tab.session?.id, 'sess_9');
    });
  });

  describe('that come along with answers', () => {
    it('give way to a fresher one that is known', async () => {
      const fresh = api.token('sess_1', { header: { oiat: 200 } });
      api.override = ({ path }) => (path.includes('/tokens') ? json(200, { jwt: fresh }) : undefined);
      await clerk.session!.getToken({ skipCache: true });
      const stale = api.token('sess_1', { header: { oiat: 100 } });
      api.override = ({ path }) =>
        path === '/client'
          ? json(200, { response: { ...api.client(), sessions: [{ ...api.session('sess_1'), last_active_token: { jwt: stale } }] } })
          : undefined;
      await clerk.client!.reload();
      assert.equal(await clerk.session!.getToken(), fresh);
      assert.equal(platform.jar.get('__session'), fresh);
    });

    it('of another session are ignored, and the cookie stays', async () => {
      const before = platform.jar.get('__session');
      api.override = ({ path }) =>
        path === '/client'
          ? json(200, {
              response: { ...api.client(), sessions: [{ ...api.session('sess_1'), last_active_token: { jwt: api.token('sess_2') } }] },
            })
          : undefined;
      await clerk.client!.reload();
      assert.equal(platform.jar.get('__session'), before);
    });

    it('may be missing', async () => {
      api.override = ({ path }) =>
        path === '/client'
          ? json(200, { response: { ...api.client(), sessions: [{ ...api.session('sess_1'), last_active_token: null }] } })
          : undefined;
      await clerk.client!.reload();
      assert.ok(await clerk.session!.getToken());
      assert.ok(platform.jar.has('__session'));
    });
  });

  it('sign out everywhere once the API says that the session is gone, with one look at the client', async () => {
    api.override = ({ path }) => (path.includes('/tokens') ? json(401, { errors: [{ code: 'signed_out' }] }) : undefined);
    api.sessions = [];
    await assert.rejects(clerk.session!.getToken({ skipCache: true }));
    assert.equal(clerk.session, null);
    assert.equal(platform.jar.has('__session'), false);
    await platform.pass(600_000);
    assert.equal(platform.requests.filter(({ path }) => path === '/client').length, 1);
  });
});
