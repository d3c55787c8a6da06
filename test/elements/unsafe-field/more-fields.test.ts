/** Kinds of fields that come in a file of their own: radio buttons, tags, JSON, selects of several options, and controls of the page's own. */
import { network } from '../../support/network.ts';
import { expect, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import { sendKeys } from '@web/test-runner-commands';
import { startClerk } from '../../support/browser.ts';
import { isExposedAs } from '../../support/exposed-as.ts';
import { signInOwner } from '../../support/metadata-owner.ts';
import { until } from '../../support/until.ts';
import type { Field } from './harness.ts';
import { field } from './harness.ts';

describe('<clerk-unsafe-field>, further kinds', () => {
  const owner = signInOwner();

  const put = async (template: TemplateResult): Promise<Field> => {
    const element = await field(owner.clerk, template);
    await element.element.updateComplete;
    return element;
  };

  describe('radio', () => {
    const plan = html`<clerk-unsafe-field name="plan" type="radio" label="Plan">
      <option value="small">Small</option>
      <option value="large">Large</option>
      <option value="huge" disabled>Huge</option>
    </clerk-unsafe-field>`;
    const buttons = ({ element }: Field) => [...element.querySelectorAll<HTMLInputElement>('input[type=radio]')];

    it('is a group with the label’s name, one button for each option, none chosen at first', async () => {
      const element = await put(plan);
      expect(buttons(element).map(({ value, checked, disabled }) => [value, checked, disabled])).to.deep.equal([
        ['small', false, false],
        ['large', false, false],
        ['huge', false, true],
      ]);
      expect(await isExposedAs('clerk-unsafe-field fieldset', { role: 'radiogroup', name: 'Plan' })).to.equal(true);
      expect(await isExposedAs('clerk-unsafe-field input', { role: 'radio', name: 'Small' })).to.equal(true);
    });

    it('saves what is chosen, by keys too', async () => {
      const element = await put(plan);
      buttons(element)[0]!.focus();
      await sendKeys({ press: ' ' });
      await element.settled('saved');
      await sendKeys({ press: 'ArrowDown' });
      await until(() => owner.clerk.user!.unsafeMetadata['plan'] === 'large');
      expect(await owner.stored()).to.deep.equal({ plan: 'large' });
      expect(buttons(element)[1]!.checked).to.equal(true);
    });

    it('shows what is stored, and says what it has no button for', async () => {
      await owner.clerk.user!.update({ unsafeMetadata: { plan: 'large' } });
      const element = await put(plan);
      expect(buttons(element).map(({ checked }) => checked)).to.deep.equal([false, true, false]);
      await owner.clerk.user!.update({ unsafeMetadata: { plan: 'tiny' } });
      await until(() => element.element.textContent.includes('"tiny" cannot be shown'));
      expect(buttons(element).some(({ checked }) => checked)).to.equal(false);
    });

    it('can be required', async () => {
      const element = await put(
        html`<clerk-unsafe-field name="plan" type="radio" required><option value="small">Small</option></clerk-unsafe-field>`,
      );
      expect(element.element.reportValidity()).to.equal(false);
      await element.settled('invalid');
      expect(element.message).to.equal(element.control.validationMessage);
      expect(element.element.querySelector('fieldset')!.getAttribute('aria-invalid')).to.equal('true');
    });
  });

  describe('tags', () => {
    const colors = html`<clerk-unsafe-field name="colors" type="tags" label="Colors"></clerk-unsafe-field>`;
    const shown = ({ element }: Field) => [...element.querySelectorAll('li span')].map(({ textContent }) => textContent);

    it('adds what is typed, by Enter or a comma, and saves it as an array', async () => {
      const element = await put(colors);
      element.control.focus();
      await sendKeys({ type: 'red' });
      await sendKeys({ press: 'Enter' });
      await until(() => owner.clerk.user!.unsafeMetadata['colors']);
      await sendKeys({ type: 'green, blue' });
      element.control.blur();
      await until(() => (owner.clerk.user!.unsafeMetadata['colors'] as string[]).length === 3);
      expect(await owner.stored()).to.deep.equal({ colors: ['red', 'green', 'blue'] });
      await until(() => shown(element).length === 3);
      expect(shown(element)).to.deep.equal(['red', 'green', 'blue']);
      expect(element.control.value).to.equal('');
    });

    it('has each tag once, and none that is empty', async () => {
      const element = await put(colors);
      element.control.focus();
      await sendKeys({ type: 'red, red,, ' });
      element.control.blur();
      await element.settled('saved');
      expect(await owner.stored()).to.deep.equal({ colors: ['red'] });
    });

    it('removes by a button with a name, and by Backspace', async () => {
      await owner.clerk.user!.update({ unsafeMetadata: { colors: ['red', 'green', 'blue'] } });
      const element = await put(colors);
      await until(() => shown(element).length === 3);
      const [first] = element.element.querySelectorAll<HTMLButtonElement>('li button');
      expect(first!.getAttribute('aria-label')).to.equal('Remove red');
      first!.focus();
      await sendKeys({ press: 'Enter' });
      expect(document.activeElement).to.equal(element.control);
      await until(() => (owner.clerk.user!.unsafeMetadata['colors'] as string[]).length === 2);
      await sendKeys({ press: 'Backspace' });
      await until(() => (owner.clerk.user!.unsafeMetadata['colors'] as string[]).length === 1);
      await sendKeys({ press: 'Backspace' });
      await until(() => !('colors' in owner.clerk.user!.unsafeMetadata));
      expect(owner.patches().at(-1)).to.deep.equal({ colors: null });
    });

    it('is part of its form: one value for each tag', async () => {
      await owner.clerk.user!.update({ unsafeMetadata: { colors: ['red', 'green'] } });
      const element = await put(html`<form>${colors}</form>`);
      await until(() => shown(element).length === 2);
      expect(new FormData(element.control.form!).getAll('colors').filter(Boolean)).to.deep.equal(['red', 'green']);
    });

    it('a reset of its form goes back to what is stored', async () => {
      await owner.clerk.user!.update({ unsafeMetadata: { colors: ['red'] } });
      const element = await put(html`<form>${colors}</form>`);
      await until(() => shown(element).length === 1);
      element.control.focus();
      await sendKeys({ type: 'blu' });
      element.control.form!.reset();
      await until(() => element.control.value === '' && !element.element.dirty);
      expect(shown(element)).to.deep.equal(['red']);
    });

    it('shows tags as text, never as markup', async () => {
      await owner.clerk.user!.update({ unsafeMetadata: { colors: ['<img src=x onerror="window.hacked=1">'] } });
      const element = await put(colors);
      await until(() => shown(element).length === 1);
      expect(shown(element)[0]).to.contain('onerror');
      expect(element.element.querySelector('img')).to.equal(null);
    });
  });

  describe('json', () => {
    const prefs = html`<clerk-unsafe-field name="prefs" type="json" label="Settings"></clerk-unsafe-field>`;
    const fill = async (element: Field, text: string) => {
      element.control.focus();
      element.control.value = text;
      element.control.dispatchEvent(new Event('input', { bubbles: true }));
      element.control.blur();
      element.control.dispatchEvent(new Event('change', { bubbles: true }));
      await element.element.updateComplete;
    };

    it('saves any value, and removes members that are gone', async () => {
      await owner.clerk.user!.update({ unsafeMetadata: { prefs: { a: 1, b: { c: 2, d: 3 } }, other: 1 } });
      network.reset();
      const element = await put(prefs);
      expect(JSON.parse(element.control.value)).to.deep.equal({ a: 1, b: { c: 2, d: 3 } });
      await fill(element, '{"b": {"d": [4, null]}, "toString": "x"}');
      await element.settled('saved');
      expect(await owner.stored()).to.deep.equal({ prefs: { b: { d: [4, null] }, toString: 'x' }, other: 1 });
      expect(owner.patches()).to.have.length(1);
      await fill(element, '');
      await until(() => !('prefs' in owner.clerk.user!.unsafeMetadata));
    });

    it('says at the field what is wrong with the text, and keeps it', async () => {
      const element = await put(prefs);
      await fill(element, '{"a": ');
      await element.settled('invalid');
      expect(element.message).to.match(/^This is not valid JSON/);
      expect(element.control.value).to.equal('{"a": ');
      expect(element.control.checkValidity()).to.equal(false);
      expect(network.requests).to.deep.equal([]);
      await fill(element, '{"__proto__": {"x": 1}}');
      expect(element.message).to.contain('__proto__');
      await fill(element, '{"a": 1}');
      await element.settled('saved');
    });

    it('does not send another spelling of what is stored', async () => {
      await owner.clerk.user!.update({ unsafeMetadata: { prefs: { a: 1, bb: 2 } } });
      network.reset();
      const element = await put(prefs);
      await fill(element, '{"bb":2,"a":1}');
      await element.element.save();
      expect(network.requests).to.deep.equal([]);
    });
  });

  describe('select of several options', () => {
    it('saves an array, and shows it', async () => {
      const element = await put(
        html`<clerk-unsafe-field name="days" type="select" multiple>
          <option value="mon">Monday</option>
          <option value="tue">Tuesday</option>
        </clerk-unsafe-field>`,
      );
      const select = element.control as unknown as HTMLSelectElement;
      for (const option of select.options) option.selected = true;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      await element.settled('saved');
      expect(await owner.stored()).to.deep.equal({ days: ['mon', 'tue'] });
      await owner.clerk.user!.updateMetadata({ unsafeMetadata: { days: ['tue'] } });
      await until(() => select.selectedOptions.length === 1);
      expect(select.value).to.equal('tue');
    });
  });

  describe('a control of the page’s own', () => {
    const own = (template: TemplateResult) => put(html`<clerk-unsafe-field name="own" label="Own">${template}</clerk-unsafe-field>`);
    const inside = ({ element }: Field, selector = 'input') => element.querySelector<HTMLInputElement>(selector)!;

    it('is used in place of ours, with label and messages, and stays where it is', async () => {
      await owner.clerk.user!.update({ unsafeMetadata: { own: 'stored' } });
      network.reset();
      const element = await own(html`<input class="mine" maxlength="20" required />`);
      const input = inside(element);
      await until(() => input.value === 'stored');
      expect(element.element.querySelectorAll('input')).to.have.length(1);
      expect(input.parentElement).to.equal(element.element);
      expect(await isExposedAs('input.mine', { role: 'textbox', name: 'Own' })).to.equal(true);
      input.focus();
      input.select();
      await sendKeys({ press: 'Delete' });
      input.blur();
      await element.settled('invalid');
      expect(element.message).to.equal(input.validationMessage);
      expect(input.getAttribute('aria-invalid')).to.equal('true');
      expect(document.getElementById(input.getAttribute('aria-describedby')!)!.textContent).to.equal(element.message);
      input.focus();
      await sendKeys({ type: 'new' });
      input.blur();
      await element.settled('saved');
      expect(input.getAttribute('aria-describedby')).to.equal(null);
      expect(await owner.stored()).to.deep.equal({ own: 'new' });
    });

    const kinds: [what: string, template: TemplateResult, selector: string, act: (control: HTMLInputElement) => void, value: unknown][] = [
      ['number', html`<input type="number" />`, 'input', (control) => (control.value = '3'), 3],
      ['checkbox', html`<label><input type="checkbox" /> Yes</label>`, 'input', (control) => (control.checked = true), true],
      [
        'select',
        html`<select>
          <option></option>
          <option value="a">A</option>
        </select>`,
        'select',
        (control) => (control.value = 'a'),
        'a',
      ],
      ['textarea', html`<textarea></textarea>`, 'textarea', (control) => (control.value = 'a\nb'), 'a\nb'],
      [
        'select of several',
        html`<select multiple>
          <option value="a">A</option>
          <option value="b">B</option>
        </select>`,
        'select',
        (control) => {
          for (const option of (control as unknown as HTMLSelectElement).options) option.selected = true;
        },
        ['a', 'b'],
      ],
      [
        'radio buttons',
        html`<div><input type="radio" name="r" value="a" /><input type="radio" name="r" value="b" /></div>`,
        'input[value=b]',
        (control) => (control.checked = true),
        'b',
      ],
    ];
    for (const [what, template, selector, act, value] of kinds) {
      it(`${what}: is read as what it is`, async () => {
        const element = await own(template);
        const control = inside(element, selector);
        act(control);
        control.dispatchEvent(new Event('input', { bubbles: true }));
        control.dispatchEvent(new Event('change', { bubbles: true }));
        await element.settled('saved');
        expect(await owner.stored()).to.deep.equal({ own: value });
      });
    }

    it('may be a form-associated custom element, defined later, with a value of any kind', async () => {
      const element = await own(html`<x-stars></x-stars>`);
      class Stars extends HTMLElement {
        static formAssociated = true;
        value: unknown = '';
        disabled = false;
        readonly #internals = this.attachInternals();
        get form() {
          return this.#internals.form;
        }
      }
      customElements.define('x-stars', Stars);
      const stars = inside(element, 'x-stars') as unknown as Stars;
      await until(() => element.element.text !== null && !element.element.querySelector('[data-clerk-root] input'));
      stars.value = { stars: 4 };
      stars.dispatchEvent(new Event('change', { bubbles: true }));
      await element.settled('saved');
      expect(await owner.stored()).to.deep.equal({ own: { stars: 4 } });
      await owner.clerk.user!.updateMetadata({ unsafeMetadata: { own: { stars: 5 } } });
      await until(() => (stars.value as { stars: number }).stars === 5);
    });

    it('is disabled by us only where nobody can use it', async () => {
      const nobody = await startClerk({ load: false });
      const element = await own(html`<input />`);
      const input = inside(element);
      expect(input.disabled).to.equal(false);
      element.element.clerk = nobody;
      await until(() => input.disabled);
      element.element.clerk = owner.clerk;
      await until(() => !input.disabled);
      const off = await own(html`<input disabled />`);
      expect(inside(off).disabled).to.equal(true);
    });
  });
});
