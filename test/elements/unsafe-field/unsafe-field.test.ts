import { network } from '../../support/network.ts';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ClerkSaveEvent } from '../../../src/elements/unsafe-field/unsafe-field-events.ts';
import { colorSchemes, withColorScheme } from '../../support/color-scheme.ts';
import { isExposedAs } from '../../support/exposed-as.ts';
import type { ClerkUnsafeFieldElement } from './harness.ts';
import { Field, field, fields } from './harness.ts';
import { signInOwner } from '../../support/metadata-owner.ts';
import { until } from '../../support/until.ts';

const birthday = html`<clerk-unsafe-field name="birthday" label="Birthday"></clerk-unsafe-field>`;

describe('<clerk-unsafe-field>', () => {
  const owner = signInOwner();

  /** Saves fail. What is read afterwards does not, or its repeats would be among the requests of a later test. */
  const cutSaves = () => {
    network.affects = ({ path }) => path === '/v1/me/metadata';
    network.line = 'down';
  };

  describe('accessibility', () => {
    const states: [string, () => Promise<Field>][] = [
      [
        'every type',
        () =>
          field(
            owner.clerk,
            html`
              <clerk-unsafe-field name="a" label="Text" help-text="As your friends call you."></clerk-unsafe-field>
              <clerk-unsafe-field name="b" label="Date" type="date"></clerk-unsafe-field>
              <clerk-unsafe-field name="c" label="Number" type="number"></clerk-unsafe-field>
              <clerk-unsafe-field name="d" label="Choice" type="select"><option value="x">X</option></clerk-unsafe-field>
              <clerk-unsafe-field name="e" label="Yes or no" type="checkbox"></clerk-unsafe-field>
              <clerk-unsafe-field name="f" label="On or off" type="switch"></clerk-unsafe-field>
              <clerk-unsafe-field name="g" label="Amount" type="range"></clerk-unsafe-field>
              <clerk-unsafe-field name="h" label="Color" type="color"></clerk-unsafe-field>
              <clerk-unsafe-field name="i" label="Much" type="textarea"></clerk-unsafe-field>
              <clerk-unsafe-field name="j" label="One of" type="radio" help-text="Help."
                ><option value="x">X</option>
                <option value="y">Y</option></clerk-unsafe-field
              >
              <clerk-unsafe-field name="k" label="Tags" type="tags"></clerk-unsafe-field>
              <clerk-unsafe-field name="l" label="JSON" type="json"></clerk-unsafe-field>
              <clerk-unsafe-field name="m" label="Several" type="select" multiple><option value="x">X</option></clerk-unsafe-field>
              <clerk-unsafe-field name="n" label="The page’s own" help-text="Help."><input /></clerk-unsafe-field>
            `,
          ),
      ],
      [
        'saving',
        async () => {
          network.hold();
          const element = await field(owner.clerk, birthday);
          await element.fill('x');
          return element;
        },
      ],
      [
        'saved',
        async () => {
          const element = await field(owner.clerk, birthday);
          await element.fill('x');
          await element.settled('saved');
          return element;
        },
      ],
      [
        'invalid',
        async () => {
          const element = await field(owner.clerk, html`<clerk-unsafe-field name="a" label="A" required></clerk-unsafe-field>`);
          element.element.reportValidity();
          await element.settled('invalid');
          return element;
        },
      ],
      [
        'failed',
        async () => {
          cutSaves();
          const element = await field(owner.clerk, birthday);
          await element.fill('x');
          await element.settled('failed');
          return element;
        },
      ],
    ];
    for (const [name, arrive] of states) {
      for (const scheme of colorSchemes) {
        it(`has no violation: ${name}, ${scheme}`, async () => {
          const { element } = await arrive();
          await withColorScheme(scheme, () => expect(element.parentElement).to.be.accessible());
          // The next test must not meet a save of this one.
          network.reset();
          await until(() => !element.matches(':state(saving)'));
        });
      }
    }

    it('has the name of its label', async () => {
      await field(owner.clerk, birthday);
      expect(await isExposedAs('clerk-unsafe-field input', { role: 'textbox', name: 'Birthday' })).to.equal(true);
      expect(await isExposedAs('clerk-unsafe-field input', { role: 'textbox', name: 'birthday' })).to.equal(false);
    });

    it('describes itself by its message and its help', async () => {
      const { element, control } = await field(
        owner.clerk,
        html`<clerk-unsafe-field name="a" help-text="Help." required></clerk-unsafe-field>`,
      );
      expect(control.getAttribute('aria-describedby')).to.equal('a-field-hint');
      element.reportValidity();
      await element.updateComplete;
      const ids = control.getAttribute('aria-describedby')!.split(' ');
      expect(ids).to.deep.equal(['a-field-message', 'a-field-hint']);
      for (const id of ids) expect(document.getElementById(id)).not.to.equal(null);
    });

    it('announces the message and the end of saving in regions that were there before', async () => {
      const element = await field(owner.clerk, birthday);
      const [status, live] = ['[role=status]', '[aria-live]'].map((selector) => element.element.querySelector(selector));
      expect(status?.textContent.trim()).to.equal('');
      await element.fill('x');
      await element.settled('saved');
      expect(element.element.querySelector('[role=status]')).to.equal(status);
      expect(status?.textContent.trim()).to.equal('Saved');
      cutSaves();
      await element.fill('y');
      await element.settled('failed');
      expect(live?.textContent.trim()).to.equal(element.message);
    });
  });

  describe('attributes', () => {
    it('hands native ones on to the control', async () => {
      const { control } = await field(
        owner.clerk,
        html`<clerk-unsafe-field
          name="a"
          type="number"
          placeholder="How many"
          min="1"
          max="9"
          step="2"
          required
          autocomplete="off"
        ></clerk-unsafe-field>`,
      );
      const names = ['name', 'type', 'placeholder', 'min', 'max', 'step', 'autocomplete'];
      expect(names.map((name) => control.getAttribute(name))).to.deep.equal(['a', 'number', 'How many', '1', '9', '2', 'off']);
      expect(control.required).to.equal(true);
      const { control: text } = await field(
        owner.clerk,
        html`<clerk-unsafe-field name="b" minlength="2" maxlength="3" pattern="[a-z]+"></clerk-unsafe-field>`,
      );
      expect([text.minLength, text.maxLength, text.pattern, text.type]).to.deep.equal([2, 3, '[a-z]+', 'text']);
    });

    it('has its name for a label where it has none', async () => {
      const { element } = await field(owner.clerk, html`<clerk-unsafe-field name="nickname"></clerk-unsafe-field>`);
      expect(element.querySelector('label')?.textContent.trim()).to.equal('nickname');
    });

    it('has Clerk’s hooks', async () => {
      const { element, control } = await field(owner.clerk, birthday);
      expect(control.id).to.equal('birthday-field');
      expect(control.matches('.cl-formFieldInput.cl-formFieldInput__birthday')).to.equal(true);
      expect(element.querySelector('.cl-formField__birthday .cl-formFieldLabel')).not.to.equal(null);
    });

    it('shows another value when its name changes, and drops the edit of the former one', async () => {
      await owner.clerk.user!.update({ unsafeMetadata: { a: 'one', b: 'two' } });
      const element = await field(owner.clerk, html`<clerk-unsafe-field name="a"></clerk-unsafe-field>`);
      await element.type('edited');
      element.element.name = 'b';
      await element.element.updateComplete;
      expect(element.control.value).to.equal('two');
    });

    it('keeps what is typed when another attribute changes', async () => {
      const element = await field(owner.clerk, birthday);
      await element.type('edited');
      element.element.helpText = 'Help.';
      await element.element.updateComplete;
      expect(element.control.value).to.equal('edited');
      expect(document.activeElement).to.equal(element.control);
    });

    it('shows what is stored as text, never as markup', async () => {
      const payload = '"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
      await owner.clerk.user!.update({ unsafeMetadata: { a: payload, b: { html: payload } } });
      const [text, date] = await fields(
        owner.clerk,
        html`<clerk-unsafe-field name="a" label=${payload}></clerk-unsafe-field>
          <clerk-unsafe-field name="b" type="date"></clerk-unsafe-field>`,
      );
      expect(text!.control.value).to.equal(payload);
      expect(date!.element.textContent).to.contain('onerror');
      expect(document.querySelector('img, clerk-unsafe-field script')).to.equal(null);
    });
  });

  describe('events', () => {
    it('clerk-save comes before, clerk-saved after the request; both bubble', async () => {
      const element = await field(owner.clerk, birthday);
      const parent = element.element.parentElement!;
      const seen: [string, string, unknown, number][] = [];
      for (const type of ['clerk-save', 'clerk-saved'] as const) {
        parent.addEventListener(type, ({ name, value }) => seen.push([type, name, value, owner.patches().length]));
      }
      await element.fill('2000');
      await element.settled('saved');
      expect(seen).to.deep.equal([
        ['clerk-save', 'birthday', '2000', 0],
        ['clerk-saved', 'birthday', '2000', 1],
      ]);
    });

    it('cancelling clerk-save sends nothing and keeps what was typed', async () => {
      const element = await field(owner.clerk, birthday);
      element.element.addEventListener('clerk-save', (event) => {
        event.preventDefault();
      });
      await element.fill('2000');
      await element.element.updateComplete;
      expect(element.control.value).to.equal('2000');
      expect(element.status).to.equal(undefined);
      expect(network.requests).to.deep.equal([]);
    });

    it('clerk-save-error carries the error', async () => {
      const element = await field(owner.clerk, birthday);
      cutSaves();
      const failed = oneEvent(element.element, 'clerk-save-error');
      await element.fill('2000');
      const event = (await failed) as unknown as ClerkSaveEvent;
      expect(event).to.be.instanceOf(ClerkSaveEvent);
      expect(event.error).to.be.instanceOf(Error);
      expect(event.value).to.equal('2000');
    });

    it('setting a property by script fires none', async () => {
      const element = await field(owner.clerk, birthday);
      let count = 0;
      for (const type of ['clerk-save', 'clerk-saved', 'change', 'input']) element.element.addEventListener(type, () => count++);
      element.element.name = 'other';
      element.element.disabled = true;
      await owner.clerk.user!.updateMetadata({ unsafeMetadata: { other: 1 } });
      await until(() => element.control.value === '1');
      expect(count).to.equal(0);
    });

    it('are of a class of their own', () => {
      const event = new ClerkSaveEvent('clerk-save', [{ name: 'a', value: 1 }]);
      expect([event.cancelable, event.bubbles, event.composed]).to.deep.equal([true, true, true]);
      expect(event.values).to.deep.equal({ a: 1 });
      expect(new ClerkSaveEvent('clerk-saved', [{ name: 'a', value: 1 }]).cancelable).to.equal(false);
    });
  });

  describe('keyboard', () => {
    it('Enter saves, once', async () => {
      const element = await field(owner.clerk, birthday);
      await element.type('2000');
      await sendKeys({ press: 'Enter' });
      await element.settled('saved');
      element.control.blur();
      await element.element.updateComplete;
      expect(owner.patches()).to.have.length(1);
    });

    it('the space bar changes a checkbox', async () => {
      const element = await field(owner.clerk, html`<clerk-unsafe-field name="news" type="checkbox"></clerk-unsafe-field>`);
      element.control.focus();
      await sendKeys({ press: ' ' });
      await element.settled('saved');
      expect(owner.clerk.user!.unsafeMetadata['news']).to.equal(true);
    });

    it('Tab goes from control to control', async () => {
      const [first, second] = await fields(
        owner.clerk,
        html`<clerk-unsafe-field name="a"></clerk-unsafe-field><clerk-unsafe-field name="b"></clerk-unsafe-field>`,
      );
      first!.control.focus();
      await sendKeys({ press: 'Tab' });
      expect(document.activeElement).to.equal(second!.control);
    });
  });

  describe('form', () => {
    const inForm = async (template = birthday) => {
      const form = await fixture<HTMLFormElement>(html`<form>${template}</form>`);
      const element = form.querySelector<ClerkUnsafeFieldElement>('clerk-unsafe-field')!;
      element.clerk = owner.clerk;
      await until(() => element.matches(':state(ready)') && element.querySelector('input'));
      return { form, field: new Field(element) };
    };

    it('is part of it, by a control in the light DOM', async () => {
      await owner.clerk.user!.update({ unsafeMetadata: { birthday: '2000' } });
      const { form, field: element } = await inForm();
      await until(() => element.control.value === '2000');
      expect([...new FormData(form)]).to.deep.equal([['birthday', '2000']]);
      expect(form.querySelector('form input[name=birthday]')).to.equal(element.control);
      expect(form.elements).to.have.length(1);
    });

    for (const how of ['script', 'button']) {
      it(`a reset by ${how} goes back to what is stored, without a request`, async () => {
        await owner.clerk.user!.update({ unsafeMetadata: { birthday: '2000' } });
        network.reset();
        const { form, field: element } = await inForm(html`${birthday}<button type="reset">Reset</button>`);
        await until(() => element.control.value === '2000');
        await element.type('1999');
        if (how === 'script') form.reset();
        else form.querySelector<HTMLButtonElement>('[type=reset]')!.click();
        await element.element.updateComplete;
        expect(element.control.value).to.equal('2000');
        element.control.blur();
        await element.element.updateComplete;
        expect(owner.patches()).to.have.length(0);
        expect(element.control.value).to.equal('2000');
      });
    }

    it('a reset takes the message away', async () => {
      const { form, field: element } = await inForm(html`<clerk-unsafe-field name="a" required></clerk-unsafe-field>`);
      element.element.reportValidity();
      await element.settled('invalid');
      form.reset();
      await element.settled(undefined);
      expect(element.message).to.equal(undefined);
    });

    it('is disabled with its fieldset', async () => {
      const { field: element } = await inForm(html`<fieldset disabled>${birthday}</fieldset>`);
      expect(element.control.matches(':disabled')).to.equal(true);
    });
  });

  describe('on the page', () => {
    it('survives being moved, cloned and wiped', async () => {
      await owner.clerk.user!.update({ unsafeMetadata: { birthday: '2000' } });
      const { element } = await field(owner.clerk, birthday);
      const parent = element.parentElement!;
      parent.prepend(element);
      const clone = element.cloneNode(true) as ClerkUnsafeFieldElement;
      clone.clerk = owner.clerk;
      parent.append(clone);
      element.replaceChildren();
      for (const each of [element, clone]) {
        await until(() => each.querySelectorAll('input').length === 1 && each.querySelector('input')?.value === '2000');
      }
    });

    it('leaves no listener behind', async () => {
      const { element } = await field(owner.clerk, birthday);
      const added: string[] = [];
      const realAdd = owner.clerk.addListener.bind(owner.clerk);
      let open = 0;
      owner.clerk.addListener = (...parameters) => {
        added.push('listener');
        open++;
        const remove = realAdd(...parameters);
        return () => {
          open--;
          remove();
        };
      };
      let listening = 0;
      const count = (name: 'addEventListener' | 'removeEventListener', change: number) => {
        const real = document[name].bind(document);
        document[name] = (type: string, listener: EventListener) => {
          listening += change;
          real(type, listener);
        };
      };
      count('addEventListener', 1);
      count('removeEventListener', -1);
      const parent = element.parentElement!;
      for (let count = 0; count < 100; count++) {
        element.remove();
        parent.append(element);
      }
      expect(listening).to.equal(0);
      element.remove();
      owner.clerk.addListener = realAdd;
      Reflect.deleteProperty(document, 'addEventListener');
      Reflect.deleteProperty(document, 'removeEventListener');
      expect(added).to.have.length(100);
      expect(open).to.equal(0);
      // Those for forms.
      expect(listening).to.equal(-2);
    });
  });
});
