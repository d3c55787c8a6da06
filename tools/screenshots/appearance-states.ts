/** Cards that a page has dressed by the `appearance` option. */
import type { Page } from 'playwright-core';
import type { SettingsFile } from '../../demo/server/settings.ts';
import type { Appearance } from '../../src/clerk/appearance-types.ts';
import type { Scene, State } from './scenes.ts';

const three: SettingsFile = { social: ['google', 'apple', 'microsoft'].map((name) => ({ strategy: `oauth_${name}` })) };

const logoImageUrl = '/favicon.ico';

const dressed = (name: string, appearance: Appearance, path = '/sign-in', instance?: SettingsFile): State => ({
  name: `appearance, ${name}`,
  ...(instance && { instance }),
  async arrive({ api, page }: Scene) {
    await page.goto(api.url + path);
    await card(page);
    await page.evaluate(
      (look) => (globalThis as unknown as { Clerk: { load(options: object): Promise<void> } }).Clerk.load({ appearance: look }),
      appearance,
    );
    await page.waitForFunction(() => document.querySelector('[data-clerk-root]:not([data-clerk-root=""])'));
    if (instance) await page.locator('.cl-socialButtonsProviderIcon svg').first().waitFor();
  },
});

const card = (page: Page) => page.locator('.cl-formButtonPrimary').waitFor();

const links = { helpPageUrl: '/help', privacyPageUrl: '/privacy', termsPageUrl: '/terms' };

export const appearanceStates: State[] = [
  dressed('dark by name', { theme: 'dark' }, '/sign-in', three),
  dressed('colours of its own', {
    variables: {
      ...{
        colorBackground: '#fdf6e3',
        colorPrimary: '#8a2d0c',
        colorForeground: '#2b1d12',
        colorMutedForeground: '#5f4b3a',
        colorMuted: '#f6ead0',
      },
      ...{ colorInput: '#fffdf6', colorBorder: '#8d7456', borderRadius: '0.125rem', fontFamily: 'Georgia, serif', fontSize: '1.0625rem' },
    },
    options: links,
  }),
  dressed('dark colours of its own', { variables: { colorBackground: '#10231f', colorPrimary: '#f2c14e' }, options: links }, '/sign-up'),
  dressed('providers below', { options: { socialButtonsPlacement: 'bottom', socialButtonsVariant: 'blockButton' } }, '/sign-in', three),
  dressed(
    'icons below, at sign-up',
    { options: { socialButtonsPlacement: 'bottom', socialButtonsVariant: 'iconButton' } },
    '/sign-up',
    three,
  ),
  dressed('logo inside', { options: { logoImageUrl, logoLinkUrl: '/' } }),
  dressed('logo outside, simple', { theme: 'simple', options: { logoImageUrl, logoPlacement: 'outside', ...links } }),
  dressed('flush', { options: { elevation: 'flush' } }, '/sign-in', three),
  dressed('styles of elements', {
    elements: {
      formButtonPrimary: { borderRadius: 999, textTransform: 'uppercase', letterSpacing: '0.08em' },
      formFieldInput: { borderWidth: '0 0 2px', borderRadius: 0, backgroundColor: 'transparent' },
      header: { justifyItems: 'start', textAlign: 'start' },
      footer: { backgroundColor: 'transparent' },
    },
  }),
];
