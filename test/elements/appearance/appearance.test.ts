/** The `appearance` option: of the page, of a component, of one card. */
import { network } from '../../support/network.ts';
import { expect, fixture, html } from '@open-wc/testing';
import type { Appearance, AppearanceTheme } from '../../../src/clerk/appearance-types.ts';
import type { ClerkCore } from '../../../src/clerk/clerk.ts';
import type { ClerkSignInElement } from '../../../src/elements/sign-in/sign-in.ts';
import { startClerk } from '../../support/browser.ts';
import { colorSchemes, withColorScheme } from '../../support/color-scheme.ts';
import { until } from '../../support/until.ts';
import { signInCard } from '../sign-in/harness.ts';

const primary = 'rgb(0, 90, 60)';

/** What is said as a warning while `action` runs. */
async function warnings(action: () => unknown): Promise<string[]> {
  const real = console.warn;
  const found: string[] = [];
  console.warn = (text: string) => void found.push(text);
  try {
    await action();
    return found.filter((text) => text.includes('appearance'));
  } finally {
    console.warn = real;
  }
}

/** Providers as another instance would have them. */
function withProviders(...names: string[]): void {
  const social = Object.fromEntries(
    names.map((name) => {
      const strategy = `oauth_${name.toLowerCase()}`;
      return [strategy, { enabled: true, authenticatable: true, strategy, name, logo_url: '' }];
    }),
  );
  network.edits.push({
    path: /\/v1\/environment$/,
    change: (settings: { user_settings: { social: object } }) => Object.assign(settings.user_settings, { social }),
  });
}

describe('appearance', () => {
  let clerk: ClerkCore;

  beforeEach(() => network.reset());
  afterEach(() => network.reset());

  async function open(ofPage?: Appearance | string, own?: AppearanceTheme | string): Promise<ClerkSignInElement> {
    clerk = await startClerk({ load: ofPage === undefined ? {} : { appearance: ofPage } });
    const { element } = await signInCard(html`<clerk-sign-in .appearance=${own}></clerk-sign-in>`);
    await until(() => element.querySelector('input[name=identifier]'));
    return element;
  }

  const part = (element: Element, name: string) => {
    const found = element.querySelector<HTMLElement>(`.cl-${name}`);
    if (!found) throw new Error(`There is no ${name}: ${element.innerHTML}`);
    return found;
  };
  const style = (element: Element, name: string) => getComputedStyle(part(element, name));
  const button = (element: Element) => style(element, 'formButtonPrimary');

  it('takes variables by Clerk’s names, former ones and scales too', async () => {
    const element = await open({
      variables: {
        colorPrimary: { '500': primary },
        colorText: 'rgb(20, 20, 20)',
        borderRadius: '3px',
        fontSize: { md: '20px' },
        fontWeight: { normal: 300 },
        spacingUnit: '10px',
      },
    });
    expect(button(element).backgroundColor).to.equal(primary);
    expect(style(element, 'formFieldLabel').color).to.equal('rgb(20, 20, 20)');
    expect(style(element, 'formFieldInput').borderRadius).to.equal('3px');
    expect(style(element, 'rootBox').fontSize).to.equal('20px');
    expect(style(element, 'rootBox').fontWeight).to.equal('300');
    expect(style(element, 'header').rowGap).to.equal('3.75px');
    expect(element).not.to.have.attribute('style');
  });

  it('lets the nearer look win: the page’s, that of the component, that of the card; a theme lies below its look', async () => {
    const look = (color: string): AppearanceTheme => ({ variables: { colorPrimary: color } });
    const element = await open({
      theme: { variables: { colorPrimary: 'rgb(1, 1, 1)', colorMuted: 'rgb(9, 9, 9)' } },
      ...look('rgb(2, 2, 2)'),
      signIn: look('rgb(3, 3, 3)'),
      signUp: look('rgb(4, 4, 4)'),
    });
    expect(button(element).backgroundColor).to.equal('rgb(3, 3, 3)');
    expect(style(element, 'footer').backgroundColor).to.equal('rgb(9, 9, 9)');
    element.appearance = look('rgb(5, 5, 5)');
    await element.updateComplete;
    expect(button(element).backgroundColor).to.equal('rgb(5, 5, 5)');
    const other = await fixture(html`<div><clerk-sign-up></clerk-sign-up></div>`);
    await until(() => other.querySelector('.cl-formButtonPrimary'));
    expect(button(other).backgroundColor).to.equal('rgb(4, 4, 4)');
  });

  it('is JSON as an attribute, of a card and of the script tag', async () => {
    clerk = await startClerk({ clerk: { appearance: '{"variables":{"colorPrimary":"rgb(6, 6, 6)","borderRadius":"1px"}}' } });
    const { element } = await signInCard(html`<clerk-sign-in appearance='{"variables":{"colorPrimary":"rgb(7, 7, 7)"}}'></clerk-sign-in>`);
    expect(button(element).backgroundColor).to.equal('rgb(7, 7, 7)');
    expect(style(element, 'formFieldInput').borderRadius).to.equal('1px');
  });

  it('is there when a card is drawn for the first time', async () => {
    clerk = await startClerk({ load: { appearance: { variables: { colorBackground: 'rgb(1, 2, 3)' }, options: { elevation: 'flush' } } } });
    const seen: string[] = [];
    const observer = new MutationObserver(() => {
      const box = document.querySelector('.cl-cardBox');
      if (box) seen.push(getComputedStyle(box).borderStyle + getComputedStyle(box).getPropertyValue('--cl-color-background'));
    });
    observer.observe(document, { childList: true, subtree: true });
    await signInCard();
    observer.disconnect();
    expect(seen.length).to.be.greaterThan(0);
    expect(new Set(seen)).to.deep.equal(new Set(['nonergb(1, 2, 3)']));
  });

  describe('elements', () => {
    it('are styles by name, id and state, with nested selectors and media', async () => {
      const element = await open({
        elements: {
          formFieldInput__identifier: { borderRadius: 1 },
          formFieldInput: { borderRadius: 9, lineHeight: 2, padding: 0, '--mark': 'x', '&:focus': { letterSpacing: 3 } },
          formButtonPrimary: {
            backgroundColor: 'rgb(1, 2, 3) !important',
            display: ['flex', 'no-such-display'],
            '@media (width > 1px)': { textTransform: 'uppercase' },
            ':hover': { opacity: 0.5 },
            '& > span': { fontWeight: 800 },
          },
          footer: { display: 'none' },
        },
      });
      const input = style(element, 'formFieldInput__identifier');
      expect([input.borderRadius, input.lineHeight, input.paddingTop, input.getPropertyValue('--mark')]).to.deep.equal([
        '1px',
        '30px',
        '0px',
        'x',
      ]);
      part(element, 'formFieldInput__identifier').focus();
      expect(input.letterSpacing).to.equal('3px');
      const { backgroundColor, display, textTransform, opacity } = button(element);
      expect([backgroundColor, display, textTransform, opacity]).to.deep.equal(['rgb(1, 2, 3)', 'flex', 'uppercase', '1']);
      expect(getComputedStyle(element.querySelector('.cl-formButtonPrimary > span')!).fontWeight).to.equal('800');
      expect(style(element, 'footer').display).to.equal('none');
    });

    it('are class names that stay over what is drawn anew, and come and go with a state', async () => {
      const element = await open(
        { elements: { formField: 'first second', formField__error: 'wrong', cardBox: 'of-page' } },
        { elements: { cardBox: 'own' } },
      );
      expect(part(element, 'formField')).to.have.class('first').and.to.have.class('second').and.not.to.have.class('wrong');
      expect(part(element, 'cardBox')).to.have.class('of-page').and.to.have.class('own');
      part(element, 'formButtonPrimary').click();
      await until(() => element.querySelector('.cl-formField.cl-error.wrong.first'));
      const input = element.querySelector<HTMLInputElement>('input[name=identifier]')!;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await until(() => !element.querySelector('.wrong'));
      expect(part(element, 'formField')).to.have.class('first');
      element.appearance = undefined;
      await element.updateComplete;
      expect(part(element, 'cardBox')).to.have.class('of-page').and.not.to.have.class('own');
    });

    it('reach no other card and nothing of the page’s', async () => {
      const element = await open(undefined, { elements: { cardBox: { opacity: 0.5 } } });
      const page = await fixture(
        html`<div>
          <div class="cl-cardBox"></div>
          <clerk-sign-in></clerk-sign-in>
        </div>`,
      );
      await until(() => page.querySelector('clerk-sign-in .cl-cardBox'));
      expect(style(element, 'cardBox').opacity).to.equal('0.5');
      expect([...page.querySelectorAll('.cl-cardBox')].map((box) => getComputedStyle(box).opacity)).to.deep.equal(['1', '1']);
    });

    it('cannot end their rule: neither a value nor a selector', async () => {
      const said = await warnings(async () => {
        const element = await open({
          variables: { colorPrimary: `${primary}} body{opacity:.5` },
          elements: {
            card: { color: 'red;} body{opacity:.5} x{', '} body': { opacity: 0.5 }, '& ~ x{}body': { opacity: 0.5 } },
            'card} body{opacity:.5': { color: 'red' },
          },
        });
        expect(getComputedStyle(document.body).opacity).to.equal('1');
        expect(style(element, 'card').color).not.to.equal('rgb(255, 0, 0)');
      });
      expect(said.filter((text) => text.includes('selector'))).to.have.length(3);
    });
  });

  it('names what has no effect, once, and goes on', async () => {
    const look = {
      theme: 'neon',
      variables: { colour: 'red', colorPrimary: primary },
      elements: { formButonPrimary: 'x', formButtonPrimary__loading: 'y' },
      options: { logoPlace: 'none' },
      color: 'red',
    } as object as Appearance;
    const said = await warnings(async () => {
      const element = await open(look, '{"variables":');
      expect(button(element).backgroundColor).to.equal(primary);
      await open(look);
    });
    const about = (what: string, found: string) => `clerk-lit: appearance: there is no ${what} "${found}".`;
    expect(said).to.have.members([
      about('text that is JSON', '{"variables":'),
      about('theme', 'neon'),
      about('variable', 'colour'),
      about('element', 'formButonPrimary'),
      about('option', 'logoPlace'),
      about('part', 'color'),
    ]);
  });

  describe('light and dark', () => {
    const foreground = (element: Element) => style(element, 'headerTitle').color;

    it('are chosen by name, whatever the page says; "auto" follows the person', async () => {
      await withColorScheme('light', async () => {
        const element = await open();
        const light = foreground(element);
        element.appearance = { theme: 'dark' };
        await element.updateComplete;
        expect(foreground(element)).not.to.equal(light);
        await expect(element).to.be.accessible();
        element.appearance = { baseTheme: ['dark', 'light'] };
        await element.updateComplete;
        expect(foreground(element)).to.equal(light);
        element.appearance = { theme: 'auto' };
        await element.updateComplete;
        expect(getComputedStyle(element).colorScheme).to.equal('light dark');
      });
    });

    it('follow a background of the page’s own, so that no half of a card is of the other kind', async () => {
      for (const scheme of colorSchemes) {
        await withColorScheme(scheme, async () => {
          const element = await open(undefined, { variables: { colorBackground: '#1b2430' } });
          expect(getComputedStyle(element).colorScheme).to.equal('dark');
          await expect(element).to.be.accessible();
          element.appearance = { variables: { colorBackground: 'oklch(97% 0.02 90)', colorPrimary: '#0f5132' } };
          await element.updateComplete;
          expect(getComputedStyle(element).colorScheme).to.equal('light');
          await expect(element).to.be.accessible();
        });
      }
    });

    it('leave a background that changes by itself to the page', async () => {
      await withColorScheme('dark', async () => {
        const element = await open(undefined, { variables: { colorBackground: 'light-dark(#fff, #111)' } });
        expect(getComputedStyle(element).colorScheme).to.equal('dark');
        expect(style(element, 'cardBox').backgroundColor).to.equal('rgb(17, 17, 17)');
      });
    });

    it('give a light primary colour dark text, unless the page says which', async () => {
      const element = await open(undefined, { variables: { colorPrimary: 'gold' } });
      expect(button(element).color).to.equal('rgb(11, 11, 15)');
      element.appearance = { variables: { colorPrimary: 'gold', colorPrimaryForeground: 'rgb(1, 2, 3)' } };
      await element.updateComplete;
      expect(button(element).color).to.equal('rgb(1, 2, 3)');
      element.appearance = { variables: { colorPrimary: 'darkgreen' } };
      await element.updateComplete;
      expect(button(element).color).to.equal('rgb(255, 255, 255)');
    });
  });

  describe('options', () => {
    const order = (element: Element, ...names: string[]) =>
      [...element.querySelectorAll(names.map((name) => `.cl-${name}`).join())].map((found) =>
        names.find((name) => found.classList.contains(`cl-${name}`)),
      );

    it('put the providers below the form, in the order of the keyboard too', async () => {
      withProviders('Google', 'GitHub');
      const names = ['socialButtonsRoot', 'dividerRow', 'formButtonPrimary', 'formField__identifier'];
      const above = await open();
      expect(order(above, ...names)).to.deep.equal(['socialButtonsRoot', 'dividerRow', 'formField__identifier', 'formButtonPrimary']);
      above.appearance = { options: { socialButtonsPlacement: 'bottom' } };
      await above.updateComplete;
      expect(order(above, ...names)).to.deep.equal(['formField__identifier', 'formButtonPrimary', 'dividerRow', 'socialButtonsRoot']);
      expect(part(above, 'dividerRow').clientWidth).to.equal(part(above, 'socialButtonsRoot').clientWidth);
      await expect(above).to.be.accessible();
    });

    it('draw them as icons or as blocks', async () => {
      withProviders('Google', 'GitHub', 'Apple');
      const element = await open({ layout: { socialButtonsVariant: 'blockButton' } });
      expect(element.querySelectorAll('.cl-socialButtonsBlockButton')).to.have.length(3);
      element.appearance = { options: { socialButtonsVariant: 'iconButton' } };
      await element.updateComplete;
      expect(element.querySelectorAll('.cl-socialButtonsIconButton')).to.have.length(3);
      await expect(element).to.be.accessible();
    });

    it('take another logo, place it, make it a link, and refuse addresses that run script', async () => {
      const logo = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
      const element = await open({ options: { logoImageUrl: logo, logoLinkUrl: '/home' } });
      const link = element.querySelector<HTMLAnchorElement>('.cl-header .cl-logoLink');
      expect(link?.href).to.equal(new URL('/home', location.href).href);
      expect(link?.querySelector('img')?.src).to.equal(logo);
      await until(() => link?.querySelector('img')?.clientWidth);
      await expect(element).to.be.accessible();
      element.appearance = { options: { logoPlacement: 'outside', logoLinkUrl: 'javascript:alert(1)' } };
      await element.updateComplete;
      expect(element.querySelector('.cl-cardBox .cl-logoBox, .cl-logoLink')).to.equal(null);
      expect(part(element, 'logoBox').getBoundingClientRect().bottom).to.be.lessThan(part(element, 'cardBox').getBoundingClientRect().top);
      element.appearance = { options: { logoPlacement: 'none' } };
      await element.updateComplete;
      expect(element.querySelector('.cl-logoBox')).to.equal(null);
    });

    it('add links at the foot', async () => {
      const element = await open({
        options: { helpPageUrl: 'https://example.com/help', privacyPageUrl: '/privacy', termsPageUrl: 'javascript:1' },
      });
      const links = [...element.querySelectorAll<HTMLAnchorElement>('.cl-footerPagesLink')];
      expect(links.map(({ href, textContent }) => [href, textContent])).to.deep.equal([
        ['https://example.com/help', 'Help'],
        [new URL('/privacy', location.href).href, 'Privacy'],
      ]);
      await expect(element).to.be.accessible();
    });

    it('leave out fields that may stay empty', async () => {
      network.edits.push({
        path: /\/v1\/environment$/,
        change: (settings: { user_settings: { attributes: Record<string, object> } }) =>
          Object.assign(settings.user_settings.attributes.first_name!, { enabled: true, required: false }),
      });
      await open({ options: { showOptionalFields: false } });
      const page = await fixture(
        html`<div>
          <clerk-sign-up></clerk-sign-up><clerk-sign-up appearance='{"options":{"showOptionalFields":true}}'></clerk-sign-up>
        </div>`,
      );
      await until(() => page.querySelectorAll('input[name=emailAddress]').length === 2);
      const [without, all] = [...page.children].map((card) => [...card.querySelectorAll('input')].map(({ name }) => name));
      expect(without).to.deep.equal(['emailAddress', 'password']);
      expect(all).to.include('firstName');
    });
  });

  it('changes when `load()` or a framework says so, and leaves nothing behind', async () => {
    const element = await open();
    const sheets = document.adoptedStyleSheets.length;
    for (let count = 0; count < 20; count++) {
      await clerk.load({ appearance: { variables: { colorPrimary: `rgb(0, ${count}, 0)` } } });
      await element.updateComplete;
      expect(button(element).backgroundColor).to.equal(`rgb(0, ${count}, 0)`);
    }
    expect(document.adoptedStyleSheets.length).to.be.lessThan(sheets + 3);
    await clerk.__internal_updateProps({ appearance: { variables: { colorPrimary: primary } } });
    await element.updateComplete;
    expect(button(element).backgroundColor).to.equal(primary);
  });

  it('reaches the dialog around a card', async () => {
    clerk = await startClerk({
      load: {
        appearance: {
          elements: { modalContent: 'of-page', modalCloseButton: { opacity: 0.5 }, modalBackdrop: { backgroundColor: 'rgb(1, 2, 3)' } },
        },
      },
    });
    clerk.openSignIn({ appearance: { variables: { colorPrimary: primary } } });
    const dialog = await until(() => document.querySelector('dialog.cl-modalContent.of-page'));
    await until(() => dialog.querySelector('.cl-formButtonPrimary'));
    expect(button(dialog).backgroundColor).to.equal(primary);
    expect(style(dialog, 'modalCloseButton').opacity).to.equal('0.5');
    expect(getComputedStyle(dialog, '::backdrop').backgroundColor).to.equal('rgb(1, 2, 3)');
    clerk.closeSignIn();
  });

  it('is mirrored from right to left', async () => {
    document.documentElement.dir = 'rtl';
    try {
      withProviders('Google', 'GitHub', 'Apple');
      const element = await open({
        theme: 'dark',
        options: { socialButtonsPlacement: 'bottom', logoPlacement: 'outside', helpPageUrl: '/help', termsPageUrl: '/terms' },
      });
      const [help, terms] = [...element.querySelectorAll('.cl-footerPagesLink')].map((link) => link.getBoundingClientRect().left);
      expect(help).to.be.greaterThan(terms!);
      await expect(element).to.be.accessible();
    } finally {
      document.documentElement.dir = '';
    }
  });
});
