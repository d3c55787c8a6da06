/** When a field is saved: `save="change"`, `"input"` and `"submit"`. */
import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { signInOwner } from '../../support/metadata-owner.ts';
import { until } from '../../support/until.ts';
import { field, fields } from './harness.ts';

describe('<clerk-unsafe-field>, save', () => {
  const owner = signInOwner();

  describe('input', () => {
    it('saves while somebody types, and takes nothing of it back', async () => {
      const note = await field(owner.clerk, html`<clerk-unsafe-field name="note" save="input"></clerk-unsafe-field>`);
      await note.type('abc');
      await note.settled('saved');
      expect(document.activeElement).to.equal(note.control);
      expect(await owner.stored()).to.deep.equal({ note: 'abc' });
      await sendKeys({ type: 'def' });
      await until(() => owner.clerk.user!.unsafeMetadata['note'] === 'abcdef');
      expect(note.control.value).to.equal('abcdef');
      expect(note.control.selectionStart).to.equal(6);
    });

    it('makes at most five requests of 100 keys typed quickly; the last value wins', async () => {
      const note = await field(owner.clerk, html`<clerk-unsafe-field name="note" save="input" type="textarea"></clerk-unsafe-field>`);
      const text = 'What is typed quickly is saved a few times, and as it was typed in the end: nothing of it is lost. k';
      expect(text).to.have.length(100);
      await note.type(text);
      await until(() => owner.clerk.user!.unsafeMetadata['note'] === text);
      expect(note.control.value).to.equal(text);
      expect(await owner.stored()).to.deep.equal({ note: text });
      expect(owner.patches().length).to.be.at.most(5);
    });

    it('complains of nothing before the edit is finished', async () => {
      const note = await field(owner.clerk, html`<clerk-unsafe-field name="note" save="input" minlength="5"></clerk-unsafe-field>`);
      const other = await field(owner.clerk, html`<clerk-unsafe-field name="other" save="input"></clerk-unsafe-field>`);
      await note.type('abc');
      // Whatever comes of the keys before has come by then.
      await other.type('x');
      await note.settled('invalid');
      expect(note.message).to.equal(note.control.validationMessage);
      await other.settled('saved');
      expect(await owner.stored()).to.deep.equal({ other: 'x' });
    });

    it('saves at once on leaving', async () => {
      const note = await field(owner.clerk, html`<clerk-unsafe-field name="note" save="input"></clerk-unsafe-field>`);
      await note.fill('abc');
      expect(note.status).to.equal('saving');
      await note.settled('saved');
      await until(() => owner.patches().length === 1);
    });
  });

  describe('submit', () => {
    it('saves with its form, all fields in one request, and the page stays', async () => {
      const [first, second] = await fields(
        owner.clerk,
        html`<form>
          <clerk-unsafe-field name="first" save="submit"></clerk-unsafe-field>
          <clerk-unsafe-field name="second" save="submit"></clerk-unsafe-field>
          <button>Save</button>
        </form>`,
      );
      await first!.fill('1');
      await second!.fill('2');
      expect(first!.element.dirty).to.equal(true);
      expect(first!.element.matches(':state(dirty)')).to.equal(true);
      expect(owner.patches()).to.have.length(0);
      second!.control.focus();
      await sendKeys({ press: 'Enter' });
      await first!.settled('saved');
      await second!.settled('saved');
      expect(first!.element.dirty).to.equal(false);
      expect(await owner.stored()).to.deep.equal({ first: '1', second: '2' });
      expect(owner.patches()).to.have.length(1);
    });

    it('is not sent while the browser has something against a field of the form', async () => {
      const [first] = await fields(
        owner.clerk,
        html`<form>
          <clerk-unsafe-field name="first" save="submit" required></clerk-unsafe-field>
          <button>Save</button>
        </form>`,
      );
      first!.element.querySelector('input')!.form!.querySelector('button')!.click();
      await first!.element.updateComplete;
      expect(owner.patches()).to.have.length(0);
    });
  });
});
