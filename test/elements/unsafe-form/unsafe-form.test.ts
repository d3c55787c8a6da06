import { network } from '../../support/network.ts';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import { sendKeys } from '@web/test-runner-commands';
import type { ClerkCore } from '../../../src/clerk/clerk.ts';
import type { ClerkUnsafeFormElement } from '../../../src/elements/unsafe-form/unsafe-form.ts';
import { backend, startClerk } from '../../support/browser.ts';
import { colorSchemes, withColorScheme } from '../../support/color-scheme.ts';
import { signInOwner } from '../../support/metadata-owner.ts';
import { until } from '../../support/until.ts';
import { Field } from '../unsafe-field/harness.ts';
import type { ClerkUnsafeFieldElement } from '../unsafe-field/harness.ts';

const address = html`
  <clerk-unsafe-field name="address.street" label="Street"></clerk-unsafe-field>
  <div><clerk-unsafe-field name="address.city" label="City"></clerk-unsafe-field></div>
`;

/** A form with two fields, operated as a person would. */
class Form {
  readonly element: ClerkUnsafeFormElement;
  readonly fields: Field[];

  constructor(element: ClerkUnsafeFormElement) {
    this.element = element;
    this.fields = [...element.querySelectorAll<ClerkUnsafeFieldElement>('clerk-unsafe-field')].map((each) => new Field(each));
  }

  get form(): HTMLFormElement {
    return this.element.querySelector('form')!;
  }

  get status(): string {
    return this.element.querySelector('form [role=status]')!.textContent.trim();
  }

  get message(): string | undefined {
    return this.element.querySelector('form .cl-formFieldErrorText')?.textContent;
  }

  button(type: 'submit' | 'reset'): HTMLButtonElement | null {
    return this.element.querySelector(`button[type=${type}]`);
  }

  async settled(state: string): Promise<void> {
    await until(() => this.element.matches(`:state(${state})`), `the form is ${state}; it says "${this.status}" and ${this.message}`);
  }

  async fill(...texts: string[]): Promise<void> {
    for (const [index, text] of texts.entries()) await this.fields[index]!.fill(text);
    await this.element.updateComplete;
  }

  async save(): Promise<void> {
    this.button('submit')!.click();
    await this.element.updateComplete;
  }
}

async function open(clerk: ClerkCore, content: TemplateResult = address): Promise<Form> {
  const element = await fixture<ClerkUnsafeFormElement>(html`<clerk-unsafe-form>${content}</clerk-unsafe-form>`);
  const form = new Form(element);
  for (const each of [element, ...form.fields.map((one) => one.element)]) each.clerk = clerk;
  await until(
    () => element.matches(':state(ready)') && form.fields.every((one) => one.element.matches(':state(ready)') && one.control.form),
  );
  return form;
}

describe('<clerk-unsafe-form>', () => {
  const owner = signInOwner({ other: 1 });

  const asksBeforeLeaving = () => {
    const event = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };

  it('saves what has changed in one request, when it is told to and not before', async () => {
    const form = await open(owner.clerk);
    await form.fill('Quay 1', 'Oslo');
    expect(owner.patches()).to.deep.equal([]);
    expect(form.element.matches(':state(dirty)')).to.equal(true);
    await form.save();
    await form.settled('saved');
    expect(owner.patches()).to.deep.equal([{ address: { street: 'Quay 1', city: 'Oslo' } }]);
    expect(await owner.stored()).to.deep.equal({ other: 1, address: { street: 'Quay 1', city: 'Oslo' } });
    expect(form.element.dirty).to.equal(false);
    expect(form.status).to.equal('Saved');
    expect(form.fields.map(({ status }) => status)).to.deep.equal(['saved', 'saved']);
  });

  it('sends fields that have not changed neither', async () => {
    await owner.clerk.user!.updateMetadata({ unsafeMetadata: { address: { street: 'Quay 1' } } });
    network.reset();
    const form = await open(owner.clerk);
    await form.fields[1]!.fill('Oslo');
    await form.save();
    await form.settled('saved');
    expect(owner.patches()).to.deep.equal([{ address: { city: 'Oslo' } }]);
  });

  it('is sent by Enter in a field', async () => {
    const form = await open(owner.clerk);
    await form.fields[0]!.type('Quay 1');
    await sendKeys({ press: 'Enter' });
    await form.settled('saved');
    expect(owner.patches()).to.deep.equal([{ address: { street: 'Quay 1' } }]);
  });

  it('is saved once, however often its button is pressed', async () => {
    const form = await open(owner.clerk);
    await form.fill('Quay 1');
    const answer = network.hold();
    await form.save();
    await form.save();
    expect(form.element.matches(':state(saving)')).to.equal(true);
    answer();
    await form.settled('saved');
    expect(owner.patches()).to.deep.equal([{ address: { street: 'Quay 1' } }]);
  });

  it('says so where there is nothing to save', async () => {
    const form = await open(owner.clerk);
    await form.save();
    expect(form.status).to.equal('There are no changes to save.');
    expect(network.requests).to.deep.equal([]);
    await form.fields[0]!.type('x');
    await form.element.updateComplete;
    expect(form.status).to.equal('');
  });

  it('takes the fields’ controls into a form of its own, without moving a node of the page', async () => {
    const form = await open(owner.clerk);
    expect(form.form.parentElement!.parentElement).to.equal(form.element);
    expect([...form.form.elements].filter((each) => each.localName === 'input')).to.deep.equal(form.fields.map(({ control }) => control));
    expect([...new FormData(form.form)].map(([name]) => name)).to.deep.equal(['address.street', 'address.city']);
    expect(form.fields[1]!.element.parentElement!.parentElement).to.equal(form.element);
    const late = document.createElement('clerk-unsafe-field') as ClerkUnsafeFieldElement;
    late.name = 'late';
    late.clerk = owner.clerk;
    form.element.prepend(late);
    // Not by name: WebKit remembers which names there were.
    await until(() => [...form.form.elements].find((each) => each.getAttribute('name') === 'late'));
  });

  it('cancelling clerk-save sends nothing; its event has all values', async () => {
    const form = await open(owner.clerk);
    let values: unknown;
    form.element.addEventListener('clerk-save', (event) => {
      values = event.values;
      event.preventDefault();
    });
    await form.fill('Quay 1', 'Oslo');
    await form.save();
    expect(values).to.deep.equal({ 'address.street': 'Quay 1', 'address.city': 'Oslo' });
    expect(network.requests).to.deep.equal([]);
    expect(form.element.dirty).to.equal(true);
    expect(form.fields[0]!.control.value).to.equal('Quay 1');
  });

  describe('all or nothing', () => {
    it('sends nothing while one field is wrong, says so there, and puts the focus there', async () => {
      const form = await open(
        owner.clerk,
        html`<clerk-unsafe-field name="a" label="A"></clerk-unsafe-field>
          <clerk-unsafe-field name="b" label="B" required></clerk-unsafe-field>`,
      );
      await form.fields[0]!.fill('1');
      await form.save();
      await form.settled('invalid');
      expect(network.requests).to.deep.equal([]);
      expect(form.fields[1]!.message).to.equal(form.fields[1]!.control.validationMessage);
      await until(() => document.activeElement === form.fields[1]!.control);
      await form.fields[1]!.fill('2');
      await form.save();
      await form.settled('saved');
      expect(owner.patches()).to.deep.equal([{ a: '1', b: '2' }]);
    });

    it('stores none of them where the API refuses, and keeps all that was typed', async () => {
      const form = await open(owner.clerk);
      await backend(`/users/${owner.userId}/metadata`, { method: 'PATCH', body: { unsafe_metadata: { filler: 'x'.repeat(5_000) } } });
      const failed = oneEvent(form.element, 'clerk-save-error');
      await form.fields[0]!.fill('Quay 1');
      form.fields[1]!.control.value = 'y'.repeat(5_000);
      await form.save();
      await failed;
      await form.settled('invalid');
      expect(form.message).to.be.a('string').and.not.equal('');
      expect(owner.patches()).to.have.length(1);
      expect(await owner.stored()).not.to.have.property('address');
      expect(form.fields.map(({ control }) => control.value.length)).to.deep.equal([6, 5_000]);
      expect(form.element.dirty).to.equal(true);
      await form.fields[1]!.fill('Oslo');
      await form.save();
      await form.settled('saved');
      expect((await owner.stored())['address']).to.deep.equal({ street: 'Quay 1', city: 'Oslo' });
    });

    for (const { what, param, field } of [
      { what: 'that names a field at that field', param: 'unsafe_metadata.address.city', field: 1 },
      { what: 'that names no field of it at the form', param: 'unsafe_metadata.address.zip', field: undefined },
    ]) {
      it(`shows a refusal ${what}`, async () => {
        const form = await open(owner.clerk);
        await backend(`/users/${owner.userId}/metadata`, { method: 'PATCH', body: { unsafe_metadata: { filler: 'x'.repeat(8_150) } } });
        network.edits.push({
          path: /\/me\/metadata$/,
          refused: true,
          change: ({ errors }: { errors: { long_message: string; meta: object }[] }) =>
            Object.assign(errors[0]!, { long_message: 'No such city.', code: 'form_param_unknown_city', meta: { param_name: param } }),
        });
        await form.fill('Quay 1', 'Atlantis');
        await form.save();
        await form.settled('invalid');
        await Promise.all(form.fields.map(({ element }) => element.updateComplete));
        const said = form.fields.map(({ message }) => message);
        expect(said).to.deep.equal([undefined, field === undefined ? undefined : 'No such city.']);
        expect(form.message).to.equal(field === undefined ? 'No such city.' : undefined);
        expect(form.fields.map(({ control }) => control.getAttribute('aria-invalid'))).to.deep.equal([
          null,
          field === undefined ? null : 'true',
        ]);
        if (field !== undefined) await until(() => document.activeElement === form.fields[field]!.control);
        expect(form.fields.map(({ control }) => control.value)).to.deep.equal(['Quay 1', 'Atlantis']);
        expect(await owner.stored()).not.to.have.property('address');
      });
    }

    it('is refused before sending where all together would be too large', async () => {
      const form = await open(owner.clerk);
      for (const { control } of form.fields) control.value = 'x'.repeat(4_200);
      await form.save();
      await form.settled('invalid');
      expect(form.message).to.contain('8,192');
      expect(owner.patches()).to.deep.equal([]);
    });
  });

  describe('when the network fails', () => {
    for (const line of ['down', 'lost'] as const) {
      it(`${line}: is never shown as saved when it is not, and one click saves`, async () => {
        const form = await open(owner.clerk);
        network.affects = ({ path, method }) => path === '/v1/me/metadata' || (line === 'down' && method === 'GET');
        network.line = line;
        const failed = oneEvent(form.element, 'clerk-save-error');
        await form.fill('Quay 1', 'Oslo');
        await form.save();
        await failed;
        if (line === 'down') {
          await form.settled('failed');
          expect(form.message).to.match(/^Not saved\./);
          expect(form.element.querySelector('.cl-formFieldAction')).to.equal(null);
          expect(form.fields.map(({ control }) => control.value)).to.deep.equal(['Quay 1', 'Oslo']);
          expect(asksBeforeLeaving()).to.equal(true);
          expect(await owner.stored()).to.deep.equal({ other: 1 });
          network.line = 'up';
          await form.save();
        }
        await form.settled('saved');
        expect(await owner.stored()).to.deep.equal({ other: 1, address: { street: 'Quay 1', city: 'Oslo' } });
        expect(owner.patches()).to.have.length(line === 'down' ? 2 : 1);
      });
    }
  });

  describe('unsaved changes', () => {
    it('keep the page from being left, only while there are any', async () => {
      const form = await open(owner.clerk);
      expect(asksBeforeLeaving()).to.equal(false);
      await form.fill('Quay 1');
      expect(asksBeforeLeaving()).to.equal(true);
      await form.save();
      await form.settled('saved');
      await form.element.updateComplete;
      expect(asksBeforeLeaving()).to.equal(false);
      await form.fill('Quay 2');
      expect(asksBeforeLeaving()).to.equal(true);
      form.element.remove();
      expect(asksBeforeLeaving()).to.equal(false);
    });

    for (const how of ['button', 'script'] as const) {
      it(`are discarded by ${how}`, async () => {
        await owner.clerk.user!.updateMetadata({ unsafeMetadata: { address: { street: 'Quay 1' } } });
        const form = await open(owner.clerk);
        await until(() => form.fields[0]!.control.value === 'Quay 1');
        await form.fill('Quay 2', 'Oslo');
        expect(form.button('reset')!.textContent).to.equal('Discard changes');
        if (how === 'button') form.button('reset')!.click();
        else form.element.discard();
        await until(() => !form.element.matches(':state(dirty)'));
        expect(form.fields.map(({ control }) => control.value)).to.deep.equal(['Quay 1', '']);
        expect(form.button('reset')).to.equal(null);
        expect(asksBeforeLeaving()).to.equal(false);
      });
    }
  });

  it('is saved by a button of the page’s own in place of ours, which stays where it is', async () => {
    const form = await open(
      owner.clerk,
      html`<p><button class="mine">Save all</button></p>
        ${address}<button type="reset">Back</button>`,
    );
    const mine = form.element.querySelector<HTMLButtonElement>('.mine')!;
    expect(mine.parentElement!.localName).to.equal('p');
    expect(form.form.querySelector('button')).to.equal(null);
    await form.fill('Quay 1');
    mine.click();
    await form.settled('saved');
    await form.fill('Quay 2');
    form.element.querySelector<HTMLButtonElement>('[type=reset]')!.click();
    await until(() => form.fields[0]!.control.value === 'Quay 1');
  });

  it('is saved by a button of the page’s own that comes later', async () => {
    const form = await open(owner.clerk);
    const late = document.createElement('button');
    form.element.append(late);
    await until(() => late.form === form.form && !form.form.querySelector('button'));
    await form.fill('Quay 1');
    late.click();
    await form.settled('saved');
  });

  describe('accessibility', () => {
    const states: [string, (form: Form) => Promise<unknown>][] = [
      ['untouched', async () => undefined],
      ['dirty', (form) => form.fill('Quay 1')],
      [
        'saved',
        async (form) => {
          await form.fill('Quay 1');
          await form.save();
          await form.settled('saved');
        },
      ],
      [
        'failed',
        async (form) => {
          network.affects = ({ path }) => path === '/v1/me/metadata';
          network.line = 'down';
          await form.fill('Quay 1');
          await form.save();
          await form.settled('failed');
        },
      ],
    ];
    for (const [name, arrive] of states) {
      for (const scheme of colorSchemes) {
        it(`has no violation: ${name}, ${scheme}`, async () => {
          const form = await open(owner.clerk);
          await arrive(form);
          await withColorScheme(scheme, () => expect(form.element).to.be.accessible());
        });
      }
    }

    it('announces in regions that were there before', async () => {
      const form = await open(owner.clerk);
      const [status, live] = ['form [role=status]', 'form [aria-live]'].map((selector) => form.element.querySelector(selector));
      await form.fill('Quay 1');
      await form.save();
      await form.settled('saved');
      expect(form.element.querySelector('form [role=status]')).to.equal(status);
      expect(form.element.querySelector('form [aria-live]')).to.equal(live);
    });
  });

  describe('signed out', () => {
    it('cannot be saved, and its fields say why', async () => {
      const nobody = await startClerk();
      const form = await open(nobody);
      expect(form.button('submit')!.getAttribute('aria-disabled')).to.equal('true');
      await form.save();
      expect(form.fields[0]!.element.textContent).to.contain('Sign in to change this.');
      expect(form.fields[0]!.control.disabled).to.equal(true);
    });

    it('has no buttons inside of a sign-up, with which its values travel', async () => {
      const nobody = await startClerk();
      const root = await fixture(html`<clerk-sign-up><clerk-unsafe-form slot="fields">${address}</clerk-unsafe-form></clerk-sign-up>`);
      const element = root.querySelector<ClerkUnsafeFormElement>('clerk-unsafe-form')!;
      const form = new Form(element);
      for (const each of [element, ...form.fields.map((one) => one.element)]) each.clerk = nobody;
      await until(() => form.fields.every((one) => one.element.matches(':state(ready)') && one.control));
      await form.fields[0]!.fill('Quay 1');
      expect(element.querySelector('form button')).to.equal(null);
      expect(form.fields[0]!.element.metadata).to.deep.equal({ address: { street: 'Quay 1' } });
    });
  });
});
