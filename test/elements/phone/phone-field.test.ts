import { network } from '../../support/network.ts';
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { startClerk } from '../../support/browser.ts';
import { colorSchemes, withColorScheme } from '../../support/color-scheme.ts';
import { until } from '../../support/until.ts';
import { signInCard } from '../sign-in/harness.ts';
import { password, signUpCard } from '../sign-up/harness.ts';

type Attributes = Record<'email_address' | 'phone_number' | 'username', Record<string, unknown>>;

/** The instance's settings as another instance would have them. */
function withAttributes(change: (attributes: Attributes) => unknown): void {
  network.edits.push({
    path: /\/v1\/environment$/,
    change: ({ user_settings }: { user_settings: { attributes: Attributes } }) => change(user_settings.attributes),
  });
}

const either = ({ email_address: email, phone_number: phone }: Attributes) => {
  email['required'] = false;
  Object.assign(phone, { enabled: true, used_for_first_factor: true });
};

const phoneAlone = (attributes: Attributes) => {
  either(attributes);
  Object.assign(attributes.email_address, { enabled: false, used_for_first_factor: false });
};

const sent = (name: string) => network.requests.map(({ form }) => form[name]).filter((value) => value !== undefined);

describe('the field for a phone number', () => {
  afterEach(() => {
    network.reset();
  });

  async function signIn(change = either) {
    withAttributes(change);
    await startClerk();
    network.requests = [];
    return signInCard();
  }

  async function signUp(change = either) {
    withAttributes(change);
    await startClerk();
    network.requests = [];
    return signUpCard();
  }

  const countryOf = ({ element }: { element: Element }) => element.querySelector<HTMLSelectElement>('select[name=country]')!;
  const shown = (card: { element: Element }) => card.element.querySelector('.cl-selectButton')!.firstElementChild!.textContent;

  /** At the sign-in card, by its link. */
  async function withPhone() {
    const card = await signIn();
    card.button('Use phone').click();
    await until(() => countryOf(card));
    return card;
  }

  it('is accessible, light and dark', async () => {
    const { element } = await withPhone();
    for (const scheme of colorSchemes) await withColorScheme(scheme, () => expect(element).to.be.accessible());
  });

  it('takes the place of the identifier at sign-in, gets the focus, and gives it back', async () => {
    const card = await withPhone();
    expect(card.element.querySelector('label')?.textContent).to.equal('Phone number');
    expect(card.field('identifier').type).to.equal('tel');
    expect(document.activeElement).to.equal(card.field('identifier'));
    card.button('Use email').click();
    await until(() => card.field('identifier').inputMode === 'email');
    expect(card.element.querySelector('label')?.textContent).to.equal('Email address');
    expect(document.activeElement).to.equal(card.field('identifier'));
  });

  it('is there at once where nothing else signs in, and says what is missing', async () => {
    const card = await signIn(phoneAlone);
    await until(() => countryOf(card));
    expect(() => card.button('Use email')).to.throw();
    card.submit();
    await until(() => card.error('identifier') === 'Enter your phone number.');
    expect(document.activeElement).to.equal(card.field('identifier'));
    expect(network.requests).to.deep.equal([]);
  });

  it('begins with the country of the browser, and takes another by keyboard', async () => {
    const card = await withPhone();
    expect(countryOf(card).value).to.equal('US');
    expect(shown(card)).to.equal('🇺🇸 +1');
    countryOf(card).focus();
    await sendKeys({ type: 'Germ' });
    await until(() => countryOf(card).value === 'DE');
    await until(() => shown(card) === '🇩🇪 +49');
    card.fill({ identifier: '0151 2345 6789' });
    card.submit();
    await until(() => sent('identifier').length);
    expect(sent('identifier')).to.deep.equal(['+49015123456789']);
  });

  it('recognises an international number, typed or filled in, and keeps what was typed when it is refused', async () => {
    const card = await withPhone();
    card.field('identifier').focus();
    await sendKeys({ type: '+44 20 7946' });
    expect(card.field('identifier').value).to.equal('20 7946');
    expect(countryOf(card).value).to.equal('GB');
    await sendKeys({ type: ' 0018' });
    card.submit();
    await until(() => card.error('identifier') ?? card.alert);
    expect(sent('identifier')).to.deep.equal(['+442079460018']);
    expect([countryOf(card).value, card.field('identifier').value]).to.deep.equal(['GB', '20 7946 0018']);
    // As a password manager fills it in, without an event.
    card.field('identifier').value = '+1 415 555 0100';
    card.submit();
    await until(() => sent('identifier').length > 1);
    expect(sent('identifier')[1]).to.equal('+14155550100');
  });

  it('lists every country by its name, in the order of the alphabet', async () => {
    const card = await withPhone();
    const texts = [...countryOf(card).options].map(({ textContent }) => textContent);
    expect(texts.length).to.be.greaterThan(240);
    expect(texts[0]).to.match(/^Afghanistan \(\+93\)/);
    expect(texts.filter((text) => !/^\p{Lu}.* \(\+\d+\) \p{RI}\p{RI}$/u.test(text))).to.deep.equal([]);
  });

  it('stands in for the email address at sign-up where either will do, and leaves the rest as it was', async () => {
    const card = await signUp();
    card.fill({ emailAddress: 'ann@example.com', password });
    card.button('Use phone').click();
    await until(() => countryOf(card));
    expect(document.activeElement).to.equal(card.field('phoneNumber'));
    expect(card.fieldNames).to.deep.equal(['phoneNumber', 'password']);
    expect(card.field('password').value).to.equal(password);
    card.submit();
    await until(() => card.error('phoneNumber') === 'Enter your phone number.');
    card.fill({ phoneNumber: '(415) 555-0100' });
    card.submit();
    // The API of this page takes none.
    await until(() => card.error('phoneNumber')?.includes('not a valid parameter'));
    expect(card.field('phoneNumber').value).to.equal('(415) 555-0100');
    expect(sent('phone_number')).to.deep.equal(['+14155550100']);
    expect(sent('email_address')).to.deep.equal([]);
    card.button('Use email').click();
    await until(() => (document.activeElement as HTMLInputElement).name === 'emailAddress');
  });

  it('starts with the number that the page knows', async () => {
    withAttributes(either);
    const clerk = await startClerk();
    const node = document.body.appendChild(document.createElement('div'));
    clerk.mountSignIn(node, { initialValues: { phoneNumber: '+4915123456789' } });
    const input = await until(() => node.querySelector<HTMLInputElement>('input[type=tel]'));
    expect([countryOf({ element: node }).value, input.value]).to.deep.equal(['DE', '15123456789']);
    clerk.unmountSignIn(node);
    node.remove();
  });
});
