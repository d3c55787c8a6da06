import { network } from '../../support/network.ts';
import { expect, fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import type { ClerkCore } from '../../../src/clerk/clerk.ts';
import type { ClerkTextElement } from '../../../src/elements/text/text.ts';
import { backend, createPerson, signIn, startClerk } from '../../support/browser.ts';
import type { Person } from '../../support/browser.ts';
import { consoleErrors } from '../../support/console-errors.ts';
import { until } from '../../support/until.ts';

const stateOf = (element: Element) => ['loading', 'shown', 'empty'].filter((name) => element.matches(`:state(${name})`)).join();

/** Puts the elements of a template on the page. */
async function texts(template: TemplateResult): Promise<ClerkTextElement[]> {
  const root = await fixture(html`<div>${template}</div>`);
  const elements = [...root.querySelectorAll<ClerkTextElement>('clerk-text')];
  await Promise.all(elements.map((element) => element.updateComplete));
  return elements;
}

/** One element for each field. */
const fields = (...names: string[]) => texts(html`${names.map((name) => html`<clerk-text field=${name} fallback="–"></clerk-text>`)}`);

describe('<clerk-text>', () => {
  let clerk: ClerkCore;
  let person: Person;

  beforeEach(() => {
    network.reset();
  });

  afterEach(() => {
    network.reset();
  });

  it('shows nothing before it is known who is there, and then the fallback to nobody', async () => {
    const release = network.hold();
    clerk = await startClerk({ load: false });
    const [element] = await texts(html`<clerk-text field="user.firstName" fallback="there"></clerk-text>`);
    expect([element!.textContent, stateOf(element!)]).to.deep.equal(['', 'loading']);
    release();
    await until(() => stateOf(element!) === 'empty');
    expect(element!.textContent).to.equal('there');
  });

  it('shows the fallback when Clerk cannot be loaded, and the value once it can', async () => {
    network.line = 'down';
    clerk = await startClerk({ load: false });
    const [element] = await fields('user.firstName');
    await until(() => stateOf(element!) === 'empty');
    expect(element!.textContent).to.equal('–');
    network.line = 'up';
    await clerk.load();
    await signIn(clerk, await createPerson({ first_name: 'Ann' }));
    await until(() => element!.textContent === 'Ann');
  });

  describe('for somebody', () => {
    before(async () => {
      clerk = await startClerk();
      person = await createPerson({
        first_name: 'Jane',
        last_name: 'Doe',
        public_metadata: { role: 'admin', level: 3, off: false, none: 0, empty: '', tags: ['a', 'b'] },
        unsafe_metadata: { birthday: '2000-01-31', address: { city: 'Paris' } },
      });
      await signIn(clerk, person);
    });

    it('shows values of every kind as text', async () => {
      const table: Record<string, string> = {
        'user.id': person.id,
        'user.firstName': 'Jane',
        'user.fullName': 'Jane Doe',
        'user.primaryEmailAddress': person.emailAddress,
        'user.username': '–',
        'user.passwordEnabled': 'true',
        'public.role': 'admin',
        'public.level': '3',
        'public.off': 'false',
        'public.none': '0',
        'public.empty': '–',
        'public.tags': '["a","b"]',
        'public.missing': '–',
        'public.hasOwnProperty': '–',
        'unsafe.birthday': '2000-01-31',
        'unsafe.address.city': 'Paris',
        'unsafe.address': '{"city":"Paris"}',
      };
      const elements = await fields(...Object.keys(table));
      expect(elements.map(({ field, textContent }) => [field, textContent])).to.deep.equal(Object.entries(table));
      expect(elements.map(stateOf)).to.deep.equal(Object.values(table).map((text) => (text === '–' ? 'empty' : 'shown')));
      await expect(elements[0]!.parentElement!).to.be.accessible();
    });

    it('writes dates in the language of the document, for machines too', async () => {
      const [created, birthday, german, unknown] = await texts(html`
        <clerk-text field="user.createdAt"></clerk-text>
        <clerk-text field="unsafe.birthday" type="date"></clerk-text>
        <p lang="de"><clerk-text field="unsafe.birthday" type="date"></clerk-text></p>
        <p lang="C"><clerk-text field="public.role" type="date"></clerk-text></p>
      `);
      const { createdAt } = clerk.user!;
      expect(created!.querySelector('time')!.dateTime).to.equal(createdAt!.toISOString());
      expect(created!.textContent).to.equal(createdAt!.toLocaleDateString('en', { dateStyle: 'long' }));
      expect(birthday!.querySelector('time')!.dateTime).to.equal('2000-01-31');
      expect(birthday!.textContent).to.equal('January 31, 2000');
      expect(german!.textContent).to.equal('31. Januar 2000');
      expect([unknown!.textContent, unknown!.querySelector('time')]).to.deep.equal(['admin', null]);
    });

    it('follows changes of this page, and of a backend after a reload of the user or when the person comes back', async () => {
      const [unsafe, first, second] = await fields('unsafe.nickname', 'public.first', 'public.second');
      await clerk.user!.updateMetadata({ unsafeMetadata: { nickname: 'JD' } });
      await unsafe!.updateComplete;
      expect(unsafe!.textContent).to.equal('JD');
      await backend(`/users/${person.id}/metadata`, { method: 'PATCH', body: { public_metadata: { first: 'one' } } });
      await clerk.user!.reload();
      await until(() => first!.textContent === 'one');
      await backend(`/users/${person.id}/metadata`, { method: 'PATCH', body: { public_metadata: { second: 'two' } } });
      window.dispatchEvent(new Event('focus'));
      await until(() => second!.textContent === 'two');
      await clerk.user!.updateMetadata({ unsafeMetadata: { nickname: null } });
      await unsafe!.updateComplete;
      expect([unsafe!.textContent, stateOf(unsafe!)]).to.deep.equal(['–', 'empty']);
    });

    for (const payload of [
      '<img src=x onerror="globalThis.__ran = true">',
      '<script>globalThis.__ran = true</script>',
      '"><svg onload="globalThis.__ran = true">',
      '${globalThis.__ran = true}',
      '<!-- -->?lit$1$',
      'javascript:globalThis.__ran=true',
      '\u202Egnirts\u0000',
    ]) {
      it(`shows ${JSON.stringify(payload)} as it is, in a value and in a fallback`, async () => {
        await clerk.user!.updateMetadata({ unsafeMetadata: { payload: payload.replace('\0', '') } });
        const [value, fallback] = await texts(html`
          <clerk-text field="unsafe.payload" type="date"></clerk-text>
          <clerk-text field="unsafe.missing" fallback=${payload}></clerk-text>
        `);
        expect(value!.textContent).to.equal(payload.replace('\0', ''));
        expect(fallback!.textContent).to.equal(payload);
        for (const element of [value!, fallback!]) expect(element.querySelectorAll('*')).to.have.length(1);
        expect('__ran' in globalThis).to.equal(false);
      });
    }

    for (const field of [
      '',
      'firstName',
      'user.privateMetadata',
      'private.stripeId',
      'public.__proto__',
      'unsafe.constructor.name',
      'public',
    ]) {
      it(`shows the fallback for field="${field}", and says once what is wrong`, async () => {
        let elements: ClerkTextElement[] = [];
        const errors = await consoleErrors(async () => {
          elements = await fields(field);
          await clerk.user!.reload();
          await elements[0]!.updateComplete;
        });
        expect(elements[0]!.textContent).to.equal('–');
        expect(errors).to.have.length(1);
        expect(errors[0]).to.match(/^<clerk-text>: /);
      });
    }

    it('reads its field again when that changes', async () => {
      const [element] = await fields('user.firstName');
      element!.field = 'user.lastName';
      await element!.updateComplete;
      expect(element!.textContent).to.equal('Doe');
    });

    it('keeps its line as high as it will be', async () => {
      const [empty, full] = await texts(html`
        <p><clerk-text field="unsafe.missing"></clerk-text></p>
        <p><clerk-text field="user.firstName"></clerk-text></p>
      `);
      expect(full!.textContent).to.equal('Jane');
      const height = ({ parentElement }: Element) => parentElement!.getBoundingClientRect().height;
      expect(height(empty!)).to.be.greaterThan(0);
      expect(height(empty!)).to.equal(height(full!));
    });

    it('is gone with the person', async () => {
      const [element] = await texts(html`<clerk-text field="user.firstName" fallback="there"></clerk-text>`);
      expect(element!.textContent).to.equal('Jane');
      await clerk.signOut(() => undefined);
      await element!.updateComplete;
      expect(element!.textContent).to.equal('there');
    });
  });
});
