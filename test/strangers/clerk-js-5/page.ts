/** Pages with the components of Clerk's browser script 5, which has them in its own chunks, and what people do there. */
import type { Page } from 'playwright-core';
import type { TestApi } from '../../support/api.ts';
import type { Site } from '../../support/journey.ts';
import { press, serveOfficialPage } from '../official-page.ts';

/** A component by path, and below it who is there. */
const body = `<main id="component"></main><p role="status"></p><script>
  addEventListener('load', async () => {
    await Clerk.load({ telemetry: false, signInUrl: '/sign-in', signUpUrl: '/sign-up', afterSignOutUrl: '/sign-in' });
    Clerk.addListener(({ user }) => {
      document.querySelector('[role=status]').textContent = user ? 'Signed in as ' + user.primaryEmailAddress : 'Signed out';
    });
    const mount = { '/sign-in': 'mountSignIn', '/sign-up': 'mountSignUp', '/profile': 'mountUserProfile', '/': 'mountUserButton' }[location.pathname];
    Clerk[mount](document.querySelector('#component'));
  });
</script>`;

/** `/sign-in`, `/sign-up`, `/profile`, and the user button at `/`, where people arrive. @param api asked for when a page is */
export const serveComponents = (api: () => TestApi): Promise<Site> => serveOfficialPage(api, { script: 'clerk-js-5', body });

/** Continues a form of the components. */
export const proceed = (page: Page): Promise<void> => press(page, 'Continue');

/** Until the page that the components lead to says that somebody is signed in; the one before says it too, and is left. */
export async function arrivesAs(page: Page, emailAddress: string): Promise<void> {
  await page.waitForURL(({ pathname }) => pathname === '/');
  await page.getByRole('status').getByText(`Signed in as ${emailAddress}`, { exact: true }).waitFor();
}
