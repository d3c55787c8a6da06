import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ClerkCore } from '../../src/clerk/clerk.ts';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { FakeApi } from './support/fake-api.ts';
import { FakeBrowser, FakePlatform, json, settle } from './support/fake-platform.ts';

const live = createPublishableKey({ instanceType: 'production', frontendApi: 'clerk.example.com' });
const test = createPublishableKey({ instanceType: 'development', frontendApi: 'brave-otter-7.clerk.accounts.dev' });

describe('load()', () => {
  let platform: FakePlatform;
  let api: FakeApi;

  beforeEach(() => {
    platform = new FakePlatform();
    api = new FakeApi(platform);
  });

  const create = (key = live) => new ClerkCore(key, {}, { platform });
  const paths = () => platform.requests.map(({ method, path }) => `${method} ${path}`);
  const caught = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: { code?: string; status?: number }) => error,
    );

  it('asks for environment and client together, once for all who call', async () => {
    const clerk = create();
    clerk.prefetch();
    const statuses: string[] = [];
    clerk.on('status', (status) => statuses.push(status), { notify: true });
    await Promise.all([clerk.load(), clerk.load()]);
    await clerk.load();
    assert.deepEqual(paths().sort(), ['GET /client', 'GET /environment']);
    assert.deepEqual(statuses, ['loading', 'ready']);
    assert.equal(clerk.loaded, true);
    assert.equal(clerk.client?.isNew(), false);
  });

  it('takes the options of whoever has some, also after an element has loaded', async () => {
    const clerk = create();
    await clerk.load();
    await clerk.load({ afterSignOutUrl: '/bye' });
    assert.equal(clerk.buildAfterSignOutUrl(), '/bye');
  });

  it('accepts a client that is null', async () => {
    api.override = ({ path }) => (path === '/client' ? json(200, { response: null, client: null }) : undefined);
    const clerk = create();
    await clerk.load();
    assert.equal(clerk.status, 'ready');
    assert.equal(clerk.client?.isNew(), true);
    assert.ok(clerk.user === null);
  });

  it('does not use what was fetched long ago', async () => {
    const clerk = create();
    clerk.prefetch();
    await settle();
    await platform.pass(30_000);
    await clerk.load();
    assert.equal(paths().filter((path) => path === 'GET /client').length, 2);
  });

  it('in development gets a credential first, and asks for the environment by PATCH', async () => {
    await create(test).load();
    assert.deepEqual(paths(), ['POST /dev_browser', 'GET /client', 'PATCH /environment']);
    assert.equal(platform.requests[1]?.url.searchParams.get('__clerk_db_jwt'), 'dvb_1');
    assert.equal(platform.jar.get('__clerk_db_jwt'), 'dvb_1');
    assert.ok([...platform.jar.keys()].some((name) => /^__clerk_db_jwt_.{8}$/.test(name)));
    assert.equal(platform.jar.get('__client_uat'), '0');
  });

  it('in production removes credentials of development, and leaves __client_uat to the service', async () => {
    platform.jar.set('__clerk_db_jwt', 'dvb_old');
    await create().load();
    assert.equal(platform.jar.has('__clerk_db_jwt'), false);
    assert.equal(platform.jar.has('__client_uat'), false);
  });

  it('makes one new credential and tries once more if the API does not know ours', async () => {
    platform.jar.set('__clerk_db_jwt', 'dvb_gone');
    api.override = ({ url, path }) =>
      url.searchParams.get('__clerk_db_jwt') === 'dvb_gone' && path !== '/dev_browser'
        ? json(401, { errors: [{ code: 'dev_browser_unauthenticated' }] })
        : undefined;
    const clerk = create(test);
    await clerk.load();
    assert.equal(clerk.status, 'ready');
    assert.equal(paths().filter((path) => path === 'POST /dev_browser').length, 1);
    assert.equal(paths().length, 5);
  });

  for (const known of [undefined, 'dvb_gone']) {
    it(`has one credential in tabs that open at once, ${known ? 'where the API knows theirs no more' : 'the first ever'}`, async () => {
      const browser = new FakeBrowser();
      if (known) browser.jar.set('__clerk_db_jwt', known);
      const tabs = [1, 2, 3].map(() => new FakePlatform(undefined, browser));
      for (const tab of tabs) api.serve(tab);
      let made = 0;
      const make = async () => {
        // Long enough for the others to ask too.
        await settle();
        return json(200, { id: `dvb_new_${(made += 1)}` });
      };
      api.override = ({ url, path }) => {
        if (path === '/dev_browser') return make();
        const isKnown = url.searchParams.get('__clerk_db_jwt') !== 'dvb_gone';
        return isKnown ? undefined : json(401, { errors: [{ code: 'dev_browser_unauthenticated' }] });
      };
      await Promise.all(tabs.map((tab) => new ClerkCore(test, {}, { platform: tab }).load()));
      assert.equal(made, 1);
      for (const tab of tabs) assert.equal(tab.requests.at(-1)?.url.searchParams.get('__clerk_db_jwt'), 'dvb_new_1');
    });
  }

  it('gives up if the API knows no credential at all', async () => {
    api.override = ({ path }) => (path !== '/dev_browser' ? json(401, { errors: [{ code: 'dev_browser_unauthenticated' }] }) : undefined);
    const clerk = create(test);
    assert.equal((await caught(clerk.load()))?.status, 401);
    await platform.pass(600_000);
    assert.ok(paths().length <= 8, paths().join('\n'));
  });

  for (const status of [403, 404, 422, 429]) {
    it(`rejects when the client is refused with ${status}, asks nothing more by itself, and can be called again`, async () => {
      api.override = ({ path }) => (path === '/client' ? json(status, { errors: [{ code: 'refused' }] }) : undefined);
      const clerk = create();
      const [first, second] = await Promise.all([caught(clerk.load()), caught(clerk.load())]);
      assert.equal(first?.status, status);
      assert.equal(second, first);
      assert.equal(clerk.status, 'error');
      assert.equal(clerk.client, undefined);
      await platform.pass(600_000);
      assert.equal(paths().length, 2, paths().join('\n'));
      api.override = undefined;
      await clerk.load();
      assert.equal(clerk.status, 'ready');
    });
  }

  it('asks anew when it is called again at once after a refusal', async () => {
    api.override = ({ path }) => (path === '/client' ? json(403, { errors: [{ code: 'refused' }] }) : undefined);
    const clerk = create();
    assert.equal((await caught(clerk.load()))?.status, 403);
    api.override = undefined;
    await clerk.load();
    assert.equal(clerk.status, 'ready');
  });

  describe('when the API is away', () => {
    const outages: { name: string; begin: () => void }[] = [
      { name: 'refuses the connection', begin: () => (platform.online = false) },
      { name: 'answers 500', begin: () => (api.override = () => json(500, { errors: [{ code: 'internal_clerk_error' }] })) },
      { name: 'answers HTML', begin: () => (api.override = () => new Response('<h1>Hello</h1>')) },
      { name: 'hangs', begin: () => (api.override = () => new Promise<Response>(() => undefined)) },
    ];
    for (const { name, begin } of outages) {
      it(`and ${name}: whoever was there stays, and all is well once it is back`, async () => {
        api.sessions = ['sess_1'];
        platform.jar.set('__session', api.token('sess_1'));
        begin();
        const clerk = create();
        const loading = clerk.load();
        await platform.pass(7500);
        await loading;
        assert.equal(clerk.status, 'degraded');
        assert.equal(clerk.session?.id, 'sess_1');
        assert.equal(clerk.user?.id, 'user_1');
        assert.ok(platform.jar.has('__session'));
        assert.ok(clerk.__internal_environment);

        platform.online = true;
        api.override = undefined;
        await platform.pass(120_000);
        assert.equal(clerk.status, 'ready');
        assert.equal(clerk.user?.firstName, 'Ann');
      });

      it(`and ${name}: with nobody there it rejects within its bound`, async () => {
        begin();
        const clerk = create();
        const outcome = caught(clerk.load());
        await platform.pass(7500);
        assert.ok(await outcome);
        assert.equal(clerk.status, 'error');
        const before = platform.requests.length;
        assert.ok(before <= 8, `${before} requests`);
        await platform.pass(600_000);
        assert.equal(platform.requests.length, before);
      });
    }

    it('only with its environment, the page works with what an instance usually allows', async () => {
      api.override = ({ path }) => (path === '/environment' ? json(500, {}) : undefined);
      const clerk = create();
      await clerk.load();
      assert.equal(clerk.status, 'degraded');
      assert.equal(clerk.__internal_environment?.attribute('email_address').enabled, true);
      api.override = undefined;
      await platform.pass(10_000);
      assert.equal(clerk.status, 'ready');
    });
  });
});
