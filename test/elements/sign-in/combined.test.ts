/** Signing in and up in one card (dossier part 1, §5.9; part 2, §2.6, §2.7). */
import { network } from '../../support/network.ts';
import { expect, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import type { ClerkOptions } from '../../../src/clerk/clerk-api.ts';
import type { ClerkCore } from '../../../src/clerk/clerk.ts';
import type { ClerkSignInElement } from '../../../src/elements/sign-in/sign-in.ts';
import { createPerson, newEmailAddress, startClerk, testCode } from '../../support/browser.ts';
import { colorSchemes, withColorScheme } from '../../support/color-scheme.ts';
import { until } from '../../support/until.ts';
import type { Card } from './harness.ts';
import { signInCard } from './harness.ts';

const password = 'willow-compass-marble';
const page = location.href;

/** The instance's settings as another instance would have them. */
const withSettings = (change: (settings: Record<string, Record<string, unknown>>) => unknown) =>
  network.edits.push({ path: /\/v1\/environment$/, change: (body: { user_settings: never }) => change(body.user_settings) });

/** Where nobody may learn who has an account. */
const enumerationSafe = (settings: Record<string, Record<string, unknown>>) =>
  (settings['attack_protection'] = { enumeration_protection: { enabled: true } });

describe('<clerk-sign-in with-sign-up>', () => {
  let clerk: ClerkCore;

  beforeEach(() => {
    network.reset();
  });

  afterEach(() => {
    network.reset();
    history.replaceState(null, '', page);
  });

  const combined = html`<clerk-sign-in with-sign-up .unsafeMetadata=${{ theme: 'dark' }}></clerk-sign-in>`;
  async function open(template: TemplateResult = combined, load: ClerkOptions = {}): Promise<Card> {
    clerk = await startClerk({ load });
    const card = await signInCard(template);
    card.element.addEventListener('clerk-sign-up-complete', (event) => {
      event.preventDefault();
    });
    return card;
  }

  const begin = (card: Card, values: Record<string, string>) => {
    card.fill(values);
    card.submit();
  };
  const isCreating = (card: Card) => card.shows('Create your account');
  const focused = () => (document.activeElement as HTMLInputElement | null)?.name;

  it('goes on as a sign-up with what was typed, and back', async () => {
    const emailAddress = newEmailAddress();
    const card = await open();
    begin(card, { identifier: emailAddress, password });
    await isCreating(card);
    expect(card.field('emailAddress').value).to.equal(emailAddress);
    expect(card.field('password').value).to.equal(password);
    expect(location.hash).to.equal('#/create');
    await until(() => focused() === 'emailAddress');
    for (const scheme of colorSchemes) await withColorScheme(scheme, () => expect(card.element).to.be.accessible());

    card.button('Sign in').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => focused() === 'identifier');
    expect(card.field('identifier').value).to.equal(emailAddress);
    expect(location.hash).to.equal('');
  });

  it('makes an account that has the metadata of the page', async () => {
    const card = await open();
    begin(card, { identifier: newEmailAddress() });
    await isCreating(card);
    card.fill({ password });
    card.submit();
    await card.shows('Verify your email');
    const complete = oneEvent(card.element, 'clerk-sign-up-complete');
    card.fill({ code: testCode });
    await complete;
    await until(() => clerk.user?.unsafeMetadata['theme'] === 'dark');
  });

  it('has whoever has no account prove the address first, where nobody may learn that', async () => {
    withSettings(enumerationSafe);
    const card = await open();
    begin(card, { identifier: newEmailAddress() });
    await card.shows('Check your email');
    card.fill({ code: testCode });
    await card.shows('Fill in missing fields');
    expect(location.hash).to.equal('#/continue');
    await until(() => focused() === 'password');
    await expect(card.element).to.be.accessible();
    const complete = oneEvent(card.element, 'clerk-sign-up-complete');
    card.fill({ password });
    card.submit();
    await complete;
    await until(() => clerk.user?.unsafeMetadata['theme'] === 'dark');
    const [first] = network.requests.filter(({ path }) => path.endsWith('/sign_ins'));
    expect(first?.form['sign_up_if_missing']).to.equal('true');
  });

  it('signs in whoever has an account, there too', async () => {
    withSettings(enumerationSafe);
    const person = await createPerson();
    const card = await open();
    begin(card, { identifier: person.emailAddress, password: person.password });
    await until(() => card.completed.length && clerk.session?.id === card.completed[0]);
    expect(clerk.user?.unsafeMetadata).to.deep.equal({});
  });

  it('begins with the sign-up where the address says so, and by its link', async () => {
    history.replaceState(null, '', '#/create');
    const card = await open();
    await isCreating(card);
    expect(location.hash).to.equal('#/create');
    card.button('Sign in').click();
    await until(() => focused() === 'identifier');
    card.button('Sign up').click();
    await isCreating(card);
    expect(location.hash).to.equal('#/create');
  });

  const plain = html`<clerk-sign-in></clerk-sign-in>`;
  const cases: { what: string; template: TemplateResult; load?: ClerkOptions; mode?: string; isCombined: boolean }[] = [
    { what: 'an address for signing in alone', template: plain, load: { signInUrl: '/enter' }, isCombined: true },
    { what: 'addresses for both', template: plain, load: { signInUrl: '/enter', signUpUrl: '/join' }, isCombined: false },
    { what: 'no word about it', template: plain, isCombined: false },
    { what: 'sign-ups by invitation', template: combined, mode: 'restricted', isCombined: false },
    {
      what: 'the card that says no',
      template: html`<clerk-sign-in .withSignUp=${false}></clerk-sign-in>`,
      load: { signInUrl: '/enter' },
      isCombined: false,
    },
  ];
  for (const { what, template, load, mode, isCombined } of cases) {
    it(`${isCombined ? 'is what a card is' : 'is not meant'} with ${what}`, async () => {
      if (mode) withSettings((settings) => (settings['sign_up']!['mode'] = mode));
      const card = await open(template, load);
      begin(card, { identifier: newEmailAddress() });
      if (isCombined) await isCreating(card);
      else await until(() => card.error('identifier'));
    });
  }

  it('stays with a forgotten password of an account that is not there', async () => {
    const card = await open();
    card.fill({ identifier: newEmailAddress() });
    card.button('Forgot password?').click();
    await until(() => card.error('identifier'));
  });

  it('is a property, and nothing that the page has to repeat', async () => {
    const { element } = await open();
    expect((element as ClerkSignInElement).withSignUp).to.equal(true);
    element.removeAttribute('with-sign-up');
    expect(element.withSignUp).to.equal(false);
  });
});
