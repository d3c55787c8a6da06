/** States of signing in with providers: their buttons, the way there and back, and what becomes of an attempt. */
import type { SettingsFile } from '../../demo/server/settings.ts';
import { addUser } from '../../test/support/users.ts';
import type { Scene, State } from './scenes.ts';

const strategies = (...names: string[]) => names.map((name) => ({ strategy: `oauth_${name}` }));
const logo = 'https://id.acme.example/logo.svg';

const one: SettingsFile = {
  attributes: { first_name: { enabled: true }, last_name: { enabled: true, required: true } },
  social: strategies('google'),
};
const two: SettingsFile = { social: strategies('google', 'github') };
const three: SettingsFile = { social: strategies('google', 'apple', 'microsoft') };
const many: SettingsFile = {
  social: [
    ...strategies('google', 'github', 'facebook', 'apple', 'discord', 'linkedin_oidc'),
    { strategy: 'oauth_custom_acme', name: 'Acme', logo_url: logo },
    { strategy: 'oauth_custom_zebra', name: 'Zebra Identity Services' },
  ],
};
const all: SettingsFile = {
  social: strategies(
    ...['apple', 'atlassian', 'bitbucket', 'box', 'coinbase', 'discord', 'dropbox', 'facebook', 'github', 'gitlab', 'google', 'hubspot'],
    ...[
      'huggingface',
      'instagram',
      'line',
      'linear',
      'linkedin',
      'microsoft',
      'notion',
      'slack',
      'spotify',
      'tiktok',
      'twitch',
      'vercel',
      'x',
      'xero',
    ],
  ),
};
const only: SettingsFile = {
  attributes: { email_address: { enabled: true, required: true, first_factors: [] }, password: { enabled: false, required: false } },
  social: strategies('google', 'github'),
};

let people = 0;

const start = async ({ api, page }: Scene, path = '/sign-in') => {
  await page.route(logo, (route) =>
    route.fulfill({
      contentType: 'image/svg+xml',
      body: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#b3541e"/></svg>',
    }),
  );
  await page.goto(api.url + path);
  await page.locator('.cl-providerIcon svg').first().waitFor();
};
const provider = ({ page }: Scene, name = 'Google') => page.getByRole('button', { name: `Continue with ${name}` });
const typed = async ({ page }: Scene, email: string) => {
  await page.getByLabel('Another email address').fill(email);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
};

/** Signs somebody in with a provider, and out again. */
async function returning(scene: Scene, name: string): Promise<void> {
  const email = `provided${++people}@example.com`;
  await addUser(scene.api, { emailAddress: email, password: 'willow-compass-marble' });
  await start(scene);
  await provider(scene, name).click();
  await typed(scene, email);
  await scene.page.getByText('Signed in as').waitFor();
  await scene.page.evaluate(`void Clerk.signOut({ redirectUrl: '/sign-in' })`);
  await scene.page.getByText('Last used').waitFor();
}

const refused = (path: string) => async (scene: Scene) => {
  await start(scene, path);
  await provider(scene).click();
  await scene.page.getByRole('button', { name: 'Refuse access' }).click();
  await scene.page.getByRole('alert').waitFor();
};

export const providerStates: State[] = [
  { name: 'providers, one', instance: one, arrive: start },
  { name: 'providers, two, one of them used last', instance: two, arrive: (scene) => returning(scene, 'GitHub') },
  { name: 'providers, three', instance: three, arrive: start },
  { name: 'providers, eight, one of them used last', instance: many, arrive: (scene) => returning(scene, 'Facebook') },
  { name: 'providers, every icon', instance: all, arrive: start },
  { name: 'providers, nothing else', instance: only, arrive: start },
  { name: 'providers, sign-up', instance: many, arrive: (scene) => start(scene, '/sign-up') },
  {
    name: 'providers, other methods',
    instance: many,
    async arrive(scene) {
      const { api, page } = scene;
      const emailAddress = `provided${++people}@example.com`;
      await addUser(api, { emailAddress, password: 'willow-compass-marble' });
      await start(scene);
      await page.locator('input[name=identifier]').fill(emailAddress);
      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      await page.getByRole('link', { name: 'Use another method' }).click();
      await page.locator('.cl-alternativeMethodsBlockButton').waitFor();
    },
  },
  {
    name: 'providers, on the way there',
    instance: two,
    async arrive(scene) {
      await start(scene);
      await scene.page.route('**/v1/client/sign_ins**', () => undefined);
      await provider(scene).click();
      await scene.page.locator('.cl-providerIcon .cl-spinner').waitFor();
    },
  },
  {
    name: 'providers, back from one',
    instance: two,
    async arrive(scene) {
      await start(scene);
      await scene.page.route('**/v1/client/sign_ups**', () => undefined);
      await provider(scene).click();
      await typed(scene, `provided${++people}@example.com`);
      await scene.page.getByRole('heading', { name: 'One moment…' }).waitFor();
    },
  },
  { name: 'providers, access refused', instance: one, arrive: refused('/sign-in') },
  { name: 'providers, access refused, sign-up', instance: one, arrive: refused('/sign-up') },
  {
    name: 'providers, something is missing',
    instance: one,
    async arrive(scene) {
      await start(scene, '/sign-up');
      await provider(scene).click();
      await typed(scene, `provided${++people}@example.com`);
      await scene.page.getByRole('heading', { name: 'Fill in missing fields' }).waitFor();
    },
  },
  {
    name: 'development provider',
    instance: one,
    async arrive(scene) {
      await start(scene);
      await provider(scene).click();
      await scene.page.getByRole('heading', { name: 'Sign in with Google' }).waitFor();
    },
  },
  {
    name: 'answer of a provider, used before',
    async arrive({ api, page }) {
      await page.goto(`${api.url}/v1/oauth_callback?state=used`);
      await page.getByRole('heading', { name: 'Invalid answer' }).waitFor();
    },
  },
];
