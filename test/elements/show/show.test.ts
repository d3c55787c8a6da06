import { network } from '../../support/network.ts';
import { expect, fixture, html } from '@open-wc/testing';
import type { ClerkCore } from '../../../src/clerk/clerk.ts';
import type { ClerkShowElement } from '../../../src/elements/show/show.ts';
import { backend, createPerson, signIn, startClerk } from '../../support/browser.ts';
import type { Person } from '../../support/browser.ts';
import { consoleErrors } from '../../support/console-errors.ts';
import { until } from '../../support/until.ts';

/** The one state that an element is in. */
const stateOf = (element: Element) => ['loading', 'shown', 'hidden'].filter((name) => element.matches(`:state(${name})`)).join();

/** Puts elements on the page: one for each condition, each with a button. */
async function shows(...conditions: string[]): Promise<ClerkShowElement[]> {
  const root = await fixture(
    html`<div>${conditions.map((when) => html`<clerk-show when=${when}><button type="button">${when}</button></clerk-show>`)}</div>`,
  );
  const elements = [...root.querySelectorAll<ClerkShowElement>('clerk-show')];
  await Promise.all(elements.map((element) => element.updateComplete));
  return elements;
}

const isSeen = (element: Element) => element.firstElementChild!.checkVisibility();

describe('<clerk-show>', () => {
  let clerk: ClerkCore;
  let person: Person;

  beforeEach(() => {
    network.reset();
  });

  afterEach(() => {
    network.reset();
  });

  describe('before it is known who is there', () => {
    it('shows nothing', async () => {
      const release = network.hold();
      clerk = await startClerk({ load: false });
      const elements = await shows('signed-in', 'signed-out', 'public:role');
      expect(elements.map(stateOf)).to.deep.equal(['loading', 'loading', 'loading']);
      expect(elements.some(isSeen)).to.equal(false);
      release();
      await until(() => elements.every((element) => stateOf(element) !== 'loading'));
      expect(elements.map(isSeen)).to.deep.equal([false, true, false]);
    });

    it('shows nothing when Clerk cannot be loaded, until it can', async () => {
      network.line = 'down';
      clerk = await startClerk({ load: false });
      const elements = await shows('signed-in', 'signed-out');
      await until(() => clerk.status === 'error');
      await until(() => elements.every((element) => stateOf(element) === 'hidden'));
      expect(elements.some(isSeen)).to.equal(false);
      network.line = 'up';
      await clerk.load();
      await until(() => stateOf(elements[1]!) === 'shown');
      expect(elements.map(isSeen)).to.deep.equal([false, true]);
    });
  });

  describe('for somebody who comes and goes', () => {
    before(async () => {
      clerk = await startClerk();
      person = await createPerson();
    });

    it('changes with them', async () => {
      const [signedIn, signedOut] = await shows('signed-in', 'signed-out');
      expect([signedIn!, signedOut!].map(stateOf)).to.deep.equal(['hidden', 'shown']);
      await signIn(clerk, person);
      await signedIn!.updateComplete;
      expect([signedIn!, signedOut!].map(isSeen)).to.deep.equal([true, false]);
      await clerk.signOut(() => undefined);
      await signedIn!.updateComplete;
      expect([signedIn!, signedOut!].map(isSeen)).to.deep.equal([false, true]);
    });

    it('is up to date when it comes back to the page', async () => {
      await signIn(clerk, person);
      const [element] = await shows('signed-in');
      const { parentNode } = element!;
      element!.remove();
      await clerk.signOut(() => undefined);
      parentNode?.append(element!);
      await element!.updateComplete;
      expect(isSeen(element!)).to.equal(false);
    });
  });

  describe('for somebody', () => {
    before(async () => {
      clerk = await startClerk();
      person = await createPerson({ public_metadata: { role: 'admin' }, unsafe_metadata: { plan: 'small', address: { city: 'Paris' } } });
      await signIn(clerk, person);
    });

    it('compares values of metadata', async () => {
      const elements = await shows('public:role', 'public:role=admin', 'public:role=editor', 'unsafe:address.city=Paris', 'unsafe:missing');
      expect(elements.map(stateOf)).to.deep.equal(['shown', 'shown', 'hidden', 'shown', 'hidden']);
    });

    it('follows a change of this page', async () => {
      const [small, large] = await shows('unsafe:plan=small', 'unsafe:plan=large');
      expect([small!, large!].map(isSeen)).to.deep.equal([true, false]);
      await clerk.user!.updateMetadata({ unsafeMetadata: { plan: 'large' } });
      await small!.updateComplete;
      expect([small!, large!].map(isSeen)).to.deep.equal([false, true]);
    });

    it('follows a change of a backend, after a reload of the user', async () => {
      const [element] = await shows('public:role=editor');
      await backend(`/users/${person.id}/metadata`, { method: 'PATCH', body: { public_metadata: { role: 'editor' } } });
      expect(isSeen(element!)).to.equal(false);
      await clerk.user!.reload();
      await until(() => isSeen(element!));
    });

    it('follows a change of a backend, when the person comes back to the page', async () => {
      const [element] = await shows('public:beta');
      await backend(`/users/${person.id}/metadata`, { method: 'PATCH', body: { public_metadata: { beta: true } } });
      window.dispatchEvent(new Event('focus'));
      await until(() => isSeen(element!));
    });

    it('reads its condition again when that changes', async () => {
      const [element] = await shows('signed-in');
      element!.setAttribute('when', 'signed-out');
      await element!.updateComplete;
      expect(stateOf(element!)).to.equal('hidden');
      element!.when = 'signed-in';
      await element!.updateComplete;
      expect(stateOf(element!)).to.equal('shown');
    });

    it('keeps what is hidden from readers and keys', async () => {
      const [shown, hidden] = await shows('signed-in', 'signed-out');
      for (const element of [shown!, hidden!]) element.querySelector('button')!.focus();
      expect(document.activeElement).to.equal(shown!.querySelector('button'));
      expect(hidden!.querySelector('button')!.getClientRects()).to.have.length(0);
      await expect(shown!.parentElement!).to.be.accessible();
    });

    it('has no box of its own', async () => {
      const root = await fixture<HTMLElement>(
        html`<div style="display: flex; flex-direction: column">
          <clerk-show when="signed-in"><i>one</i><i>two</i></clerk-show>
        </div>`,
      );
      const element = root.querySelector<ClerkShowElement>('clerk-show')!;
      await element.updateComplete;
      const [one, two] = [...element.querySelectorAll('i')].map((child) => child.getBoundingClientRect());
      expect(two!.top).to.be.at.least(one!.bottom);
      expect(element.getClientRects()).to.have.length(0);
    });

    it('stays hidden whatever the page says of its display, which counts when it is shown', async () => {
      const root = await fixture(html`
        <div>
          <style>
            #boxed,
            .boxed {
              display: grid;
            }
          </style>
          <clerk-show when="signed-out" class="boxed" id="boxed"><b>one</b></clerk-show>
          <clerk-show when="signed-in" class="boxed"><b>two</b></clerk-show>
        </div>
      `);
      const [hidden, shown] = [...root.querySelectorAll<ClerkShowElement>('clerk-show')];
      await shown!.updateComplete;
      expect([hidden!, shown!].map((element) => getComputedStyle(element).display)).to.deep.equal(['none', 'grid']);
    });

    it('takes the attribute `hidden` away that kept it hidden before, also from the page’s own styles', async () => {
      const root = await fixture(html`
        <div>
          <style>
            [hidden] {
              display: none !important;
            }
          </style>
          <clerk-show when="signed-in" hidden><b>one</b></clerk-show>
        </div>
      `);
      const element = root.querySelector<ClerkShowElement>('clerk-show')!;
      await element.updateComplete;
      expect(isSeen(element)).to.equal(true);
    });

    it('works in a shadow root, over moves, and as a clone', async () => {
      const host = await fixture(html`<div></div>`);
      const root = host.attachShadow({ mode: 'open' });
      const [hidden, shown] = await shows('signed-out', 'signed-in');
      for (let count = 0; count < 100; count++) root.append(hidden!, shown!);
      const clone = shown!.cloneNode(true) as ClerkShowElement;
      root.append(clone);
      expect(isSeen(clone)).to.equal(false);
      await clone.updateComplete;
      expect([hidden!, shown!, clone].map(isSeen)).to.deep.equal([false, true, true]);
      expect(root.adoptedStyleSheets).to.have.length(1);
    });

    it('leaves its children alone', async () => {
      const [element] = await shows('signed-in');
      const [child] = element!.children;
      element!.append('a text');
      await clerk.user!.reload();
      await element!.updateComplete;
      expect([...element!.childNodes].filter((node) => node.nodeType !== Node.COMMENT_NODE)).to.deep.equal([child, element!.lastChild]);
    });

    for (const when of ['', 'admin', 'public:', 'public:a..b', 'private:stripeId', 'public:__proto__.x', 'unsafe:constructor']) {
      it(`stays hidden with when="${when}", and says once what is wrong`, async () => {
        let elements: ClerkShowElement[] = [];
        const errors = await consoleErrors(async () => {
          elements = await shows(when);
          await clerk.user!.reload();
          await elements[0]!.updateComplete;
        });
        expect(elements.map(stateOf)).to.deep.equal(['hidden']);
        expect(errors).to.have.length(1);
        expect(errors[0]).to.match(/^<clerk-show>: /);
      });
    }

    it('stays hidden without a condition', async () => {
      const errors = await consoleErrors(async () => {
        const element = await fixture<ClerkShowElement>(html`<clerk-show><b>one</b></clerk-show>`);
        expect(stateOf(element)).to.equal('hidden');
      });
      expect(errors).to.have.length(1);
    });
  });
});
