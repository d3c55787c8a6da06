import { network } from '../../support/network.ts';
import { expect } from '@open-wc/testing';
import type { ClerkCore } from '../../../src/clerk/clerk.ts';
import { createPerson, startClerk } from '../../support/browser.ts';
import { colorSchemes, withColorScheme } from '../../support/color-scheme.ts';
import { until } from '../../support/until.ts';
import { signInCard } from './harness.ts';
import type { Card } from './harness.ts';

/** Requests of the attempt. */
const attempts = () =>
  network.requests.filter(({ path }) => path.includes('/sign_ins')).map(({ path }) => path.replace(/.*sign_ins(\/sia_\w+)?\/?/, ''));

describe('<clerk-sign-in> at the second step', () => {
  let clerk: ClerkCore;

  afterEach(() => {
    network.reset();
  });

  /** Of somebody with an authenticator app and backup codes. */
  async function secondStep(): Promise<Card> {
    const owner = await createPerson({ totp_secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', backup_codes: ['violet-harbour-1'] });
    clerk = await startClerk();
    const card = await signInCard();
    network.requests = [];
    card.fill({ identifier: owner.emailAddress, password: owner.password });
    card.submit();
    await card.shows('Two-step verification');
    return card;
  }

  async function methods(): Promise<Card> {
    const card = await secondStep();
    card.button('Use another method').click();
    await card.shows('Use another method');
    return card;
  }

  async function backupCode(): Promise<Card> {
    const card = await methods();
    card.button('Use a backup code').click();
    await card.shows('Enter a backup code');
    return card;
  }

  for (const [name, arrive] of Object.entries({ 'the code of an app': secondStep, 'the methods': methods, 'a backup code': backupCode })) {
    it(`is accessible for ${name}, light and dark`, async () => {
      const { element } = await arrive();
      for (const scheme of colorSchemes) await withColorScheme(scheme, () => expect(element).to.be.accessible());
    });
  }

  it('asks for the code of an app without having anything sent, and says at the field that it is wrong', async () => {
    const card = await secondStep();
    await until(() => document.activeElement === card.field('code'));
    expect(card.element.textContent).not.to.contain('Resend');
    card.fill({ code: '123' });
    card.submit();
    await until(() => card.error('code') === 'Enter the whole code.');
    card.fill({ code: '000000' });
    await until(() => card.error('code') === 'This code is incorrect.');
    expect(attempts()).to.deep.equal(['', 'attempt_second_factor']);
  });

  it('takes a backup code however it is written, but not an empty one', async () => {
    const card = await backupCode();
    expect(card.field('code')).to.have.attribute('autocomplete', 'off');
    card.fill({ code: ' ' });
    card.submit();
    await until(() => card.error('code') === 'Enter the whole code.');
    card.fill({ code: 'violet-harbour-2' });
    card.submit();
    await until(() => card.error('code') === 'This code is incorrect.');
    card.fill({ code: 'Violet Harbour 1' });
    card.submit();
    await until(() => card.completed.length && clerk.session?.id === card.completed[0]);
    expect(attempts()).to.deep.equal(['', 'attempt_second_factor', 'attempt_second_factor']);
  });

  it('offers what the API lists, but for what is on the screen and what nobody knows here', async () => {
    network.edits.push({
      path: /\/v1\/client\/sign_ins/,
      change: ({ response, client }: { response: Factors; client: { sign_in: Factors } }) => {
        for (const { supported_second_factors: list } of [response, client.sign_in]) list.push({ strategy: 'palm_reading' });
      },
    });
    const card = await methods();
    const labels = [...card.element.querySelectorAll('.cl-alternativeMethodsBlockButton')].map(({ textContent }) => textContent.trim());
    expect(labels).to.deep.equal(['Use a backup code']);
    card.button('Back').click();
    await card.shows('Two-step verification');
  });
});

interface Factors {
  supported_second_factors: { strategy: string }[];
}
