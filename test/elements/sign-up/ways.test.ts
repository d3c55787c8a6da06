/** Proofs that the usual instance of these tests does not ask for: a link by mail, a text message. */
import { network } from '../../support/network.ts';
import { oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { startClerk, testCode, wideApi } from '../../support/browser.ts';
import { linkTo, openElsewhere } from '../../support/email-links.ts';
import { newTestNumber } from '../../support/phone-numbers.ts';
import { isAccessible, press } from '../../support/press.ts';
import { until } from '../../support/until.ts';
import { password, signUpCard } from './harness.ts';
import type { Card } from './harness.ts';

describe('<clerk-sign-up> where every way is open', () => {
  afterEach(() => {
    network.reset();
  });

  async function open(): Promise<Card> {
    await startClerk({ publishableKey: wideApi.publishableKey });
    return signUpCard();
  }

  it('has an address proved by a link, or by a code instead, by keyboard alone', async () => {
    const emailAddress = `reader-${crypto.randomUUID()}@example.com`;
    const card = await open();
    await isAccessible(card.element);
    const completed = oneEvent(card.element, 'clerk-sign-up-complete');
    card.fill({ emailAddress, password });
    card.submit();
    await card.shows('Verify your email');
    await until(() => card.element.textContent.includes('Open the verification link'));
    await isAccessible(card.element);
    await press(card.element, 'Email me a code instead');
    await until(() => card.fieldNames.includes('code'));
    await isAccessible(card.element);
    await press(card.element, 'Email me a link instead');
    await until(() => card.element.textContent.includes('Open the verification link'));
    await openElsewhere(await linkTo(emailAddress));
    await completed;
  });

  it('has a phone number proved by the code of a text message', async () => {
    const card = await open();
    await press(card.element, 'Use phone');
    await until(() => card.fieldNames.includes('phoneNumber'));
    await isAccessible(card.element);
    const completed = oneEvent(card.element, 'clerk-sign-up-complete');
    card.fill({ phoneNumber: newTestNumber(), password });
    card.submit();
    await card.shows('Verify your phone');
    await isAccessible(card.element);
    await until(
      () => card.element.textContent.includes('Resend (') && document.activeElement === card.field('code'),
      'a code that was sent',
    );
    await sendKeys({ type: testCode });
    await completed;
  });
});
