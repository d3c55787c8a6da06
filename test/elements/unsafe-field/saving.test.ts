import { network } from '../../support/network.ts';
import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { backend } from '../../support/browser.ts';
import { field, fields } from './harness.ts';
import { signInOwner } from '../../support/metadata-owner.ts';
import { until } from '../../support/until.ts';

/** The second of January 2000, as one types it part by part; WebKit goes on to the next part at a separator only. */
const typedDate = '01/02/2000';

describe('<clerk-unsafe-field>, saving', () => {
  const owner = signInOwner({ theme: 'dark', address: { street: 'Quay 1' } });

  describe('on leaving', () => {
    it('sends a merge patch of its own path and nothing else', async () => {
      const city = await field(owner.clerk, html`<clerk-unsafe-field name="address.city"></clerk-unsafe-field>`);
      await city.fill('Oslo');
      await city.settled('saved');
      expect(owner.patches()).to.deep.equal([{ address: { city: 'Oslo' } }]);
      expect(network.requests).to.have.length(1);
      expect(await owner.stored()).to.deep.equal({ theme: 'dark', address: { street: 'Quay 1', city: 'Oslo' } });
    });

    it('removes the key when it was emptied', async () => {
      const theme = await field(owner.clerk, html`<clerk-unsafe-field name="theme"></clerk-unsafe-field>`);
      expect(theme.control.value).to.equal('dark');
      await theme.fill('');
      await theme.settled('saved');
      expect(owner.patches()).to.deep.equal([{ theme: null }]);
      expect(await owner.stored()).to.deep.equal({ address: { street: 'Quay 1' } });
    });

    it('sends nothing where nothing has changed', async () => {
      const theme = await field(owner.clerk, html`<clerk-unsafe-field name="theme"></clerk-unsafe-field>`);
      await theme.fill('dark');
      await theme.element.save();
      expect(network.requests).to.deep.equal([]);
      expect(theme.status).to.equal(undefined);
    });

    it('shows the new value at once, and says "saved" only when that is true', async () => {
      const release = network.hold();
      const theme = await field(owner.clerk, html`<clerk-unsafe-field name="theme"></clerk-unsafe-field>`);
      await theme.fill('light');
      expect(theme.status).to.equal('saving');
      expect(theme.control.value).to.equal('light');
      expect(owner.clerk.user!.unsafeMetadata['theme']).to.equal('dark');
      release();
      await theme.settled('saved');
      expect(owner.clerk.user!.unsafeMetadata['theme']).to.equal('light');
    });

    it('does not say "saved" of what is typed meanwhile', async () => {
      const theme = await field(owner.clerk, html`<clerk-unsafe-field name="theme"></clerk-unsafe-field>`);
      const release = network.hold();
      await theme.fill('light');
      await theme.type('lighter');
      release();
      await until(() => owner.clerk.user!.unsafeMetadata['theme'] === 'light');
      await theme.element.updateComplete;
      expect(theme.status).to.equal(undefined);
      expect(theme.control.value).to.equal('lighter');
      theme.control.blur();
      await theme.settled('saved');
      expect((await owner.stored())['theme']).to.equal('lighter');
    });
  });

  describe('each type', () => {
    const cases = [
      { type: 'number', name: 'cups', typed: '3', value: 3 },
      { type: 'number', name: 'cups', typed: '-1.5', value: -1.5 },
      { type: 'text', name: 'nickname', typed: '<b>Jane</b>', value: '<b>Jane</b>' },
      { type: 'nonsense', name: 'nickname', typed: 'Janey', value: 'Janey' },
    ];
    for (const { type, name, typed, value } of cases) {
      it(`${type}: "${typed}" is stored as ${JSON.stringify(value)}`, async () => {
        const element = await field(owner.clerk, html`<clerk-unsafe-field name=${name} type=${type} step="any"></clerk-unsafe-field>`);
        await element.fill(typed);
        await element.settled('saved');
        expect((await owner.stored())[name]).to.equal(value);
        expect(element.control.value).to.equal(typed);
      });
    }

    it('checkbox: true and false', async () => {
      const news = await field(owner.clerk, html`<clerk-unsafe-field name="news" type="checkbox"></clerk-unsafe-field>`);
      news.control.click();
      await news.settled('saved');
      expect((await owner.stored())['news']).to.equal(true);
      news.control.click();
      await until(() => owner.clerk.user!.unsafeMetadata['news'] === false);
      expect((await owner.stored())['news']).to.equal(false);
    });

    it('select: the options of the page, none chosen at first', async () => {
      const plan = await field(
        owner.clerk,
        html`<clerk-unsafe-field name="plan" type="select">
          <option value="small">Small</option>
          <option value="large" disabled>Large</option>
        </clerk-unsafe-field>`,
      );
      const select = plan.control as unknown as HTMLSelectElement;
      expect([...select.options].map(({ value, disabled }) => [value, disabled])).to.deep.equal([
        ['', false],
        ['small', false],
        ['large', true],
      ]);
      expect(select.value).to.equal('');
      select.focus();
      await sendKeys({ press: 's' });
      await plan.settled('saved');
      expect((await owner.stored())['plan']).to.equal('small');
    });

    it('select: options that come later', async () => {
      await owner.clerk.user!.updateMetadata({ unsafeMetadata: { plan: 'large' } });
      const plan = await field(owner.clerk, html`<clerk-unsafe-field name="plan" type="select"></clerk-unsafe-field>`);
      expect(plan.element.textContent).to.contain('"large" cannot be shown');
      const option = document.createElement('option');
      option.value = 'large';
      option.label = 'Large';
      plan.element.append(option);
      await until(() => plan.control.value === 'large');
      expect(plan.element.textContent).not.to.contain('cannot be shown');
      expect(plan.status).to.equal(undefined);
    });

    it('date: typed by keys it is saved once, on leaving', async () => {
      const birthday = await field(owner.clerk, html`<clerk-unsafe-field name="birthday" type="date"></clerk-unsafe-field>`);
      birthday.control.focus();
      await sendKeys({ type: typedDate });
      expect(birthday.control.value).to.equal('2000-01-02');
      expect(network.requests).to.deep.equal([]);
      birthday.control.blur();
      await birthday.settled('saved');
      expect(owner.patches()).to.deep.equal([{ birthday: '2000-01-02' }]);
    });

    it('date: Enter saves', async () => {
      const birthday = await field(owner.clerk, html`<clerk-unsafe-field name="birthday" type="date"></clerk-unsafe-field>`);
      birthday.control.focus();
      await sendKeys({ type: typedDate });
      await sendKeys({ press: 'Enter' });
      await birthday.settled('saved');
      birthday.control.blur();
      await birthday.element.updateComplete;
      expect(owner.patches()).to.have.length(1);
    });

    it('date: a picker saves at once', async () => {
      const birthday = await field(owner.clerk, html`<clerk-unsafe-field name="birthday" type="date"></clerk-unsafe-field>`);
      birthday.control.focus();
      birthday.control.value = '2000-01-02';
      birthday.control.dispatchEvent(new Event('input', { bubbles: true }));
      birthday.control.dispatchEvent(new Event('change', { bubbles: true }));
      await birthday.settled('saved');
      expect((await owner.stored())['birthday']).to.equal('2000-01-02');
    });

    it('keeps a stored value that it cannot show until somebody replaces it', async () => {
      await owner.clerk.user!.updateMetadata({ unsafeMetadata: { birthday: '01-01-2000' } });
      network.reset();
      const birthday = await field(owner.clerk, html`<clerk-unsafe-field name="birthday" type="date"></clerk-unsafe-field>`);
      expect(birthday.control.value).to.equal('');
      expect(birthday.element.textContent).to.contain('"01-01-2000" cannot be shown');
      await birthday.element.save();
      expect(network.requests).to.deep.equal([]);
    });
  });

  describe('several fields', () => {
    it('do not erase each other, nor what a backend writes', async () => {
      const [first, second] = await fields(
        owner.clerk,
        html`<clerk-unsafe-field name="a.first"></clerk-unsafe-field><clerk-unsafe-field name="a.second"></clerk-unsafe-field>`,
      );
      await backend(`/users/${owner.userId}/metadata`, { method: 'PATCH', body: { unsafe_metadata: { a: { third: 3 }, score: 7 } } });
      await first!.fill('1');
      await second!.fill('2');
      await first!.settled('saved');
      await second!.settled('saved');
      expect(await owner.stored()).to.deep.equal({
        theme: 'dark',
        address: { street: 'Quay 1' },
        a: { first: '1', second: '2', third: 3 },
        score: 7,
      });
    });

    it('that are filled in one go are saved in one request', async () => {
      const [first, second] = await fields(
        owner.clerk,
        html`<clerk-unsafe-field name="first"></clerk-unsafe-field><clerk-unsafe-field name="second"></clerk-unsafe-field>`,
      );
      for (const { control } of [first!, second!]) {
        control.value = 'autofilled';
        control.dispatchEvent(new Event('input', { bubbles: true }));
        control.dispatchEvent(new Event('change', { bubbles: true }));
      }
      await first!.settled('saved');
      await second!.settled('saved');
      expect(owner.patches()).to.deep.equal([{ first: 'autofilled', second: 'autofilled' }]);
    });

    it('of the same name show the same value', async () => {
      const [first, second] = await fields(
        owner.clerk,
        html`<clerk-unsafe-field name="theme"></clerk-unsafe-field><clerk-unsafe-field name="theme"></clerk-unsafe-field>`,
      );
      expect(first!.control.id).not.to.equal(second!.control.id);
      await first!.fill('light');
      await until(() => second!.control.value === 'light');
    });
  });

  it('makes few requests of 100 quick changes, and the last one wins', async () => {
    const theme = await field(owner.clerk, html`<clerk-unsafe-field name="theme"></clerk-unsafe-field>`);
    for (let count = 1; count <= 100; count++) {
      theme.control.value = `v${count}`;
      theme.control.dispatchEvent(new Event('input', { bubbles: true }));
      theme.control.dispatchEvent(new Event('change', { bubbles: true }));
      if (count % 10 === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    await theme.settled('saved');
    expect(theme.control.value).to.equal('v100');
    expect((await owner.stored())['theme']).to.equal('v100');
    expect(owner.patches().length).to.be.at.most(5);
  });

  describe('a change from elsewhere', () => {
    it('is shown', async () => {
      const theme = await field(owner.clerk, html`<clerk-unsafe-field name="theme"></clerk-unsafe-field>`);
      await backend(`/users/${owner.userId}/metadata`, { method: 'PATCH', body: { unsafe_metadata: { theme: 'light' } } });
      await owner.clerk.user!.reload();
      await until(() => theme.control.value === 'light');
    });

    it('does not take back what is being typed', async () => {
      const theme = await field(owner.clerk, html`<clerk-unsafe-field name="theme"></clerk-unsafe-field>`);
      await theme.type('sep');
      await owner.clerk.user!.updateMetadata({ unsafeMetadata: { theme: 'light' } });
      await theme.element.updateComplete;
      await sendKeys({ type: 'ia' });
      expect(theme.control.value).to.equal('sepia');
      expect(theme.control.selectionStart).to.equal(5);
      theme.control.blur();
      await theme.settled('saved');
      expect((await owner.stored())['theme']).to.equal('sepia');
    });
  });
});
