import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { cookieSuffix } from '../../../src/rules/publishable-key.ts';
import { addUser } from '../../support/users.ts';
import { CookieBrowser, startProductionApi } from '../../support/production.ts';
import { textOfRows } from '../../support/rows-text.ts';

type ProductionApi = Awaited<ReturnType<typeof startProductionApi>>;
const password = 'quiet-marble-lantern';

describe('E4, E5: credentials of production browsers', () => {
  let api: ProductionApi;
  let time = Date.now();
  let browser: CookieBrowser;
  let ann: string;
  let count = 0;

  before(async () => {
    api = await startProductionApi({ now: () => time, instance: { single_session_mode: false } });
  });
  after(() => api.stop());
  beforeEach(async () => {
    time += 60_000;
    ann = `ann${count++}@example.com`;
    await addUser(api, { emailAddress: ann, password });
    browser = new CookieBrowser(api.address);
  });

  /** A browser that has a client, and nobody signed in. */
  const begin = async () => {
    await browser.call('POST', '/v1/client/sign_ins', { form: { identifier: ann } });
    return browser;
  };
  const sessionsSeenBy = async (some: CookieBrowser): Promise<string[]> =>
    ((await some.call('GET', '/v1/client')).response?.sessions ?? []).map(({ id }: { id: string }) => id);

  describe('E4: the __client cookie', () => {
    it('is as tight as the protocol allows', async () => {
      const { setCookies } = await browser.call('POST', '/v1/client/sign_ins', { form: { identifier: ann } });
      const line = setCookies.find((text) => text.startsWith('__client=')) ?? '';
      assert.match(line, /^__client=[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax$/);
    });

    it('is made when a request needs a client, also by a refused one, and not before', async () => {
      const read = await browser.call('GET', '/v1/client');
      assert.deepEqual([read.response, read.setCookies.some((line) => line.startsWith('__client='))], [null, false]);
      const refused = await browser.call('POST', '/v1/client/sign_ins', { form: { identifier: ann, password: 'wrong-marble-lantern' } });
      assert.equal(refused.status, 422);
      assert.ok(browser.cookies.has('__client'));
    });

    it('is stored as hash only', async () => {
      await begin();
      const rows = await api.database.selectFrom('client_credentials').selectAll().execute();
      assert.ok(rows.every(({ secret_hash: hash }) => hash.length === 32));
      assert.ok(!textOfRows(rows).includes(browser.cookies.get('__client') ?? '?'));
    });

    for (const order of ['before', 'behind']) {
      it(`counts for nothing with another one ${order} it`, async () => {
        const sessionId = await browser.signIn(ann, password);
        const own = `__client=${browser.cookies.get('__client')}`;
        const cookie = order === 'before' ? `__client=planted; ${own}` : `${own}; __client=planted`;
        const stranger = new CookieBrowser(api.address);
        const read = await stranger.call('GET', '/v1/client', { headers: { cookie } });
        assert.equal(read.response, null);
        const write = await stranger.call('PATCH', `/v1/me?_clerk_session_id=${sessionId}`, {
          form: { unsafe_metadata: '{"a":1}' },
          headers: { cookie },
        });
        assert.equal(write.status, 401);
      });
    }

    it('counts in production only, a dev browser id in development only', async () => {
      await browser.signIn(ann, password);
      const secret = browser.cookies.get('__client') ?? '';
      const stranger = new CookieBrowser(api.address);
      assert.equal((await stranger.call('GET', `/v1/client?__clerk_db_jwt=${secret}`)).response, null);
      assert.equal((await stranger.call('POST', '/v1/dev_browser')).status, 404);
    });
  });

  describe('E5: signing in', () => {
    it('changes the credential: one that was planted before is worth nothing after it', async () => {
      const attacker = await begin();
      const victim = attacker.copy();
      const sessionId = await victim.signIn(ann, password);
      assert.notEqual(victim.cookies.get('__client'), attacker.cookies.get('__client'));
      assert.deepEqual(await sessionsSeenBy(victim), [sessionId]);

      // Within the grace it reads what was there before, and never the new session.
      const read = await attacker.call('GET', '/v1/client');
      assert.deepEqual([read.response.sessions, read.response.last_active_session_id], [[], null]);
      for (const [method, path, status] of [
        ['GET', `/v1/client/sessions/${sessionId}`, 404],
        ['GET', `/v1/me?_clerk_session_id=${sessionId}`, 401],
        ['POST', `/v1/client/sessions/${sessionId}/tokens`, 401],
        ['POST', `/v1/client/sessions/${sessionId}/touch`, 401],
        ['PATCH', `/v1/me?_clerk_session_id=${sessionId}`, 401],
        ['POST', '/v1/client/sign_ins', 401],
        ['PUT', '/v1/client', 401],
      ] as const) {
        const answer = await attacker.copy().call(method, path, { form: { unsafe_metadata: '{"a":1}' } });
        assert.equal(answer.status, status, `${method} ${path}`);
        assert.ok(!JSON.stringify(answer.body).includes(sessionId) || answer.status === 404);
        assert.deepEqual(answer.setCookies, []);
      }

      const ended = await attacker.copy().call('DELETE', '/v1/client/sessions');
      assert.equal(ended.response, null);
      assert.deepEqual(await sessionsSeenBy(victim), [sessionId]);
    });

    it('lets tabs in flight read for ten seconds what they could read before', async () => {
      const first = await browser.signIn(ann, password);
      const tab = browser.copy();
      const bob = `bob${count}@example.com`;
      await addUser(api, { emailAddress: bob, password });
      time += 1_000;
      const second = await browser.signIn(bob, password);
      assert.deepEqual((await sessionsSeenBy(browser)).sort(), [first, second].sort());
      time += 9_999;
      assert.deepEqual(await sessionsSeenBy(tab.copy()), [first]);
      assert.equal((await tab.copy().call('GET', `/v1/me?_clerk_session_id=${first}`)).status, 200);
      time += 1;
      assert.equal((await tab.copy().call('GET', '/v1/client')).response, null);
    });

    it('of two tabs at once lets one win, so that no late answer leaves the browser with a replaced credential', async () => {
      for (let round = 0; round < 5; round++) {
        const tabs = Array.from({ length: 4 }, () => browser.copy());
        if (!round) for (const tab of tabs) tab.cookies.set('__client', (await begin()).cookies.get('__client') ?? '');
        const identifiers = tabs.map((_tab, index) => `tab${count}-${round}-${index}@example.com`);
        for (const emailAddress of identifiers) await addUser(api, { emailAddress, password });
        const answers = await Promise.all(
          tabs.map((tab, index) => tab.call('POST', '/v1/client/sign_ins', { form: { identifier: identifiers[index] ?? '', password } })),
        );
        assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401, 401]);
        const winner = answers.findIndex(({ status }) => status === 200);
        for (const [index, { setCookies }] of answers.entries()) {
          assert.equal(setCookies.filter((line) => line.startsWith('__client=')).length, index === winner ? 1 : 0);
        }
        browser.cookies.set('__client', tabs[winner]?.cookies.get('__client') ?? '');
        time += 11_000;
        const sessionId = answers[winner]?.response.created_session_id as string;
        assert.ok((await sessionsSeenBy(browser)).includes(sessionId));
        assert.equal((await browser.call('POST', `/v1/client/sessions/${sessionId}/touch`)).status, 200);
      }
    });

    it('never sets the browser back by an answer to the old credential', async () => {
      const tab = (await begin()).copy();
      await browser.signIn(ann, password);
      assert.deepEqual((await tab.call('GET', '/v1/client')).setCookies, []);
    });
  });

  describe('E5: signing out', () => {
    for (const [what, method, path] of [
      ['everywhere', 'DELETE', () => '/v1/client/sessions'],
      ['of the only session', 'POST', (id: string) => `/v1/client/sessions/${id}/remove`],
      ['by ending the only session', 'POST', (id: string) => `/v1/client/sessions/${id}/end`],
    ] as const) {
      it(`${what} changes the credential and kills the former ones`, async () => {
        const older = (await begin()).copy();
        const sessionId = await browser.signIn(ann, password);
        const former = browser.copy();
        const { status } = await browser.call(method, path(sessionId));
        assert.equal(status, 200);
        assert.notEqual(browser.cookies.get('__client'), former.cookies.get('__client'));
        assert.equal((await older.call('GET', '/v1/client')).response, null);
        assert.deepEqual(await sessionsSeenBy(former), []);
        const again = await browser.signIn(ann, password);
        assert.deepEqual(await sessionsSeenBy(former), []);
        assert.deepEqual(await sessionsSeenBy(browser), [again]);
      });
    }

    it('leaves nothing behind when the client is destroyed', async () => {
      await browser.signIn(ann, password);
      assert.equal((await browser.copy().call('DELETE', '/v1/client')).response, null);
      assert.equal((await browser.call('GET', '/v1/client')).response, null);
    });
  });

  describe('__client_uat', () => {
    it('follows signing in and out, under both names', async () => {
      const names = ['__client_uat', `__client_uat_${await cookieSuffix(api.publishableKey)}`];
      const shown = () => names.map((name) => browser.cookies.get(name));
      const { setCookies } = await browser.call('GET', '/v1/client');
      assert.ok(setCookies.includes('__client_uat=0; Path=/; Max-Age=34560000; SameSite=Lax'));
      const sessionId = await browser.signIn(ann, password);
      const client = (await browser.call('GET', '/v1/client')).response;
      const seconds = String(Math.floor(client.updated_at / 1000));
      assert.deepEqual(shown(), [seconds, seconds]);

      time += 5_000;
      const touched = await browser.call('POST', `/v1/client/sessions/${sessionId}/touch`);
      assert.deepEqual([touched.setCookies, shown()], [[], [seconds, seconds]]);
      await browser.call('POST', '/v1/client/sign_ins', { form: { identifier: ann } });
      assert.deepEqual(shown(), [seconds, seconds]);

      await browser.call('DELETE', '/v1/client/sessions');
      assert.deepEqual(shown(), ['0', '0']);
    });

    it('goes back to 0 when time has ended the last session', async () => {
      await browser.signIn(ann, password);
      time += 7 * 24 * 3600_000;
      await browser.call('GET', '/v1/client');
      assert.equal(browser.cookies.get('__client_uat'), '0');
    });
  });
});

describe('E4: credentials behind a public name', () => {
  it('are sent over TLS only, and the time of sign-in to all pages of the domain', async () => {
    const api = await startProductionApi({ host: 'clerk.example.com' });
    try {
      await addUser(api, { emailAddress: 'ann@example.com', password });
      const browser = new CookieBrowser(api.address);
      const { setCookies } = await browser.call('POST', '/v1/client/sign_ins', { form: { identifier: 'ann@example.com', password } });
      assert.match(
        setCookies.find((line) => line.startsWith('__client=')) ?? '',
        /^__client=[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; Secure; SameSite=Lax$/,
      );
      const times = setCookies.filter((line) => line.startsWith('__client_uat'));
      assert.equal(times.length, 2);
      for (const line of times) assert.match(line, /=\d{10}; Path=\/; Domain=example\.com; Max-Age=34560000; Secure; SameSite=Lax$/);
    } finally {
      await api.stop();
    }
  });
});
