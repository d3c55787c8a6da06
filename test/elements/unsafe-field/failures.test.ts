import { network } from '../../support/network.ts';
import { expect, html, oneEvent } from '@open-wc/testing';
import { backend, createPerson, signIn } from '../../support/browser.ts';
import { field, fields } from './harness.ts';
import { signInOwner } from '../../support/metadata-owner.ts';
import { until } from '../../support/until.ts';
import type { Field } from './harness.ts';

const essay = html`<clerk-unsafe-field name="essay"></clerk-unsafe-field>`;

interface User {
  unsafe_metadata: Record<string, unknown>;
}

describe('<clerk-unsafe-field>, when saving fails', () => {
  const owner = signInOwner({ essay: 'old' });

  afterEach(() => {
    network.reset();
  });

  const stored = async () => (await owner.stored())['essay'];

  describe('offline', () => {
    const unreachable = async (): Promise<Field> => {
      const element = await field(owner.clerk, essay);
      network.line = 'down';
      await element.fill('new');
      await element.settled('failed');
      return element;
    };

    it('keeps what was typed, says so, and offers to try again', async () => {
      const element = await unreachable();
      expect(element.control.value).to.equal('new');
      expect(element.message).to.match(/^Not saved\. .*(cannot be reached|offline)/i);
      expect(element.button?.textContent).to.equal('Try again');
      expect(element.control.getAttribute('aria-invalid')).to.equal(null);
      expect(owner.clerk.user!.unsafeMetadata['essay']).to.equal('old');
    });

    it('saves with one click once the line is back, and the focus stays in the field', async () => {
      const element = await unreachable();
      network.line = 'up';
      element.button!.focus();
      element.button!.click();
      await element.settled('saved');
      expect(await stored()).to.equal('new');
      expect(element.button).to.equal(null);
      expect(document.activeElement).to.equal(element.control);
    });

    it('fails again as often as it has to', async () => {
      const element = await unreachable();
      const failed = oneEvent(element.element, 'clerk-save-error');
      element.button!.click();
      await failed;
      await element.settled('failed');
      expect(element.control.value).to.equal('new');
      expect(await stored()).to.equal('old');
    });

    it('saves the former value too, since nobody knows what is stored', async () => {
      const element = await unreachable();
      await backend(`/users/${owner.userId}/metadata`, { method: 'PATCH', body: { unsafe_metadata: { essay: 'new' } } });
      network.line = 'up';
      await element.fill('old');
      await element.settled('saved');
      expect(await stored()).to.equal('old');
    });

    it('keeps what was typed although something else of the user changes', async () => {
      const element = await unreachable();
      network.line = 'up';
      await owner.clerk.user!.updateMetadata({ unsafeMetadata: { other: 1 } });
      await element.element.updateComplete;
      expect(element.control.value).to.equal('new');
      expect(element.status).to.equal('failed');
    });
  });

  it('says "saved" after all where only the answer was lost', async () => {
    const element = await field(owner.clerk, essay);
    network.affects = ({ path }) => path === '/v1/me/metadata';
    network.line = 'lost';
    const failed = oneEvent(element.element, 'clerk-save-error');
    await element.fill('new');
    await failed;
    await element.settled('saved');
    expect(await stored()).to.equal('new');
    expect(owner.clerk.user!.unsafeMetadata['essay']).to.equal('new');
    expect(owner.patches()).to.have.length(1);
  });

  describe('by a line that is cut', () => {
    /** Each leaves the line cut, and the field with a save that nobody knows the end of. */
    const cuts: { when: string; cut: (element: Field) => Promise<void>; isStored: boolean }[] = [
      {
        when: 'before the request leaves',
        async cut(element) {
          network.line = 'down';
          await element.fill('new');
        },
        isStored: false,
      },
      {
        when: 'while the answer is awaited',
        async cut(element) {
          const release = network.hold();
          await element.fill('new');
          while ((await stored()) !== 'new') expect(element.status).to.equal('saving');
          expect(element.status).to.equal('saving');
          network.line = 'down';
          release();
        },
        isStored: true,
      },
      {
        when: 'after the value was stored, with the answer on its way',
        async cut(element) {
          network.line = 'lost';
          await element.fill('new');
        },
        isStored: true,
      },
    ];
    for (const { when, cut, isStored } of cuts) {
      it(`${when}: is not shown as saved, loses nothing, and one click saves once it is back`, async () => {
        const element = await field(owner.clerk, essay);
        let confirmed = 0;
        element.element.addEventListener('clerk-saved', () => confirmed++);
        await cut(element);
        await element.settled('failed');
        expect(element.message).to.match(/^Not saved\./);
        expect(element.element.matches(':state(saved)')).to.equal(false);
        expect(element.element.dirty).to.equal(true);
        expect(element.control.value).to.equal('new');
        expect(confirmed).to.equal(0);
        expect(owner.clerk.user!.unsafeMetadata['essay']).to.equal('old');
        expect(await stored()).to.equal(isStored ? 'new' : 'old');
        network.line = 'up';
        element.button!.click();
        await element.settled('saved');
        expect(confirmed).to.equal(1);
        expect(await stored()).to.equal('new');
        expect(element.control.value).to.equal('new');
        expect(element.element.dirty).to.equal(false);
      });
    }
  });

  describe('too large', () => {
    it('is refused before sending, with both numbers', async () => {
      const element = await field(owner.clerk, essay);
      element.control.value = 'é'.repeat(4_100);
      element.control.dispatchEvent(new Event('change', { bubbles: true }));
      await element.settled('invalid');
      expect(element.message).to.contain('8,212 bytes').and.to.contain('8,192');
      expect(element.control.getAttribute('aria-invalid')).to.equal('true');
      expect(element.control.value).to.have.length(4_100);
      expect(owner.patches()).to.have.length(0);
      await element.fill('short');
      await element.settled('saved');
      expect(await stored()).to.equal('short');
    });

    it('says the numbers once: below the control while somebody types, in the message once it is refused', async () => {
      const element = await field(owner.clerk, html`<clerk-unsafe-field name="essay" help-text="In your own words."></clerk-unsafe-field>`);
      const said = () => element.element.textContent.match(/In your own words|With it, your data takes 8,212 bytes/g);
      expect(said()).to.deep.equal(['In your own words']);
      element.control.value = 'é'.repeat(4_100);
      element.control.dispatchEvent(new Event('input', { bubbles: true }));
      await element.element.updateComplete;
      expect(said()).to.deep.equal(['With it, your data takes 8,212 bytes']);
      expect(element.message).to.equal(undefined);
      element.control.dispatchEvent(new Event('change', { bubbles: true }));
      await element.settled('invalid');
      expect(element.message).to.contain('8,212 bytes');
      expect(said()).to.deep.equal(['In your own words', 'With it, your data takes 8,212 bytes']);
    });

    it('is told of beforehand, while somebody types and room gets scarce', async () => {
      const element = await field(owner.clerk, essay);
      const warning = () => element.element.querySelector('.cl-formFieldWarningText')?.textContent;
      const type = async (length: number) => {
        element.control.value = 'x'.repeat(length);
        element.control.dispatchEvent(new Event('input', { bubbles: true }));
        await element.element.updateComplete;
      };
      await type(7_360);
      expect(warning()).to.equal(undefined);
      await type(7_361);
      expect(warning()).to.equal('With it, your data takes 7,373 bytes of 8,192.');
      expect(owner.patches()).to.have.length(0);
    });

    it('is refused by the API where another writer was quicker, at the field', async () => {
      const element = await field(owner.clerk, essay);
      await backend(`/users/${owner.userId}/metadata`, { method: 'PATCH', body: { unsafe_metadata: { filler: 'x'.repeat(5_000) } } });
      element.control.value = 'y'.repeat(5_000);
      element.control.dispatchEvent(new Event('change', { bubbles: true }));
      await element.settled('invalid');
      expect(element.message).to.be.a('string').and.not.equal('');
      expect(await stored()).to.equal('old');
    });
  });

  it('does not let a refused field take another one with it', async () => {
    const [bad, good] = await fields(owner.clerk, html`${essay}<clerk-unsafe-field name="good"></clerk-unsafe-field>`);
    await backend(`/users/${owner.userId}/metadata`, { method: 'PATCH', body: { unsafe_metadata: { filler: 'x'.repeat(5_000) } } });
    for (const [{ control }, value] of [
      [bad!, 'y'.repeat(5_000)],
      [good!, 'fine'],
    ] as const) {
      control.value = value;
      control.dispatchEvent(new Event('change', { bubbles: true }));
    }
    await bad!.settled('invalid');
    await good!.settled('saved');
    expect((await backend<User>(`/users/${owner.userId}`)).unsafe_metadata['good']).to.equal('fine');
  });

  it('says what the browser has against a value, and sends nothing', async () => {
    const element = await field(owner.clerk, html`<clerk-unsafe-field name="essay" required></clerk-unsafe-field>`);
    await element.fill('');
    await element.settled('invalid');
    expect(element.message).to.equal(element.control.validationMessage);
    expect(owner.patches()).to.have.length(0);
    await element.type('n');
    await until(() => element.message === undefined);
    element.control.blur();
    await element.settled('saved');
  });

  describe('when another person signs in', () => {
    it('forgets everything about the one before', async () => {
      const element = await field(owner.clerk, essay);
      network.line = 'down';
      await element.fill('secret');
      await element.settled('failed');
      network.line = 'up';
      await owner.clerk.signOut(() => undefined);
      await until(() => element.control.disabled && element.control.value === '');
      expect(element.status).to.equal(undefined);
      await signIn(owner.clerk, await createPerson({ unsafe_metadata: { essay: 'theirs' } }));
      await until(() => element.control.value === 'theirs');
    });
  });
});
