import { network } from '../../support/network.ts';
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ClerkCore } from '../../../src/clerk/clerk.ts';
import { createPerson, signIn, startClerk, testCode } from '../../support/browser.ts';
import type { Person } from '../../support/browser.ts';
import { colorSchemes, withColorScheme } from '../../support/color-scheme.ts';
import { Card, signInCard } from './harness.ts';
import { until } from '../../support/until.ts';

const wrongPassword = 'not-the-password';

/** The instance's settings as another instance would have them. */
function withSettings(
  change: (settings: { display_config: Record<string, unknown>; user_settings: Record<string, never> }) => unknown,
): void {
  network.edits.push({ path: /\/v1\/environment$/, change });
}

/** Says something else of the attempt than the API does. */
function withAttempt(change: Record<string, unknown>): void {
  network.edits.push({
    path: /\/v1\/client\/sign_ins/,
    change: (body: { response: object; client: { sign_in: object | null } }) => {
      Object.assign(body.response, change);
      if (body.client.sign_in) Object.assign(body.client.sign_in, change);
    },
  });
}

/** Requests of the attempt. */
const attempts = () =>
  network.requests.filter(({ path }) => path.includes('/sign_ins')).map(({ path }) => path.replace(/.*sign_ins(\/sia_\w+)?\/?/, ''));

describe('<clerk-sign-in>', () => {
  let clerk: ClerkCore;
  let person: Person;

  before(async () => {
    person = await createPerson();
  });

  beforeEach(() => {
    network.reset();
  });

  afterEach(() => {
    network.reset();
  });

  async function open(template?: Parameters<typeof signInCard>[0]): Promise<Card> {
    clerk = await startClerk();
    network.requests = [];
    return signInCard(template);
  }

  /** To the very end: what is still to be stored would be found by the next visitor. */
  const signedIn = (card: Card) => until(() => card.completed.length && clerk.session?.id === card.completed[0]);

  async function identified(): Promise<Card> {
    const card = await open();
    await card.identify(person.emailAddress);
    return card;
  }

  async function codeSent(): Promise<Card> {
    const card = await identified();
    card.button('Use another method').click();
    await card.shows('Use another method');
    card.button(/^Email code to/).click();
    await card.shows('Check your email');
    return card;
  }

  async function newPassword(): Promise<Card> {
    const card = await identified();
    card.button('Forgot password?').click();
    await card.shows('Forgot password?');
    card.button('Reset your password').click();
    await card.shows('Check your email');
    card.fill({ code: testCode });
    await card.shows('Set new password');
    return card;
  }

  describe('accessibility', () => {
    const states: Record<string, () => Promise<Card>> = {
      'the first screen': () => open(),
      'an error at a field': async () => {
        const card = await open();
        card.submit();
        await until(() => card.error('identifier'));
        return card;
      },
      'the password': identified,
      'other methods': async () => {
        const card = await identified();
        card.button('Use another method').click();
        await card.shows('Use another method');
        return card;
      },
      'a code': codeSent,
      'a new password': newPassword,
      'an unknown step': async () => {
        const card = await open();
        withAttempt({ status: 'needs_a_wink' });
        card.fill({ identifier: person.emailAddress });
        card.submit();
        await until(() => card.title?.includes('not supported'));
        return card;
      },
    };
    for (const [name, arrive] of Object.entries(states)) {
      it(`holds for ${name}, light and dark`, async () => {
        const { element } = await arrive();
        for (const scheme of colorSchemes) await withColorScheme(scheme, () => expect(element).to.be.accessible());
      });
    }

    it('has its heading at the level that the page wants; nonsense is 1', async () => {
      const { element } = await open(html`<clerk-sign-in heading-level="3"></clerk-sign-in>`);
      expect(element.querySelector('h3')).to.have.class('cl-headerTitle');
      element.headingLevel = 'nonsense';
      await element.updateComplete;
      expect(element.querySelector('h1')).to.have.class('cl-headerTitle');
    });
  });

  describe('form', () => {
    it('is found by password managers', async () => {
      const { element } = await open();
      expect(element.querySelector('form input[type=password]')).to.have.attribute('autocomplete', 'current-password');
      expect(element.querySelector('#identifier-field')).to.have.attribute('autocomplete', 'username');
    });

    it('has the name beside the password on the second screen', async () => {
      const card = await identified();
      const name = card.field('identifier');
      expect(name.value).to.equal(person.emailAddress);
      expect(name.readOnly).to.equal(true);
      expect(name).to.have.attribute('autocomplete', 'username');
    });

    it('takes what was filled in without an event', async () => {
      const card = await open();
      card.field('identifier').value = person.emailAddress;
      card.field('password').value = person.password;
      card.submit();
      await signedIn(card);
      expect(attempts()).to.deep.equal(['']);
    });

    it('keeps the password out of sight, but in the form, where the instance prefers codes', async () => {
      withSettings(({ display_config: display }) => (display['preferred_sign_in_strategy'] = 'otp'));
      const card = await open();
      const password = card.field('password');
      expect(password.closest('.cl-hiddenPassword')?.getBoundingClientRect().width).to.equal(1);
      expect(password.tabIndex).to.equal(-1);
      card.field('identifier').value = person.emailAddress;
      password.value = person.password;
      card.submit();
      await signedIn(card);
    });

    it('gives a second card on the page ids of its own', async () => {
      const first = await open();
      const second = await signInCard();
      expect(first.field('identifier').id).to.equal('identifier-field');
      expect(second.field('identifier').id).to.equal('identifier-field-2');
      expect(second.field('identifier').labels).to.have.length(1);
    });

    it('starts with the values that the page gives', async () => {
      const card = await open(html`<clerk-sign-in .initialValues=${{ emailAddress: 'ann@example.com' }}></clerk-sign-in>`);
      expect(card.field('identifier').value).to.equal('ann@example.com');
    });
  });

  describe('keyboard and focus', () => {
    it('signs in by keyboard alone, and the focus follows', async () => {
      const card = await open();
      card.field('identifier').focus();
      await sendKeys({ type: person.emailAddress });
      await sendKeys({ press: 'Enter' });
      expect(document.activeElement).to.equal(card.field('password'));
      await sendKeys({ type: person.password });
      await sendKeys({ press: 'Enter' });
      await signedIn(card);
    });

    it('does not take the focus when the page loads', async () => {
      await open();
      expect(document.activeElement).to.equal(document.body);
    });

    it('goes to the first field of the next screen, or to its title', async () => {
      const card = await identified();
      expect(document.activeElement).to.equal(card.field('password'));
      card.button('Use another method').click();
      await card.shows('Use another method');
      expect(document.activeElement).to.equal(card.element.querySelector('.cl-headerTitle'));
    });

    it('goes to the first field with a message, and the message goes with the next edit', async () => {
      const card = await identified();
      card.fill({ password: wrongPassword });
      card.submit();
      await until(() => card.error('password'));
      expect(document.activeElement).to.equal(card.field('password'));
      expect(card.field('password').value).to.equal(wrongPassword);
      expect(card.field('password').validity.customError).to.equal(true);
      await sendKeys({ type: 'x' });
      await until(() => !card.error('password'));
      expect(card.field('password').checkValidity()).to.equal(true);
    });

    it('is not drawn anew for what is typed, of which it shows nothing', async () => {
      const card = await open();
      await card.element.updateComplete;
      card.fill({ identifier: 'jane', password: 'half a pass' });
      expect(card.element.isUpdatePending).to.equal(false);
    });
  });

  describe('steps', () => {
    it('shows a wrong password of the first screen on the next, beside the other ways in', async () => {
      const card = await open();
      card.fill({ identifier: person.emailAddress, password: wrongPassword });
      card.submit();
      await until(() => card.title === 'Enter your password' && card.error('password'));
      expect(card.field('password').value).to.equal(wrongPassword);
      card.button('Use another method');
    });

    it('keeps a password that was typed while the identifier was on its way', async () => {
      const card = await open();
      const release = network.hold();
      card.fill({ identifier: person.emailAddress });
      card.submit();
      card.fill({ password: person.password });
      release();
      await card.shows('Enter your password');
      expect(card.field('password').value).to.equal(person.password);
    });

    it('says which name is unknown, at its field', async () => {
      const card = await open();
      card.fill({ identifier: 'nobody+clerk_test@example.com' });
      card.submit();
      await until(() => card.error('identifier'));
      expect(card.field('identifier').value).to.equal('nobody+clerk_test@example.com');
    });

    it('sends a code once, and again only when asked', async () => {
      const card = await codeSent();
      const prepared = () => attempts().filter((path) => path === 'prepare_first_factor').length;
      expect(prepared()).to.equal(1);
      expect(card.button(/Resend/)).to.have.attribute('disabled');
      card.button('Use another method').click();
      await card.shows('Use another method');
      card.button('Back').click();
      await card.shows('Check your email');
      expect(prepared()).to.equal(1);
      card.fill({ code: '111111' });
      await until(() => card.error('code'));
      card.fill({ code: testCode });
      await signedIn(card);
    });

    it('signs in even where the page takes the card away as soon as it is told', async () => {
      const card = await open();
      card.element.addEventListener('clerk-sign-in-complete', () => card.element.remove());
      card.fill({ identifier: person.emailAddress, password: person.password });
      card.submit();
      await signedIn(card);
    });

    it('recovers a forgotten password; other devices are signed out unless one objects', async () => {
      const card = await newPassword();
      expect(card.field('signOutOfOtherSessions').checked).to.equal(true);
      const press = () => card.button('Reset password').click();
      card.fill({ password: 'short' });
      press();
      expect(await until(() => card.error('password'))).to.match(/8 characters/);
      card.fill({ password: 'second-lantern-orchard', confirmPassword: 'another' });
      press();
      expect(await until(() => card.error('confirmPassword'))).to.match(/differ/);
      expect(attempts().includes('reset_password')).to.equal(false);
      const chosen = `orchard-${crypto.randomUUID()}`;
      card.fill({ password: chosen, confirmPassword: chosen });
      press();
      await signedIn(card);
      expect(network.requests.find(({ path }) => path.endsWith('reset_password'))?.form['sign_out_of_other_sessions']).to.equal('true');
      person = { ...person, password: chosen };
    });

    it('goes back to the first screen with what was typed', async () => {
      const card = await identified();
      card.button('Edit').click();
      await until(() => !card.field('identifier').readOnly);
      expect(card.field('identifier').value).to.equal(person.emailAddress);
    });

    it('skips strategies that it does not know, and says so where none is left', async () => {
      const card = await open();
      withAttempt({ supported_first_factors: [{ strategy: 'palm_reading' }] });
      card.fill({ identifier: person.emailAddress });
      card.submit();
      await until(() => card.element.textContent.includes('palm_reading'));
      network.reset();
      card.button('Start again').click();
      await card.shows('Sign in to clerk-lit demo');
    });

    it('shows who is there already, and signs out', async () => {
      clerk = await startClerk();
      await signIn(clerk, person);
      const card = await signInCard();
      expect(card.title).to.equal('You are signed in');
      expect(card.element.textContent).to.contain(person.emailAddress);
      await expect(card.element).to.be.accessible();
    });
  });

  describe('failures', () => {
    it('says that the network is down, keeps what was typed, and goes on', async () => {
      const card = await open();
      network.line = 'down';
      card.fill({ identifier: person.emailAddress, password: person.password });
      card.submit();
      expect(await until(() => card.alert)).to.match(/cannot be reached/);
      await expect(card.element).to.be.accessible();
      expect(card.field('password').value).to.equal(person.password);
      network.line = 'up';
      card.submit();
      await signedIn(card);
    });

    it('leads to the other card with where that one is to lead', async () => {
      const card = await open(html`<clerk-sign-in sign-up-force-redirect-url="/welcome"></clerk-sign-in>`);
      const { hash } = new URL((card.button('Sign up') as HTMLAnchorElement).href);
      expect(new URLSearchParams(hash.split('?')[1]).get('redirect_url')).to.equal(`${location.origin}/welcome`);
    });

    it('has links that say so while the card is busy and takes no click', async () => {
      const card = await identified();
      const link = card.button('Use another method');
      const release = network.hold();
      card.fill({ password: wrongPassword });
      card.submit();
      await until(() => link.ariaDisabled === 'true');
      release();
      await until(() => link.ariaDisabled === null);
      link.click();
      await card.shows('Use another method');
    });

    it('has people wait where there were too many requests, as long as the API says, and says so once', async () => {
      const card = await identified();
      const change = (body: { errors: object[] }) => (body.errors = [{ code: 'too_many_requests' }]);
      network.edits = [{ path: /attempt_first_factor$/, refused: true, status: 429, headers: { 'retry-after': '2' }, change }];
      card.fill({ password: wrongPassword });
      card.submit();
      expect(await until(() => card.alert)).to.match(
        /^Too many requests\. Please wait a moment, then try again\.\s+You can try again in [12] s\.$/,
      );
      const button = card.button('Continue');
      expect(button.ariaDisabled).to.equal('true');
      for (const scheme of colorSchemes) await withColorScheme(scheme, () => expect(card.element).to.be.accessible());
      network.edits = [];
      await until(() => button.ariaDisabled === null);
      card.fill({ password: person.password });
      card.submit();
      await signedIn(card);
    });

    it('shows a failed start with a way to try again', async () => {
      clerk = await startClerk({ load: false });
      network.line = 'down';
      const card = new Card(await fixture(html`<clerk-sign-in></clerk-sign-in>`));
      expect(card.element.matches(':state(loading)')).to.equal(true);
      expect(await until(() => card.alert)).to.match(/cannot be reached/);
      expect(card.element.matches(':state(failed)')).to.equal(true);
      await expect(card.element).to.be.accessible();
      network.line = 'up';
      card.button('Try again').click();
      await card.shows('Sign in to clerk-lit demo');
    });
  });

  describe('page', () => {
    const style = (text: string) => {
      const element = document.createElement('style');
      element.textContent = text;
      document.head.append(element);
      return element;
    };

    it('is not reached by bare element rules, but by any rule with a class', async () => {
      const card = await open();
      const button = card.element.querySelector('.cl-formButtonPrimary')!;
      const before = getComputedStyle(button).backgroundColor;
      const bare = style('button { background: red; border-radius: 40px } form button { background: red } input { padding: 40px }');
      expect(getComputedStyle(button).backgroundColor).to.equal(before);
      expect(getComputedStyle(card.field('identifier')).paddingTop).not.to.equal('40px');
      const withClass = style('.cl-formButtonPrimary { background: rgb(0, 128, 0) }');
      expect(getComputedStyle(button).backgroundColor).to.equal('rgb(0, 128, 0)');
      bare.remove();
      withClass.remove();
    });

    it('has its own children where it wants them, and the others are hidden', async () => {
      const card = await open(html`
        <clerk-sign-in>
          <p slot="footer">footer</p>
          <p slot="header">header</p>
          <p slot="fields">fields</p>
          <p class="other">other</p>
        </clerk-sign-in>
      `);
      const top = (selector: string) => card.element.querySelector(selector)!.getBoundingClientRect().top;
      const order = ['[slot=header]', '.cl-header', '#identifier-field', '[slot=fields]', '.cl-formButtonPrimary', '[slot=footer]'];
      const tops = order.map(top);
      expect(tops).to.deep.equal([...tops].sort((one, other) => one - other));
      expect(new Set(tops).size).to.equal(order.length);
      expect(getComputedStyle(card.element.querySelector('.other')!).display).to.equal('none');
    });

    it('gets the way to sign up as a link, and may take it over', async () => {
      const card = await open(html`<clerk-sign-in sign-up-url="/join"></clerk-sign-in>`);
      const link = card.button('Sign up') as HTMLAnchorElement;
      expect(link.href).to.equal(new URL('/join', location.href).href);
      let wanted = '';
      card.element.addEventListener('clerk-navigate', (event) => {
        wanted = event.to;
        event.preventDefault();
      });
      link.click();
      expect(wanted).to.equal('signUp');
    });

    it('cannot make the link run script', async () => {
      const card = await open(html`<clerk-sign-in sign-up-url="javascript:alert(1)"></clerk-sign-in>`);
      expect((card.button('Sign up') as HTMLAnchorElement).protocol).to.match(/^https?:$/);
    });
  });
});
