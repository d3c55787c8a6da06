import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ClerkCore } from '../../src/clerk/clerk.ts';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { FakeApi } from './support/fake-api.ts';
import { FakePlatform, json } from './support/fake-platform.ts';

const fetchMethods = () => import('../../src/methods/index.ts');

describe('coming and going', () => {
  let platform: FakePlatform;
  let api: FakeApi;
  let clerk: ClerkCore;
  let heard: string[];

  const open = async (...sessions: string[]) => {
    platform = new FakePlatform('https://app.example.com/page');
    api = new FakeApi(platform);
    api.sessions = sessions;
    clerk = new ClerkCore(
      createPublishableKey({ instanceType: 'production', frontendApi: 'clerk.example.com' }),
      {},
      { platform, fetchMethods },
    );
    await clerk.load({ touchSession: false });
    heard = [];
    clerk.addListener(
      ({ session }) =>
        heard.push(`${session === undefined ? 'transition' : (session?.id ?? 'nobody')}, cookie ${platform.jar.has('__session')}`),
      {
        skipInitialEmit: true,
      },
    );
    platform.requests.length = 0;
  };
  beforeEach(() => open());

  const paths = () => platform.requests.map(({ method, path }) => `${method} ${path}`);
  const states = () => heard.filter((state, index) => state !== heard[index - 1]);

  describe('setActive()', () => {
    it('needs a loaded instance', async () => {
      const fresh = new ClerkCore(clerk.publishableKey, {}, { platform, fetchMethods });
      await assert.rejects(fresh.setActive({ session: 'sess_1' }), { code: 'not_loaded' });
      await assert.rejects(clerk.setActive({}), { code: 'not_loaded' });
    });

    it('touches, writes cookies, and then tells listeners', async () => {
      api.sessions = ['sess_1'];
      await clerk.client!.reload();
      platform.requests.length = 0;
      heard.length = 0;
      await clerk.setActive({ session: 'sess_1' });
      assert.deepEqual(paths(), ['POST /client/sessions/sess_1/touch']);
      assert.equal(platform.requests[0]?.body.get('intent'), 'select_session');
      assert.deepEqual(states().slice(-1), ['sess_1, cookie true']);
      assert.equal(platform.jar.get('clerk_active_context'), 'sess_1:');
    });

    it('is in transition while it navigates, and shows nobody on a page that is being left', async () => {
      api.sessions = ['sess_1'];
      await clerk.client!.reload();
      heard.length = 0;
      await clerk.setActive({ session: 'sess_1', redirectUrl: '/after' });
      assert.deepEqual(platform.visited, ['https://app.example.com/after']);
      assert.deepEqual(states().slice(-1), ['transition, cookie true']);
      assert.equal(clerk.session, undefined);
    });

    it('tells who is there after another fragment of the same page', async () => {
      api.sessions = ['sess_1'];
      await clerk.client!.reload();
      await clerk.setActive({ session: 'sess_1', redirectUrl: '#done' });
      assert.deepEqual(states().slice(-2), ['transition, cookie true', 'sess_1, cookie true']);
    });

    it('lets the page navigate by itself', async () => {
      api.sessions = ['sess_1'];
      await clerk.client!.reload();
      const seen: string[] = [];
      await clerk.setActive({ session: 'sess_1', navigate: ({ session, decorateUrl }) => void seen.push(session.id, decorateUrl('/x')) });
      assert.deepEqual(seen, ['sess_1', '/x']);
      assert.deepEqual(states().slice(-1), ['sess_1, cookie true']);
    });

    it('takes a session that is not there for none', async () => {
      await open('sess_1');
      await clerk.setActive({ session: 'sess_unknown' });
      assert.equal(clerk.session, null);
      assert.equal(platform.jar.has('__session'), false);
    });

    it('signs in even if the service cannot be told so now', async () => {
      api.sessions = ['sess_1'];
      await clerk.client!.reload();
      platform.online = false;
      await clerk.setActive({ session: 'sess_1' });
      assert.equal(clerk.session?.id, 'sess_1');
    });
  });

  describe('signOut()', () => {
    it('does nothing where nobody is', async () => {
      await clerk.signOut();
      assert.deepEqual(paths(), []);
    });

    it('ends all sessions, removes the cookies and goes to /', async () => {
      await open('sess_1');
      await clerk.signOut();
      assert.deepEqual(paths(), ['DELETE /client/sessions']);
      assert.deepEqual(platform.visited, ['https://app.example.com/']);
      assert.equal(clerk.session, undefined);
      assert.deepEqual(
        [...platform.jar.keys()].filter((name) => /session|context/.test(name)),
        [],
      );
      assert.deepEqual(states(), ['transition, cookie true', 'transition, cookie false'].slice(0, states().length));
    });

    it('calls back instead of going anywhere, and tells listeners then', async () => {
      await open('sess_1');
      await clerk.signOut(() => void heard.push('callback'));
      assert.deepEqual(platform.visited, []);
      assert.deepEqual(states().slice(-2), ['callback', 'nobody, cookie false']);
    });

    it('removes one of several sessions', async () => {
      await open('sess_1', 'sess_2');
      assert.equal(clerk.session?.id, 'sess_2');
      await clerk.signOut({ sessionId: 'sess_1' });
      assert.deepEqual(paths(), ['POST /client/sessions/sess_1/remove']);
      assert.equal(clerk.session?.id, 'sess_2');
    });

    it('signs nobody out when the API cannot be reached', async () => {
      await open('sess_1');
      platform.online = false;
      await assert.rejects(clerk.signOut(), { code: 'network_error' });
      assert.equal(clerk.session?.id, 'sess_1');
      assert.deepEqual(states().slice(-1), ['sess_1, cookie true']);
      assert.deepEqual(platform.visited, []);
    });

    it('is done if the session has ended already', async () => {
      await open('sess_1');
      api.sessions = [];
      api.override = ({ method }) => (method === 'DELETE' ? json(401, { errors: [{ code: 'signed_out' }] }) : undefined);
      await clerk.signOut({ redirectUrl: '/bye' });
      assert.deepEqual(platform.visited, ['https://app.example.com/bye']);
      assert.equal(clerk.session, undefined);
    });

    it('makes late answers for the former user count for nothing', async () => {
      await open('sess_1');
      let release: (() => void) | undefined;
      const late = api.wrap(api.user());
      api.override = ({ path, method }) =>
        method === 'PATCH' && path === '/me' ? new Promise<Response>((resolve) => (release = () => resolve(late))) : undefined;
      const write = clerk.user!.update({ firstName: 'Late' });
      await clerk.signOut(() => undefined);
      release!();
      await write;
      assert.equal(clerk.session, null);
      assert.equal(platform.jar.has('__session'), false);
    });
  });
});
