/** The cards in every language. */
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { languageFiles } from '../../src/i18n/languages.ts';
import { speakAs } from '../../src/i18n/localization.ts';
import { createPerson, startClerk } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { Card, signInCard } from './sign-in/harness.ts';

const speak = (language: string) => speakAs(language, { __internal_environment: undefined });

/** What is cut off at the width of a small telephone. */
const clipped = (root: Element) =>
  [root, ...root.querySelectorAll<HTMLElement>('*')].filter(
    (element) => element.clientWidth > 1 && !(element instanceof HTMLInputElement) && element.scrollWidth > element.clientWidth + 1,
  );

const continueIn = { ar: 'متابعة', de: 'Weiter', es: 'Continuar', fr: 'Continuer', ja: '続ける' };

describe('languages', () => {
  afterEach(() => speak('en'));

  for (const language of Object.keys(languageFiles) as (keyof typeof languageFiles)[]) {
    it(`${language}: the cards are accessible, and nothing is cut off at 320 px`, async () => {
      const person = await createPerson();
      await speak(language);
      await startClerk();
      const card = await signInCard();
      const frame = card.element;
      frame.parentElement!.style.inlineSize = '320px';
      const { direction } = getComputedStyle(frame.querySelector('.cl-card')!);
      expect(direction).to.equal(language === 'ar' ? 'rtl' : 'ltr');
      expect(frame).to.have.attribute('lang', language);
      const check = async (element: Element) => {
        expect(clipped(element).map(({ className }) => className)).to.deep.equal([]);
        await expect(element).to.be.accessible();
      };
      await check(frame);
      card.fill({ identifier: person.emailAddress });
      card.button(continueIn[language]).click();
      await until(() => card.element.querySelector('.cl-signIn-factorOne'));
      await check(frame);
      const signUp = await fixture(html`<div style="inline-size: 320px"><clerk-sign-up></clerk-sign-up></div>`);
      await until(() => signUp.querySelector('input[name=emailAddress]'));
      await check(signUp);
    });
  }

  it('mirrors a card in Arabic, on a page that is not', async () => {
    await speak('ar');
    await startClerk();
    const { element } = await signInCard();
    const label = element.querySelector('.cl-formFieldLabel')!.getBoundingClientRect();
    const field = element.querySelector('input')!.getBoundingClientRect();
    expect(Math.round(label.right)).to.equal(Math.round(field.right));
    const top = (part: string) => element.querySelector(`.cl-${part}`)!.getBoundingClientRect().top;
    expect([top('header'), top('formContainer'), top('formActions'), top('footer')]).to.deep.equal(
      [top('header'), top('formContainer'), top('formActions'), top('footer')].sort((one, other) => one - other),
    );
    const forgot = element.querySelector('.cl-formFieldAction, .cl-formFieldInputShowPasswordButton')!.getBoundingClientRect();
    expect(forgot.left).to.be.lessThan(field.left + 50);
  });

  it('changes what is shown when `load()` says so, also in a shadow root, and takes it back', async () => {
    const clerk = await startClerk();
    const node = await fixture(html`<div></div>`);
    const shadow = node.attachShadow({ mode: 'open' });
    const host = shadow.appendChild(document.createElement('div'));
    clerk.mountSignIn(host);
    const title = () => shadow.querySelector('.cl-headerTitle')?.textContent;
    await until(() => title()?.startsWith('Sign in to'));
    const field = shadow.querySelector<HTMLInputElement>('input[name=identifier]')!;
    field.focus();
    await sendKeys({ type: 'jane' });
    await clerk.load({ localization: 'fr-CA' });
    await until(() => title()?.startsWith('Se connecter à'));
    // Whoever is typing goes on.
    expect([shadow.activeElement, field.value]).to.deep.equal([field, 'jane']);
    await expect(host).to.be.accessible();
    await clerk.load({ localization: { signIn: { start: { title: 'Into {{applicationName}}' } } } });
    await until(() => title()?.startsWith('Into '));
    await clerk.load({ localization: 'en' });
    await until(() => title()?.startsWith('Sign in to'));
    expect(new Card(host.querySelector('clerk-sign-in')!).button('Continue')).not.to.equal(undefined);
  });
});
