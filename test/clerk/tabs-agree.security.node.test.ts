/** Several tabs agree on who is there (security.md D9): what they tell each other, and what each does with it. */
import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ClerkCore } from '../../src/clerk/clerk.ts';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { FakeApi } from './support/fake-api.ts';
import { FakeBrowser, FakePlatform, settle } from './support/fake-platform.ts';

const live = createPublishableKey({ instanceType: 'production', frontendApi: 'clerk.example.com' });

/** Something that comes when the test says so. */
function held<Value>() {
  let give: (value: Value) => void = () => undefined;
  const value = new Promise<Value>((resolve) => (give = resolve));
  return { value, give };
}

describe('D9: tabs agree', () => {
  let browser: FakeBrowser;
  let platform: FakePlatform;
  let api: FakeApi;
  let clerk: ClerkCore;

  const open = () => new ClerkCore(live, {}, { platform, fetchMethods: () => import('../../src/methods/index.ts') });
  /** Another tab says something. */
  const say = async (...types: string[]) => {
    const other = browser.join('clerk', () => undefined);
    for (const type of types) other.post({ type });
    await settle();
  };
  const heard = () => {
    const news: unknown[] = [];
    browser.join('clerk', (message) => void news.push(message));
    return news;
  };
  const isRead = ({ method, path }: { method: string; path: string }) => method === 'GET' && path === '/client';

  beforeEach(async () => {
    browser = new FakeBrowser();
    platform = new FakePlatform('https://app.example.com/', browser);
    api = new FakeApi(platform);
    api.sessions = ['sess_1'];
    clerk = open();
    await clerk.load({ touchSession: false });
  });

  describe('as each tells', () => {
    it('of the session that is chosen, also where this tab has heard of it first', async () => {
      api.sessions = ['sess_1', 'sess_2'];
      // Another tab has chosen something just after the sign-in here: this one takes over what it is told, and then chooses the same.
      await say('session');
      assert.equal(clerk.session?.id, 'sess_2');
      const news = heard();
      await clerk.setActive({ session: 'sess_2' });
      await settle();
      assert.deepEqual(news, [{ type: 'session', session: 'sess_2' }]);
    });

    it('of nothing where only a card goes on', async () => {
      const news = heard();
      await clerk.setActive({ navigate: () => undefined });
      await settle();
      assert.deepEqual(news, []);
    });

    it('of what was saved', async () => {
      const news = heard();
      await clerk.user!.update({ firstName: 'Ann' });
      await settle();
      assert.deepEqual(news, [{ type: 'user', session: undefined }]);
    });

    for (const [name, end] of Object.entries<() => Promise<unknown>>({
      'signOut() of one': () => clerk.signOut(() => undefined, { sessionId: 'sess_1' }),
      'signOut() of another one': () => clerk.signOut(() => undefined, { sessionId: 'sess_2' }),
      'signOut()': () => clerk.signOut(() => undefined),
      'session.end()': () => clerk.session!.end(),
      'session.remove()': () => clerk.session!.remove(),
      'client.removeSessions()': () => clerk.client!.removeSessions(),
      'client.destroy()': () => clerk.client!.destroy(),
    })) {
      it(`of sessions that end: ${name}`, async () => {
        api.sessions = ['sess_2', 'sess_1'];
        api.override = ({ method, path }) => (`${method} ${path}` === 'DELETE /client' ? new Response(null, { status: 204 }) : undefined);
        await clerk.client!.reload();
        const news = heard();
        await end();
        await settle();
        assert.deepEqual(news, [{ type: 'signout', session: undefined }]);
      });
    }

    it('of the session of a page that has just loaded, unless all are in it', async () => {
      api.sessions = ['sess_2', 'sess_1'];
      await clerk.client!.reload();
      await clerk.signOut(() => undefined, { sessionId: 'sess_1' });
      assert.ok((clerk.session as unknown) === null);
      const news = heard();
      const another = open();
      await another.load({ touchSession: false });
      await settle();
      assert.deepEqual(news, [{ type: 'session', session: 'sess_2' }]);
      assert.deepEqual([another.session?.id, clerk.session?.id], ['sess_2', 'sess_2']);
      await open().load({ touchSession: false });
      await settle();
      assert.equal(news.length, 1);
    });
  });

  describe('as each hears', () => {
    for (const order of [
      ['signout', 'session'],
      ['session', 'signout'],
    ]) {
      it(`that one of several sessions was left, and another one chosen: ${order.join(', ')}`, async () => {
        api.sessions = ['sess_2'];
        await say(...order);
        assert.equal(clerk.session?.id, 'sess_2');
      });
    }

    it('that one was chosen, and left again, and nobody goes on in another one', async () => {
      api.sessions = ['sess_2'];
      browser.join('clerk', () => undefined).post({ type: 'session', session: 'sess_1' });
      await settle();
      assert.ok((clerk.session as unknown) === null);
    });

    for (const order of [
      ['user', 'signout'],
      ['signout', 'user'],
    ]) {
      it(`that one of several sessions was left, and nobody goes on in another one: ${order.join(', ')}`, async () => {
        api.sessions = ['sess_2'];
        await say(...order);
        assert.ok((clerk.session as unknown) === null);
      });
    }

    it('what was said while the page was loading', async () => {
      const late = open();
      const answer = held<Response>();
      api.override = (request) => (isRead(request) ? answer.value : undefined);
      const loading = late.load({ touchSession: false });
      await settle();
      api.override = undefined;
      const old = api.wrap(api.client());
      api.sessions = ['sess_1', 'sess_2'];
      await say('session');
      answer.give(old);
      await loading;
      await settle();
      assert.equal(late.session?.id, 'sess_2');
    });

    it('what was said while it chose a session itself', async () => {
      api.sessions = ['sess_2', 'sess_1'];
      await clerk.client!.reload();
      const way = held<undefined>();
      const choosing = clerk.setActive({ session: 'sess_2', navigate: () => way.value });
      await settle();
      // Another tab has chosen later: its choice is the one that the API has.
      api.sessions = ['sess_1', 'sess_2', 'sess_3'];
      await say('session');
      way.give(undefined);
      await choosing;
      await settle();
      assert.equal(clerk.session?.id, 'sess_3');
    });

    it('what is said once it is back, though it was left while it chose a session', async () => {
      api.sessions = ['sess_2', 'sess_1'];
      await clerk.client!.reload();
      void clerk.setActive({ session: 'sess_2', navigate: () => new Promise(() => undefined) });
      await settle();
      platform.wake('visible', true);
      await settle();
      api.sessions = ['sess_1', 'sess_2', 'sess_3'];
      await say('session');
      assert.equal(clerk.session?.id, 'sess_3');
    });

    it('what was said while it left a session itself', async () => {
      api.sessions = ['sess_2', 'sess_1'];
      await clerk.client!.reload();
      const way = held<undefined>();
      const leaving = clerk.signOut(() => way.value, { sessionId: 'sess_1' });
      await settle();
      await say('session');
      way.give(undefined);
      await leaving;
      await settle();
      assert.equal(clerk.session?.id, 'sess_2');
    });

    it('what was said just before it left a session itself', async () => {
      api.sessions = ['sess_2', 'sess_1'];
      await clerk.client!.reload();
      const answer = held<Response>();
      api.override = (request) => (isRead(request) ? answer.value : undefined);
      await say('session');
      const gone = held<Response>();
      api.override = ({ path }) => (path.endsWith('/remove') ? gone.value : undefined);
      const leaving = clerk.signOut(() => undefined, { sessionId: 'sess_1' });
      await settle();
      api.sessions = ['sess_1', 'sess_2'];
      answer.give(api.wrap(api.client()));
      await settle();
      api.sessions = ['sess_2'];
      gone.give(api.wrap({ ...api.session('sess_1'), status: 'removed' }));
      await leaving;
      assert.equal(clerk.session?.id, 'sess_2');
    });
  });

  describe('whatever crosses', () => {
    it('and ask once more where they choose a session while they ask', async () => {
      api.sessions = ['sess_1', 'sess_2'];
      await clerk.client!.reload();
      const answer = held<Response>();
      api.override = (request) => (isRead(request) ? answer.value : undefined);
      await say('user');
      await clerk.setActive({ session: 'sess_2' });
      // Another tab has signed in just now.
      api.sessions = ['sess_3', 'sess_1', 'sess_2'];
      api.override = undefined;
      answer.give(api.wrap(api.client()));
      await settle();
      assert.deepEqual(
        clerk.client!.signedInSessions.map(({ id }) => id),
        ['sess_3', 'sess_1', 'sess_2'],
      );
    });

    it('and believe no answer that is older than their own sign-in', async () => {
      const answer = held<Response>();
      const old = api.wrap(api.client());
      api.override = (request) => (isRead(request) ? answer.value : undefined);
      await say('user');
      // Whatever was written, its answer has the client along, with the session that was made.
      api.sessions = ['sess_1', 'sess_2'];
      await clerk.session!.touch();
      api.override = undefined;
      answer.give(old);
      await settle();
      await clerk.setActive({ session: 'sess_2' });
      assert.equal(clerk.session?.id, 'sess_2');
    });

    it('and find the session of their own sign-in, though somebody else has gone meanwhile', async () => {
      const answer = held<Response>();
      api.override = ({ path }) => (path.endsWith('/touch') ? answer.value : undefined);
      const entering = clerk.session!.touch();
      await settle();
      api.sessions = [];
      await say('signout');
      assert.ok((clerk.session as unknown) === null);
      api.sessions = ['sess_2'];
      answer.give(api.wrap(api.session('sess_2')));
      await entering;
      await clerk.setActive({ session: 'sess_2' });
      assert.equal(clerk.session?.id, 'sess_2');
    });
  });
});
