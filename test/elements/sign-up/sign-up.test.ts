import { network } from '../../support/network.ts';
import { expect, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ClerkCore } from '../../../src/clerk/clerk.ts';
import type { ClerkSignUpCompleteEvent } from '../../../src/elements/sign-up/sign-up-events.ts';
import { backend, createPerson, mails, newEmailAddress, signIn, startClerk, testCode } from '../../support/browser.ts';
import { colorSchemes, withColorScheme } from '../../support/color-scheme.ts';
import { evenSchema } from '../../support/even-schema.ts';
import { Card, password, signUpCard } from './harness.ts';
import { until } from '../../support/until.ts';

interface EnvironmentBody {
  display_config: Record<string, unknown>;
  user_settings: {
    attributes: Record<string, Record<string, unknown>>;
    sign_up: Record<string, unknown>;
    password_settings: Record<string, unknown>;
  };
}

/** The instance's settings as another instance would have them. */
function withSettings(change: (settings: EnvironmentBody) => unknown): void {
  network.edits.push({ path: /\/v1\/environment$/, change });
}

const everyField = ({ user_settings: settings, display_config: display }: EnvironmentBody) => {
  settings.sign_up['legal_consent_enabled'] = true;
  for (const name of ['first_name', 'last_name', 'username']) settings.attributes[name]!['enabled'] = true;
  Object.assign(display, { terms_url: 'https://example.com/terms', privacy_policy_url: 'https://example.com/privacy' });
};

/** An instance without a password on the first form; the API still wants one. */
const passwordLater = ({ user_settings: { attributes } }: EnvironmentBody) => {
  attributes['password']!['required'] = false;
};

/** Says something else of the attempt than the API does. */
function withAttempt(change: Record<string, unknown>): void {
  network.edits.push({
    path: /\/v1\/client\/sign_ups/,
    change: (body: { response: object; client: { sign_up: object | null } }) => {
      Object.assign(body.response, change);
      if (body.client.sign_up) Object.assign(body.client.sign_up, change);
    },
  });
}

const paths = () => network.requests.map(({ method, path }) => `${method} ${path.replace(/sua_\w+/, ':id')}`);

describe('<clerk-sign-up>', () => {
  let clerk: ClerkCore;

  beforeEach(() => {
    network.reset();
  });

  afterEach(() => {
    network.reset();
  });

  /** A new visitor in front of the first form. */
  async function open(template?: Parameters<typeof signUpCard>[0]): Promise<Card> {
    clerk = await startClerk();
    network.requests = [];
    return signUpCard(template);
  }

  async function verifying(emailAddress = newEmailAddress()): Promise<Card> {
    const card = await open();
    card.fill({ emailAddress, password });
    card.submit();
    await card.shows('Verify your email');
    // The code is on its way.
    await until(() => !card.element.matches(':state(busy)'));
    return card;
  }

  async function continuing(): Promise<Card> {
    withSettings(passwordLater);
    const card = await open();
    card.fill({ emailAddress: newEmailAddress() });
    card.submit();
    await card.shows('Verify your email');
    card.fill({ code: testCode });
    await card.shows('Fill in missing fields');
    return card;
  }

  async function unsupported(): Promise<Card> {
    withAttempt({ status: 'needs_a_wink' });
    const card = await open();
    card.fill({ emailAddress: newEmailAddress(), password });
    card.submit();
    await card.shows('This step is not supported here');
    return card;
  }

  async function closed(mode: string): Promise<Card> {
    withSettings(({ user_settings: settings, display_config: display }) => {
      settings.sign_up['mode'] = mode;
      display['support_email'] = 'help+new@example.com';
    });
    const card = await open();
    await card.shows(mode === 'waitlist' ? 'Join the waitlist' : 'Access restricted');
    return card;
  }

  async function unreachable(): Promise<Card> {
    network.line = 'down';
    clerk = await startClerk({ load: false });
    const { fixture } = await import('@open-wc/testing');
    const element = await fixture(html`<clerk-sign-up></clerk-sign-up>`);
    await until(() => element.matches(':state(failed)'));
    return new Card(element as Card['element']);
  }

  async function alreadyThere(): Promise<Card> {
    clerk = await startClerk();
    await signIn(clerk, await createPerson());
    return signUpCard();
  }

  describe('accessibility', () => {
    const states: [string, () => Promise<Card>][] = [
      ['first form', () => open()],
      ['every field', () => (withSettings(everyField), open())],
      [
        'errors at the fields',
        async () => {
          withSettings(everyField);
          const card = await open();
          card.submit();
          await until(() => card.error('emailAddress'));
          return card;
        },
      ],
      [
        'alert',
        async () => {
          const card = await open();
          network.line = 'down';
          card.fill({ emailAddress: newEmailAddress(), password });
          card.submit();
          await until(() => card.alert);
          return card;
        },
      ],
      [
        'busy',
        async () => {
          const card = await open();
          network.hold();
          card.fill({ emailAddress: newEmailAddress(), password });
          card.submit();
          await until(() => card.element.matches(':state(busy)'));
          return card;
        },
      ],
      ['code', () => verifying()],
      [
        'wrong code',
        async () => {
          const card = await verifying();
          card.fill({ code: '111111' });
          await until(() => card.error('code'));
          return card;
        },
      ],
      ['missing fields', continuing],
      ['restricted', () => closed('restricted')],
      ['waiting list', () => closed('waitlist')],
      ['unsupported', unsupported],
      ['failed', unreachable],
      ['session already there', alreadyThere],
    ];
    for (const [name, arrive] of states) {
      it(`has no violation, light and dark: ${name}`, async () => {
        const { element } = await arrive();
        for (const scheme of colorSchemes) await withColorScheme(scheme, () => expect(element).to.be.accessible());
      });
    }

    it('has its heading at the level that the page gives it', async () => {
      const card = await open(html`<clerk-sign-up heading-level="3"></clerk-sign-up>`);
      expect(card.element.querySelector('.cl-headerTitle')?.localName).to.equal('h3');
    });

    it('ties each message to its field, in a region that was there before', async () => {
      const card = await open();
      const region = card.element.querySelector('.cl-formField__emailAddress [aria-live]');
      card.submit();
      await until(() => card.error('emailAddress') === 'Enter your email address.');
      expect(card.error('password')).to.equal('Enter your password.');
      expect(card.field('emailAddress').getAttribute('aria-invalid')).to.equal('true');
      expect(region?.textContent.trim()).to.equal('Enter your email address.');
    });
  });

  describe('the first form', () => {
    it('asks for what the instance wants, with the tokens that browsers know', async () => {
      withSettings(everyField);
      const card = await open();
      const tokens = card.fieldNames.map((name) => `${name} ${card.field(name).autocomplete} ${card.field(name).type}`);
      expect(tokens).to.deep.equal([
        'firstName given-name text',
        'lastName family-name text',
        'username username text',
        'emailAddress email email',
        'password new-password password',
        'legalAccepted  checkbox',
      ]);
      expect(card.field('emailAddress').id).to.equal('emailAddress-field');
      const optional = [...card.element.querySelectorAll('.cl-formFieldHintText')].map(({ className }) => /__(\w+)/.exec(className)?.[1]);
      expect(optional).to.deep.equal(['firstName', 'lastName', 'username']);
    });

    it('links what one agrees to, and opens it beside the card', async () => {
      withSettings((settings) => {
        everyField(settings);
        settings.display_config['privacy_policy_url'] = 'javascript:alert(1)';
      });
      const card = await open();
      const links = [...card.element.querySelectorAll<HTMLAnchorElement>('label a')];
      expect(links.map(({ href, target, rel }) => [href, target, rel])).to.deep.equal([
        ['https://example.com/terms', '_blank', 'noopener'],
      ]);
    });

    it('says which rules a password breaks while it is typed', async () => {
      withSettings(({ user_settings: { password_settings: rules } }) => Object.assign(rules, { require_numbers: true }));
      const card = await open();
      const hint = () => card.element.querySelector('#password-field-hint')?.textContent;
      const region = card.element.querySelector('#password-field-hint[aria-live=polite]');
      expect(hint()).to.equal('Your password needs at least 8 characters and a number.');
      card.field('password').focus();
      await sendKeys({ type: 'longenough' });
      await until(() => hint() === 'Your password needs a number.');
      await sendKeys({ type: '7' });
      await until(() => hint() === 'Your password meets all the requirements.');
      expect(region?.textContent).to.equal(hint());
    });

    it('keeps a password that breaks a rule from the API', async () => {
      const card = await open();
      card.fill({ emailAddress: newEmailAddress(), password: 'short' });
      card.submit();
      await until(() => card.error('password') === 'Your password needs at least 8 characters.');
      expect(document.activeElement).to.equal(card.field('password'));
      expect(network.requests).to.deep.equal([]);
    });

    it('sends nothing while a required field is empty, and goes to the first one', async () => {
      const card = await open();
      card.fill({ password });
      card.submit();
      await until(() => card.error('emailAddress'));
      expect(document.activeElement).to.equal(card.field('emailAddress'));
      expect(network.requests).to.deep.equal([]);
    });

    it('reads what was filled in without an event', async () => {
      const card = await open();
      card.field('emailAddress').value = newEmailAddress();
      card.field('password').value = password;
      card.submit();
      await card.shows('Verify your email');
    });

    it('is filled in by keyboard alone', async () => {
      const card = await open();
      card.field('emailAddress').focus();
      await sendKeys({ type: newEmailAddress() });
      await sendKeys({ press: 'Tab' });
      await sendKeys({ type: password });
      await sendKeys({ press: 'Enter' });
      await card.shows('Verify your email');
      expect(document.activeElement).to.equal(card.field('code'));
    });

    it('starts with the values of the page', async () => {
      clerk = await startClerk();
      const node = document.body.appendChild(document.createElement('div'));
      clerk.mountSignUp(node, { initialValues: { emailAddress: 'ann@example.com' } });
      const input = await until(() => node.querySelector<HTMLInputElement>('input[name=emailAddress]'));
      expect(input.value).to.equal('ann@example.com');
      clerk.unmountSignUp(node);
      node.remove();
    });

    it('says at the field that an address is taken, and keeps what was typed', async () => {
      const { emailAddress } = await createPerson();
      const card = await open();
      card.fill({ emailAddress, password });
      card.submit();
      await until(() => card.error('emailAddress')?.startsWith('This email address is taken.'));
      expect(card.field('emailAddress').value).to.equal(emailAddress);
      expect(card.field('password').value).to.equal(password);
      expect(document.activeElement).to.equal(card.field('emailAddress'));
      card.fill({ emailAddress: newEmailAddress() });
      await until(() => !card.error('emailAddress'));
    });

    it('keeps everything when the API cannot be reached, and works once it can', async () => {
      const card = await open();
      network.line = 'down';
      card.fill({ emailAddress: newEmailAddress(), password });
      card.submit();
      await until(() => /cannot be reached|offline/i.test(card.alert ?? ''));
      network.line = 'up';
      card.submit();
      await card.shows('Verify your email');
    });

    it('is sent once, however often one clicks', async () => {
      const card = await open();
      card.fill({ emailAddress: newEmailAddress(), password });
      card.submit();
      card.submit();
      await card.shows('Verify your email');
      await until(() => !card.element.matches(':state(busy)'));
      expect(paths()).to.deep.equal(['POST /v1/client/sign_ups', 'POST /v1/client/sign_ups/:id/prepare_verification']);
    });
  });

  describe('the code', () => {
    it('is sent by mail, and proves the address as soon as it is complete', async () => {
      const emailAddress = `ann-${crypto.randomUUID()}@example.com`;
      const card = await verifying(emailAddress);
      expect(card.element.querySelector('.cl-identityPreviewText')?.textContent).to.equal(emailAddress);
      let code: string | undefined;
      for (let tries = 0; tries < 50 && !code; tries++) {
        code = (await mails())
          .map(({ recipient, text }) => (recipient === emailAddress ? /^\d{6}$/m.exec(text)?.[0] : undefined))
          .find(Boolean);
      }
      const completed = oneEvent(card.element, 'clerk-sign-up-complete');
      card.field('code').focus();
      await sendKeys({ type: code! });
      const { sessionId } = (await completed) as unknown as ClerkSignUpCompleteEvent;
      await until(() => clerk.session?.id === sessionId);
      expect(clerk.user?.primaryEmailAddress?.emailAddress).to.equal(emailAddress);
    });

    it('that is wrong is told at the field, selected, and can be typed anew', async () => {
      const card = await verifying();
      card.field('code').focus();
      await sendKeys({ type: '111111' });
      await until(() => card.error('code') === 'This code is incorrect.');
      expect(document.activeElement).to.equal(card.field('code'));
      const completed = oneEvent(card.element, 'clerk-sign-up-complete');
      await sendKeys({ type: testCode });
      await completed;
    });

    it('that is incomplete is not sent', async () => {
      const card = await verifying();
      network.requests = [];
      card.fill({ code: '123' });
      card.submit();
      await until(() => card.error('code') === 'Enter the whole code.');
      expect(network.requests).to.deep.equal([]);
    });

    it('can be asked for again only after a while', async () => {
      const card = await verifying();
      const resend = card.element.querySelector<HTMLButtonElement>('.cl-formResendCodeLink')!;
      await until(() => /Resend \(\d+\)/.test(resend.textContent));
      expect(resend.disabled).to.equal(true);
    });

    it('goes on where sending it has failed', async () => {
      const card = await open();
      network.affects = ({ path }) => path.endsWith('/prepare_verification');
      network.line = 'down';
      card.fill({ emailAddress: newEmailAddress(), password });
      card.submit();
      await card.shows('Verify your email');
      await until(() => card.alert);
      network.line = 'up';
      card.element.querySelector<HTMLButtonElement>('.cl-formResendCodeLink')!.click();
      await until(() => card.element.textContent.includes('A new code is on its way.'));
      expect(card.alert).to.equal(undefined);
      const completed = oneEvent(card.element, 'clerk-sign-up-complete');
      card.fill({ code: testCode });
      await completed;
    });

    it('is still asked for after a reload', async () => {
      await verifying();
      clerk = await startClerk({ isSameVisitor: true });
      const card = await signUpCard();
      await card.shows('Verify your email');
      const completed = oneEvent(card.element, 'clerk-sign-up-complete');
      card.fill({ code: testCode });
      await completed;
    });

    it('leads back to the first form, which still knows what was typed', async () => {
      const emailAddress = newEmailAddress();
      const card = await verifying(emailAddress);
      card.button('Edit').click();
      await card.shows('Create your account');
      expect(card.field('emailAddress').value).to.equal(emailAddress);
      expect(card.field('password').value).to.equal('');
      expect(document.activeElement).to.equal(card.field('emailAddress'));
      card.fill({ emailAddress: newEmailAddress(), password });
      card.submit();
      await card.shows('Verify your email');
    });
  });

  describe('what is still missing', () => {
    it('is asked for after the address is proved, and completes the account', async () => {
      const card = await continuing();
      expect(card.fieldNames).to.deep.equal(['password']);
      expect(document.activeElement).to.equal(card.field('password'));
      const completed = oneEvent(card.element, 'clerk-sign-up-complete');
      card.fill({ password });
      card.submit();
      await completed;
      await until(() => clerk.user);
      expect(paths()).to.include('PATCH /v1/client/sign_ups/:id');
    });

    it('that this card cannot ask for is named, with a way to start again', async () => {
      withAttempt({ unverified_fields: [], missing_fields: ['oauth_google'] });
      const card = await open();
      card.fill({ emailAddress: newEmailAddress(), password });
      card.submit();
      await card.shows('This step is not supported here');
      expect(card.element.textContent).to.contain('Asked for: oauth_google');
      card.button('Start again').click();
      await card.shows('Create your account');
    });

    it('of a status of the future is no exception', async () => {
      const card = await unsupported();
      expect(card.element.textContent).to.contain('Asked for: needs_a_wink');
    });
  });

  describe('metadata', () => {
    const fields = html`<clerk-sign-up>
      <clerk-unsafe-field slot="fields" name="birthday" type="date" label="Birthday" required></clerk-unsafe-field>
      <clerk-unsafe-field slot="fields" name="address.city" label="City"></clerk-unsafe-field>
    </clerk-sign-up>`;
    const control = (card: Card, name: string) => card.element.querySelector<HTMLInputElement>(`clerk-unsafe-field[name="${name}"] input`)!;
    const storedBy = async () => {
      await until(() => clerk.user);
      return (await backend<{ unsafe_metadata: unknown }>(`/users/${clerk.user!.id}`)).unsafe_metadata;
    };

    it('of the page and of its fields reaches the new account', async () => {
      const card = await open(fields);
      card.element.unsafeMetadata = { plan: 'small', address: { country: 'NO' } };
      await until(() => control(card, 'birthday') && !control(card, 'birthday').disabled);
      control(card, 'birthday').value = '1969-11-30';
      control(card, 'address.city').value = 'Oslo';
      card.fill({ emailAddress: newEmailAddress(), password });
      card.submit();
      await card.shows('Verify your email');
      expect(control(card, 'birthday').checkVisibility()).to.equal(false);
      card.fill({ code: testCode });
      expect(await storedBy()).to.deep.equal({ plan: 'small', address: { country: 'NO', city: 'Oslo' }, birthday: '1969-11-30' });
      await until(() => control(card, 'address.city').value === 'Oslo');
    });

    it('is not sent while a field of the page is wrong; the field says so', async () => {
      const card = await open(fields);
      await until(() => control(card, 'birthday') && !control(card, 'birthday').disabled);
      card.fill({ emailAddress: newEmailAddress(), password });
      card.submit();
      await until(() => control(card, 'birthday').matches('clerk-unsafe-field:state(invalid) input'));
      expect(document.activeElement).to.equal(control(card, 'birthday'));
      expect(network.requests).to.deep.equal([]);
    });

    it('waits for the schemas of the fields, and is what they give', async () => {
      const card = await open(
        html`<clerk-sign-up><clerk-unsafe-field slot="fields" name="cups" .schema=${evenSchema}></clerk-unsafe-field></clerk-sign-up>`,
      );
      await until(() => control(card, 'cups') && !control(card, 'cups').disabled);
      card.fill({ emailAddress: newEmailAddress(), password });
      control(card, 'cups').value = '3';
      card.submit();
      await until(() => card.element.textContent.includes('This must be even.'));
      expect(network.requests).to.deep.equal([]);
      control(card, 'cups').value = '4';
      card.submit();
      await card.shows('Verify your email');
      card.fill({ code: testCode });
      expect(await storedBy()).to.deep.equal({ cups: { count: 4 } });
    });

    it('survives the form for what is missing', async () => {
      withSettings(passwordLater);
      const card = await open();
      card.element.unsafeMetadata = { birthday: '11-30-1969' };
      card.fill({ emailAddress: newEmailAddress() });
      card.submit();
      await card.shows('Verify your email');
      card.fill({ code: testCode });
      await card.shows('Fill in missing fields');
      card.fill({ password });
      card.submit();
      expect(await storedBy()).to.deep.equal({ birthday: '11-30-1969' });
    });

    it('stand below each other, between the fields and the button', async () => {
      const card = await open(fields);
      await until(() => control(card, 'address.city'));
      const tops = [card.field('password'), control(card, 'birthday'), control(card, 'address.city'), card.button('Continue')].map((each) =>
        each.getBoundingClientRect(),
      );
      for (const [index, box] of tops.slice(1).entries()) expect(box.top).to.be.greaterThan(tops[index]!.bottom);
    });
  });

  describe('closed', () => {
    it('restricted: says so, and whom to ask', async () => {
      const card = await closed('restricted');
      expect(card.element.textContent).to.contain('by invitation only');
      expect(card.element.querySelector('form')).to.equal(null);
      expect(card.button('Contact support').getAttribute('href')).to.equal('mailto:help%2Bnew@example.com');
      expect(card.button('Sign in')).not.to.equal(undefined);
    });

    it('waitlist: asks for an address', async () => {
      const card = await closed('waitlist');
      expect(card.button('Contact support').getAttribute('href')).to.equal('mailto:help%2Bnew@example.com');
      card.button('Join the waitlist').click();
      await until(() => card.error('emailAddress') === 'Enter your email address.');
      expect(network.requests).to.deep.equal([]);
      const emailAddress = newEmailAddress();
      card.fill({ emailAddress });
      card.button('Join the waitlist').click();
      // The API of this page knows of no waitlist; the answer of another one is `test/journeys/sign-up-ways.node.test.ts`.
      await until(() => card.alert?.includes('no waitlist'));
      expect(network.requests.map(({ path, form }) => [path, form['email_address']])).to.deep.equal([['/v1/waitlist', emailAddress]]);
    });
  });

  describe('loading', () => {
    it('shows that it loads, then fails with a way to try again', async () => {
      const card = await unreachable();
      expect(card.button('Try again')).not.to.equal(undefined);
      network.line = 'up';
      card.button('Try again').click();
      await card.shows('Create your account');
    });

    it('says so while the first answers are on their way', async () => {
      network.hold();
      clerk = await startClerk({ load: false });
      const { fixture } = await import('@open-wc/testing');
      const element = await fixture(html`<clerk-sign-up></clerk-sign-up>`);
      expect(element.matches(':state(loading)')).to.equal(true);
      expect(element.querySelector('form')).to.equal(null);
      network.reset();
      await until(() => element.matches(':state(ready)'));
    });
  });

  describe('somebody who is signed in', () => {
    it('is named, and no form is shown', async () => {
      const card = await alreadyThere();
      expect(card.title).to.equal('You are signed in');
      expect(card.element.textContent).to.contain(clerk.user!.primaryEmailAddress!.emailAddress);
      expect(card.element.querySelector('form')).to.equal(null);
    });
  });

  describe('events', () => {
    it('clerk-navigate asks for the sign-in card, with the props that go along', async () => {
      const card = await open(html`<clerk-sign-up fallback-redirect-url="/welcome"></clerk-sign-up>`);
      const asked = oneEvent(card.element, 'clerk-navigate');
      card.element.addEventListener('clerk-navigate', (event) => {
        event.preventDefault();
      });
      card.button('Sign in').click();
      const { to, props } = (await asked) as unknown as { to: string; props: Record<string, unknown> };
      expect(to).to.equal('signIn');
      expect(props['signUpFallbackRedirectUrl']).to.equal('/welcome');
    });

    it('the link leads to the sign-in page', async () => {
      const card = await open(html`<clerk-sign-up sign-in-url="/login"></clerk-sign-up>`);
      expect((card.button('Sign in') as HTMLAnchorElement).href).to.equal(new URL('/login', location.href).href);
    });
  });

  it('can be mounted and unmounted at any time', async () => {
    const card = await open();
    const { element } = card;
    const parent = element.parentElement!;
    network.hold();
    card.fill({ emailAddress: newEmailAddress(), password });
    card.submit();
    await until(() => element.matches(':state(busy)'));
    parent.append(element);
    expect(element.matches(':state(busy)')).to.equal(true);
    element.remove();
    network.reset();
    parent.append(element);
    await until(() => card.title);
    expect(element.querySelectorAll('[data-clerk-root]').length).to.equal(1);
  });
});
