/** The ways in that the usual instance of these tests does not offer: links, text messages, passkeys, the proof of a new browser. */
import { network } from '../../support/network.ts';
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ClerkCore } from '../../../src/clerk/clerk.ts';
import { isWebAuthnSupported } from '../../../src/rules/webauthn.ts';
import { backend, createPerson, startClerk, testCode, wideApi } from '../../support/browser.ts';
import type { Person } from '../../support/browser.ts';
import { linkTo, openElsewhere } from '../../support/email-links.ts';
import { newTestNumber } from '../../support/phone-numbers.ts';
import { isAccessible, press } from '../../support/press.ts';
import { until } from '../../support/until.ts';
import { signInCard } from './harness.ts';
import type { Card } from './harness.ts';

describe('<clerk-sign-in> where every way is open', () => {
  let clerk: ClerkCore;

  afterEach(() => {
    network.reset();
  });

  const newAddress = () => `reader-${crypto.randomUUID()}@example.com`;

  async function open(): Promise<Card> {
    clerk = await startClerk({ publishableKey: wideApi.publishableKey });
    network.requests = [];
    return signInCard();
  }

  const signedIn = (card: Card) => until(() => card.completed.length && clerk.session?.id === card.completed[0], 'a session');

  /** Once it is sent: until then nothing else is. */
  async function typeCode(card: Card): Promise<void> {
    await until(
      () => card.element.textContent.includes('Resend (') && document.activeElement === card.field('code'),
      'a code that was sent',
    );
    await sendKeys({ type: testCode });
  }

  async function choose(card: Card, method: RegExp): Promise<void> {
    await press(card.element, 'Use another method');
    await card.shows('Use another method');
    await isAccessible(card.element);
    await press(card.element, method);
  }

  const withPassword = async (person: Person) => {
    const card = await open();
    card.fill({ identifier: person.emailAddress, password: person.password });
    card.submit();
    return card;
  };

  it('waits for a link by mail, by keyboard alone, and signs in once it is opened on another device', async () => {
    const emailAddress = newAddress();
    await createPerson({ email_address: [emailAddress] }, wideApi);
    const card = await open();
    await card.identify(emailAddress);
    await choose(card, /^Email link to/);
    await card.shows('Check your email');
    expect(card.element.querySelector('[role=status]')?.textContent).to.equal('Waiting for the link to be opened. Keep this page open.');
    await isAccessible(card.element);
    await openElsewhere(await linkTo(emailAddress));
    await signedIn(card);
  });

  it('takes a code as a text message, to the number that names the account', async () => {
    const phoneNumber = newTestNumber();
    await createPerson({ phone_number: [phoneNumber] }, wideApi);
    const card = await open();
    await press(card.element, 'Use phone');
    await until(() => card.field('identifier').type === 'tel');
    await isAccessible(card.element);
    await card.identify(phoneNumber);
    await choose(card, /^Send SMS code to/);
    await card.shows('Check your phone');
    await isAccessible(card.element);
    await typeCode(card);
    await signedIn(card);
  });

  it('has a new browser proved by a code or by a link', async () => {
    const emailAddress = newAddress();
    const person = { ...(await createPerson({ email_address: [emailAddress] }, wideApi)), emailAddress };
    const card = await withPassword(person);
    await card.shows('Check your email');
    await until(() => card.element.textContent.includes('You are signing in from a new device. We sent a code to'));
    await isAccessible(card.element);
    await choose(card, /^Email link to/);
    await until(() => card.element.textContent.includes('You are signing in from a new device. Open the verification link'));
    await isAccessible(card.element);
    await openElsewhere(await linkTo(emailAddress));
    await signedIn(card);
  });

  it('asks for the code of a text message where a number is kept for the second step', async () => {
    const person = await createPerson({}, wideApi);
    const body = { user_id: person.id, phone_number: newTestNumber(), verified: true, reserved_for_second_factor: true };
    await backend('/phone_numbers', { method: 'POST', body, api: wideApi });
    const card = await withPassword(person);
    await card.shows('Check your phone');
    await isAccessible(card.element);
    await typeCode(card);
    await signedIn(card);
  });

  it('takes a username', async () => {
    const person = await createPerson({ username: `reader_${crypto.randomUUID().slice(0, 8)}` }, wideApi);
    const { username } = await backend<{ username: string }>(`/users/${person.id}`, { api: wideApi });
    const card = await open();
    await card.identify(username);
    card.fill({ password: person.password });
    card.submit();
    await card.shows('Check your email');
    await typeCode(card);
    await signedIn(card);
  });

  it('says why passkeys do not work here, where the browser knows them, and offers none where it does not', async () => {
    const { emailAddress } = await createPerson({}, wideApi);
    const card = await open();
    if (isWebAuthnSupported()) {
      await press(card.element, 'Use passkey instead');
      // The page of a test has an IP address for its name.
      await until(() => card.alert?.startsWith('Passkeys work on pages with a domain name.'), 'the reason');
      await isAccessible(card.element);
    }
    type Factors = { supported_first_factors: object[] | null } | null;
    network.edits.push({
      path: /\/v1\/client\/sign_ins/,
      change: ({ response, client }: { response: Factors; client: { sign_in: Factors } }) => {
        for (const attempt of [response, client.sign_in]) attempt?.supported_first_factors?.push({ strategy: 'passkey' });
      },
    });
    card.fill({ identifier: emailAddress });
    card.submit();
    await card.shows(isWebAuthnSupported() ? 'Use your passkey' : 'Enter your password');
    await isAccessible(card.element);
  });

  for (const [action, words] of Object.entries({ lock: /locked/, ban: /banned/ })) {
    it(`says that an account is ${words.source}`, async () => {
      const person = await createPerson({}, wideApi);
      await backend(`/users/${person.id}/${action}`, { method: 'POST', api: wideApi });
      const card = await withPassword(person);
      await until(() => words.test(card.element.textContent), `"${words.source}"`);
      await isAccessible(card.element);
      expect(card.completed).to.deep.equal([]);
    });
  }
});
