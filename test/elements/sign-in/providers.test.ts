import { network } from '../../support/network.ts';
import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { en as refusals } from '../../../src/i18n/en/provider-errors.ts';
import { createPerson, startClerk, testApi } from '../../support/browser.ts';
import { colorSchemes, withColorScheme } from '../../support/color-scheme.ts';
import { until } from '../../support/until.ts';
import { signUpCard } from '../sign-up/harness.ts';
import { signInCard } from './harness.ts';
import type { Card } from './harness.ts';

interface Provider {
  strategy: string;
  name: string;
  logo_url?: string;
}

const provider = (id: string, name: string, more: Partial<Provider> = {}): Provider => ({ strategy: `oauth_${id}`, name, ...more });
const google = provider('google', 'Google');
const github = provider('github', 'GitHub');
const apple = provider('apple', 'Apple');
const eight = [
  google,
  github,
  apple,
  provider('microsoft', 'Microsoft'),
  provider('linkedin_oidc', 'LinkedIn'),
  provider('custom_acme', 'Acme', { logo_url: `${location.origin}/demo/favicon.svg` }),
  provider('custom_birch', 'Birch', { logo_url: `${testApi.url}/there-is-none.svg` }),
  provider('custom_cedar', 'Cedar'),
];

/** The instance as if it had these providers. */
function withProviders(providers: readonly Provider[]): void {
  network.edits.push({
    path: /\/v1\/environment$/,
    change: ({ user_settings: settings }: { user_settings: { social: object } }) => {
      const shared = { enabled: true, authenticatable: true, not_selectable: false, logo_url: null };
      settings.social = Object.fromEntries(providers.map((each) => [each.strategy, { ...shared, ...each }]));
    },
  });
}

/** The browser as if it had signed in with this one last. */
function lastUsed({ strategy }: Provider): void {
  network.edits.push({
    path: /\/v1\/client$/,
    change: (body: { response: { last_authentication_strategy: string } }) => (body.response.last_authentication_strategy = strategy),
  });
}

const buttons = ({ element }: Pick<Card, 'element'>) => [...element.querySelectorAll<HTMLButtonElement>('.cl-socialButtons button')];
const nameOf = (button: HTMLElement) => button.querySelector('.cl-socialButtonsBlockButtonText, .cl-visuallyHidden')!.textContent;
const iconOf = (button: HTMLElement) => button.querySelector<HTMLElement>('.cl-providerIcon')!;
const left = (element: Element) => element.getBoundingClientRect().left;

describe('providers in <clerk-sign-in>', () => {
  afterEach(() => {
    network.reset();
    history.replaceState(null, '', location.pathname);
    document.documentElement.dir = '';
  });

  /** With the icons in place. */
  async function open(providers: readonly Provider[]): Promise<Card> {
    withProviders(providers);
    await startClerk();
    const card = await signInCard();
    await until(() => card.element.querySelector('.cl-providerIcon svg'), 'the icons');
    return card;
  }

  for (const [count, providers] of [
    ['one', [google]],
    ['two', [google, github]],
    ['three', [google, github, apple]],
    ['eight', eight],
  ] as const) {
    it(`shows ${count}, in one row or in several, accessible in light and dark`, async () => {
      const card = await open(providers);
      expect(buttons(card).map(nameOf)).to.deep.equal(providers.map(({ name }) => `Continue with ${name}`));
      const isBlock = providers.length <= 2;
      for (const button of buttons(card)) {
        expect(button.matches('.cl-socialButtonsBlockButton')).to.equal(isBlock);
        expect(button.matches('.cl-socialButtonsIconButton')).to.equal(!isBlock);
      }
      const { width } = card.element.querySelector('.cl-socialButtons')!.getBoundingClientRect();
      for (const button of buttons(card)) expect(button.offsetWidth).to.be.closeTo(isBlock ? width : button.offsetWidth, 1);
      for (const scheme of colorSchemes) await withColorScheme(scheme, () => expect(card.element).to.be.accessible());
    });
  }

  it('has icons of its own, logos of the instance, and letters where there is neither', async () => {
    const card = await open(eight);
    await until(() => iconOf(buttons(card)[6]!).textContent === 'B', 'the letter in place of a logo that could not be had');
    const [first, , , , linkedIn, acme, , cedar] = buttons(card).map(iconOf);
    expect(first!.matches('.cl-providerIcon__google.cl-socialButtonsProviderIcon')).to.equal(true);
    expect(first!.querySelectorAll('svg path').length).to.equal(4);
    expect(linkedIn!.querySelector('svg')).not.to.equal(null);
    await until(() => acme!.querySelector('img')?.naturalWidth, 'the logo');
    expect(cedar!.textContent).to.equal('C');
    expect(cedar!.matches('.cl-socialButtonsProviderInitialIcon__custom_cedar')).to.equal(true);
    for (const icon of [first, linkedIn, acme]) expect(icon!.firstElementChild!.getBoundingClientRect().width).to.be.closeTo(18, 2);
  });

  it('takes nothing that every object has for an icon', async () => {
    const card = await open([google, provider('constructor', 'Constructor')]);
    expect(iconOf(buttons(card)[1]!).textContent).to.equal('C');
  });

  it('puts the one that was used last before the icons, with its name', async () => {
    lastUsed(apple);
    const card = await open(eight);
    const [first, second] = buttons(card);
    expect(first!.textContent.trim().replaceAll(/\s+/g, ' ')).to.equal('Continue with Apple Last used');
    expect(first!.matches('.cl-socialButtonsBlockButton')).to.equal(true);
    expect(nameOf(second!)).to.equal('Continue with Google');
    expect(card.element.querySelectorAll('.cl-lastAuthenticationStrategyBadge').length).to.equal(1);
    await expect(card.element).to.be.accessible();
  });

  it('turns around where one reads from the right', async () => {
    lastUsed(google);
    const card = await open([google, github]);
    const parts = () => {
      const [button] = buttons(card);
      return [iconOf(button!), ...button!.querySelectorAll('.cl-socialButtonsBlockButtonText, .cl-lastAuthenticationStrategyBadge')];
    };
    const order = () =>
      parts()
        .map(left)
        .map((at, index, all) => index > 0 && at > all[index - 1]!);
    expect(order()).to.deep.equal([false, true, true]);
    document.documentElement.dir = 'rtl';
    expect(order()).to.deep.equal([false, false, false]);
    await expect(card.element).to.be.accessible();
  });

  it('is reached by Tab one after the other, and says by Enter that it is on its way', async () => {
    const card = await open([google, github, apple]);
    const [first, second] = buttons(card);
    first!.focus();
    await sendKeys({ press: 'Tab' });
    expect(document.activeElement).to.equal(second);
    const release = network.hold();
    network.requests = [];
    await sendKeys({ press: 'Enter' });
    await until(() => iconOf(second!).querySelector('.cl-spinner'), 'the spinner');
    expect(iconOf(first!).querySelector('.cl-spinner')).to.equal(null);
    expect(card.element.matches(':state(busy)')).to.equal(true);
    // One at a time.
    first!.click();
    release();
    // This API has no such provider.
    await until(() => card.alert);
    expect(network.requests.map(({ path, form }) => [path, form.strategy])).to.deep.equal([['/v1/client/sign_ins', 'oauth_github']]);
    expect(iconOf(second!).querySelector('svg')).not.to.equal(null);
    await expect(card.element).to.be.accessible();
  });

  it('begins in a popup within the click, and closes it where that fails', async () => {
    withProviders([google]);
    await startClerk();
    const card = await signInCard(html`<clerk-sign-in oauth-flow="popup"></clerk-sign-in>`);
    const { open: openWindow } = window;
    const opened: unknown[] = [];
    const popup = { closed: false, location: { href: '' }, close: () => (popup.closed = true) };
    window.open = (...parameters) => {
      opened.push(...parameters);
      return popup as unknown as Window;
    };
    try {
      buttons(card)[0]!.click();
      await Promise.resolve();
      expect(opened[0]).to.equal('about:blank');
      await until(() => card.alert);
      expect([popup.closed, popup.location.href]).to.deep.equal([true, '']);
    } finally {
      window.open = openWindow;
    }
  });

  describe('back from one', () => {
    /** Comes back with an attempt that the API says this of. */
    async function comeBack(flow: 'signIn' | 'signUp', error: { code: string; message: string; long_message: string }) {
      withProviders([google]);
      const clerk = await startClerk();
      const { emailAddress } = await createPerson();
      const verification = {
        object: 'verification_oauth',
        status: 'failed',
        strategy: 'oauth_google',
        attempts: null,
        expire_at: 1,
        error,
      };
      if (flow === 'signIn') await clerk.client!.signIn.create({ identifier: emailAddress });
      else await clerk.client!.signUp.create({});
      network.edits.push({
        path: /\/v1\/client$/,
        change: ({ response }: { response: Record<string, Record<string, unknown> | null> }) => {
          if (response.sign_in) Object.assign(response.sign_in, { status: 'needs_identifier', first_factor_verification: verification });
          if (response.sign_up) Object.assign(response.sign_up.verifications!, { external_account: verification });
        },
      });
      history.replaceState(null, '', `#/sso-callback/${flow}`);
      await startClerk({ isSameVisitor: true });
      return flow === 'signIn' ? signInCard() : signUpCard();
    }

    for (const [code, text] of [...Object.entries(refusals), ['something_new', 'The provider has its own words.']] as const) {
      it(`says why nobody is signed in: ${code}`, async () => {
        const flow = code.startsWith('identification') ? 'signUp' : 'signIn';
        const card = await comeBack(flow, { code, message: 'Short', long_message: 'The provider has its own words.' });
        await until(() => card.alert);
        expect(card.alert).to.equal(text);
        expect(location.hash).to.equal('');
        await expect(card.element).to.be.accessible();
        // Told once.
        network.edits = network.edits.filter(({ path }) => !path.test('/v1/client'));
        const clerk = await startClerk({ isSameVisitor: true });
        expect(clerk.client!.signIn.firstFactorVerification.error).to.equal(null);
      });
    }

    it('shows that it goes on, accessible in light and dark', async () => {
      withProviders([google]);
      history.replaceState(null, '', '#/sso-callback/signIn');
      const clerk = await startClerk();
      const release = network.hold();
      // What the way back asks for stays away.
      const signIn = clerk.client!.signIn;
      Object.assign(signIn, { status: 'needs_identifier' });
      Object.assign(signIn.firstFactorVerification, { status: 'transferable' });
      const card = await signInCard();
      await card.shows('One moment…');
      for (const scheme of colorSchemes) await withColorScheme(scheme, () => expect(card.element).to.be.accessible());
      release();
      await until(() => card.alert);
    });
  });
});
