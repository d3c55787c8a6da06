/** Promises of the page that every engine has to keep (security.md B1, B9): the journeys, which are Chromium's, have more of each. */
import { network } from '../support/network.ts';
import { expect, fixture, html } from '@open-wc/testing';
import type { ClerkCore } from '../../src/clerk/clerk.ts';
import { markupPayloads, withHostileTexts } from '../faults/support/markup.ts';
import { createPerson, signIn, startClerk } from '../support/browser.ts';
import { until } from '../support/until.ts';

const page = window as unknown as { hit(name: string): void; hits: string[] };

describe('a page, whatever it is told', () => {
  let clerk: ClerkCore;

  before(async () => {
    clerk = await startClerk();
    await signIn(clerk, await createPerson());
  });

  beforeEach(() => {
    network.reset();
    page.hits = [];
    page.hit = (name) => void page.hits.push(name);
  });

  after(async () => {
    network.reset();
    await clerk.user!.reload();
  });

  describe('B1: text of the API is text', () => {
    for (const index of [0, 5, 16, 26, 30, 80, 87]) {
      const payload = markupPayloads[index]!;
      it(`in elements that show it: ${payload('f()').slice(0, 40)}`, async () => {
        network.edits.push({
          path: /\/v1\/me$/,
          change: (body) =>
            Object.assign(
              body,
              withHostileTexts(body, (path) => payload(`hit(/${path}/.source)`)),
            ),
        });
        await clerk.user!.reload();
        const root = await fixture(html`
          <div>
            <p><clerk-text field="user.firstName"></clerk-text> <clerk-text field="user.primaryEmailAddress"></clerk-text></p>
            <clerk-unsafe-field name="word" label="Word"></clerk-unsafe-field>
            <clerk-sign-in></clerk-sign-in>
          </div>
        `);
        await until(() => root.textContent.includes('hit(/'));
        for (const link of root.querySelectorAll('a')) if (!/^https?:$/.test(link.protocol)) link.click();
        for (const control of root.querySelectorAll('input')) control.focus();
        // What would run at once has run by the next task but one.
        await new Promise((resolve) => setTimeout(resolve));
        await new Promise((resolve) => setTimeout(resolve));
        expect(page.hits).to.deep.equal([]);
        expect(root.querySelectorAll('[data-planted], iframe, script').length).to.equal(0);
      });
    }
  });

  describe('B9: messages of others are hints', () => {
    const cycle: Record<string, unknown> = { type: 'session' };
    cycle['self'] = cycle;
    const messages: [string, unknown][] = [
      ['nothing', null],
      ['a text', 'signout'],
      ['another shape', { type: { type: 'signout' } }],
      ['a name of prototypes', { type: '__proto__' }],
      ['a cycle', cycle],
      ['a megabyte', new Uint8Array(1_000_000)],
      ['a sign-out that nobody has made', { type: 'signout' }],
      ['a session that nobody has', { type: 'session', session: 'sess_other' }],
      ['a token of nobody', { sessionId: 'sess_other', tokenRaw: 'a.b.c' }],
    ];
    for (const [name, message] of messages) {
      it(`such as ${name}`, async () => {
        const before = [clerk.user!.id, clerk.session!.id, document.cookie.includes('__session')];
        for (const channel of ['clerk', 'clerk:session_token']) {
          const others = new BroadcastChannel(channel);
          const hearer = new BroadcastChannel(channel);
          const heard = new Promise((resolve) => hearer.addEventListener('message', resolve, { once: true }));
          others.postMessage(message);
          await heard;
          others.close();
          hearer.close();
        }
        window.postMessage(message, '*');
        await clerk.client!.reload();
        expect([clerk.user?.id, clerk.session?.id, document.cookie.includes('__session')]).to.deep.equal(before);
      });
    }
  });
});
