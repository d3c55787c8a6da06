/** The cards for those who come by a link from a mail or with a ticket. */
import { network } from '../support/network.ts';
import { expect, oneEvent } from '@open-wc/testing';
import { backend, createPerson, newEmailAddress, startClerk, wideApi } from '../support/browser.ts';
import { isAccessible, press } from '../support/press.ts';
import { until } from '../support/until.ts';
import { signInCard } from './sign-in/harness.ts';
import { password, signUpCard } from './sign-up/harness.ts';

describe('a card that one comes to', () => {
  const home = location.href;

  beforeEach(async () => {
    network.reset();
    await startClerk({ publishableKey: wideApi.publishableKey });
  });

  afterEach(() => {
    network.reset();
    history.replaceState(null, '', home);
  });

  /** What stands in the address when the card is drawn. */
  function arriveWith(parameters: Record<string, string>, hash = ''): void {
    const url = new URL(home);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    url.hash = hash;
    history.replaceState(null, '', url);
  }

  const refusals = {
    expired: 'This verification link has expired',
    client_mismatch: 'Open this link where you began',
    failed: 'This verification link does not work',
  };
  for (const [status, title] of Object.entries(refusals)) {
    it(`by a link, says "${title}", and begins anew by keyboard`, async () => {
      arriveWith({ __clerk_status: status }, '#/verify');
      const card = await signInCard();
      await card.shows(title);
      await isAccessible(card.element);
      await press(card.element, 'Start again');
      await until(() => card.title?.startsWith('Sign in to'));
      expect(location.href).to.equal(home);
    });
  }

  it('by a link that began elsewhere, says where to go on', async () => {
    arriveWith({ __clerk_status: 'verified', __clerk_created_session: 'sess_elsewhere' }, '#/verify');
    const card = await signUpCard();
    await card.shows('Your email address is verified');
    await isAccessible(card.element);
    expect(card.element.querySelector('button')).to.equal(null);
  });

  it('with a sign-in token signs in, once the network lets it', async () => {
    const { id } = await createPerson({}, wideApi);
    const { token } = await backend<{ token: string }>('/sign_in_tokens', { method: 'POST', body: { user_id: id }, api: wideApi });
    arriveWith({ __clerk_ticket: token });
    network.line = 'down';
    network.affects = ({ path }) => path.includes('/sign_ins');
    const card = await signInCard();
    await card.shows('This cannot be shown right now');
    await isAccessible(card.element);
    network.line = 'up';
    await press(card.element, 'Try again');
    await until(() => card.completed.length, 'a session');
    expect(location.href).to.equal(home);
  });

  it('with a ticket that is none says so, and lets one begin without it', async () => {
    arriveWith({ __clerk_ticket: 'nonsense' });
    const card = await signInCard();
    await card.shows('This link cannot be used');
    await isAccessible(card.element);
    await press(card.element, 'Continue');
    await until(() => card.title?.startsWith('Sign in to'));
    expect(location.href).to.equal(home);
  });

  it('with an invitation asks for what is missing, and makes the account', async () => {
    const body = { email_address: newEmailAddress(), notify: false };
    const { url } = await backend<{ url: string }>('/invitations', { method: 'POST', body, api: wideApi });
    arriveWith({ __clerk_ticket: new URL(url).searchParams.get('__clerk_ticket') ?? new URL(url).searchParams.get('ticket')! });
    const card = await signUpCard();
    await card.shows('Fill in missing fields');
    await isAccessible(card.element);
    const completed = oneEvent(card.element, 'clerk-sign-up-complete');
    card.fill({ password });
    await press(card.element, 'Continue');
    await completed;
  });
});
