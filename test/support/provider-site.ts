/** Pages of an application whose users come over the development provider, which plays Google and GitHub. */
import { startApi } from './api.ts';
import type { TestApi } from './api.ts';
import { serveSite } from './journey.ts';
import type { Site } from './journey.ts';
import { withSecondFactors } from './second-factors.ts';

/** What is on them, by path. Whoever is signed in is named below. */
const bodies: Record<string, string> = {
  '/': '<clerk-sign-in fallback-redirect-url="/done" sign-up-fallback-redirect-url="/done"></clerk-sign-in>',
  '/popup': '<clerk-sign-in force-redirect-url="/done" sign-up-force-redirect-url="/done" oauth-flow="popup"></clerk-sign-in>',
  '/up': `<clerk-sign-up fallback-redirect-url="/done" sign-in-fallback-redirect-url="/done">
    <clerk-unsafe-field slot="fields" name="colour" label="Colour"></clerk-unsafe-field>
  </clerk-sign-up>`,
  '/dialog': `<button id="open">Open</button>
    <script>document.querySelector('#open').onclick = () => Clerk.openSignIn({ fallbackRedirectUrl: '/done' });</script>`,
  '/window': `<button id="open">Open</button><script>document.querySelector('#open').onclick = () =>
    Clerk.openSignIn({ fallbackRedirectUrl: '/done', oauthFlow: 'popup' });</script>`,
  '/own': `<button id="google">Google</button><script>document.querySelector('#google').onclick = () =>
    Clerk.client.signIn.authenticateWithRedirect({ strategy: 'oauth_google', redirectUrl: '/callback', redirectUrlComplete: '/done' });
    </script>`,
  '/callback': `<script>addEventListener('load', async () => {
    await Clerk.load();
    await Clerk.handleRedirectCallback({ signUpFallbackRedirectUrl: '/done', signInFallbackRedirectUrl: '/done' });
  });</script>`,
  '/done': '',
};

/** A last name is required here, which the provider tells of those whom it offers, and of nobody whose address is typed. */
export async function startProviderSite(): Promise<{ api: TestApi; site: Site }> {
  const api = await startApi({
    instance: {
      attributes: {
        ...withSecondFactors.attributes,
        first_name: { enabled: true },
        last_name: { enabled: true, required: true },
      },
      social: [{ strategy: 'oauth_google' }, { strategy: 'oauth_github' }],
    },
  });
  // It is loaded at the first request, which takes a while on a busy machine.
  await fetch(`${api.url}/development-provider/.well-known/openid-configuration`);
  const site = await serveSite((path) => {
    const body = bodies[path];
    return body === undefined
      ? undefined
      : {
          body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">
            <script async crossorigin="anonymous" data-clerk-publishable-key="${api.publishableKey}"
              data-clerk-sign-in-url="/" data-clerk-sign-up-url="/up"
              src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script></head>
            <body><main>${body}<clerk-show when="signed-in">
              Signed in as <clerk-text field="user.primaryEmailAddress"></clerk-text>
            </clerk-show></main></body></html>`,
        };
  });
  return { api, site };
}
