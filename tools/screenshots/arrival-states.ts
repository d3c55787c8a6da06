/** States of links by mail, passkeys and tickets. */
import type { SettingsFile } from '../../demo/server/settings.ts';
import type { ClerkApi } from '../../src/clerk/clerk-api.ts';
import { createBackendClient } from '../../test/support/backend-client.ts';
import { jane, signInAndArrive } from '../../test/support/journey.ts';
import { namedOrigin } from '../../test/support/passkeys.ts';
import { addUser, mailTo } from '../../test/support/users.ts';
import { addVirtualAuthenticator } from '../../test/support/virtual-authenticator.ts';
import type { Scene, State } from './scenes.ts';

const { Clerk } = globalThis as unknown as { Clerk: ClerkApi };

const withLinks: SettingsFile = {
  attributes: {
    email_address: { first_factors: ['email_code', 'email_link'], verifications: ['email_link', 'email_code'] },
    password: { enabled: false, required: false },
  },
};
const withPasskeys: SettingsFile = { attributes: { passkey: { enabled: true } } };

let people = 0;
const next = (scene: Scene) => scene.page.getByRole('button', { name: 'Continue', exact: true }).click();
const title = ({ page }: Scene, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();

async function waiting(scene: Scene): Promise<void> {
  const { api, page } = scene;
  const emailAddress = `link${++people}@example.com`;
  await addUser(api, { emailAddress });
  await page.goto(`${api.url}/sign-in`);
  await page.locator('input[name=identifier]').fill(emailAddress);
  await next(scene);
  await title(scene, 'Check your email');
  await mailTo(api, emailAddress);
}

const linkPage = (status: string, name: string) => async (scene: Scene) => {
  await scene.page.goto(`${scene.api.url}/sign-in?__clerk_status=${status}#/verify`);
  await title(scene, name);
};

/** Somebody who has a passkey, at the screen that asks for it. */
async function passkey(scene: Scene): Promise<void> {
  const { api, page } = scene;
  const person = { emailAddress: `key${++people}+clerk_test@example.com`, password: jane.password };
  await addUser(api, person);
  const device = await addVirtualAuthenticator(page);
  await page.goto(`${namedOrigin(api)}/sign-in`);
  await signInAndArrive(page, person);
  await page.getByText('Signed in as').waitFor();
  await page.evaluate(async () => void (await Clerk.user!.createPasskey()));
  await device.setUserVerified(false);
  await page.evaluate(() => void Clerk.signOut({ redirectUrl: '/sign-in' }));
  await page.waitForURL(/sign-in/);
  await page.locator('input[name=identifier]').fill(person.emailAddress);
  await next(scene);
  await title(scene, 'Use your passkey');
}

export const arrivalStates: State[] = [
  { name: 'link by mail, waiting', instance: withLinks, arrive: waiting },
  {
    name: 'link by mail, expired while waiting',
    instance: withLinks,
    async arrive(scene) {
      await waiting(scene);
      await scene.api.database.updateTable('verifications').set({ expire_at: 1 }).where('status', '=', 'unverified').execute();
      await title(scene, 'This verification link has expired');
    },
  },
  {
    name: 'sign-up, link by mail',
    instance: withLinks,
    async arrive(scene) {
      const { api, page } = scene;
      await page.goto(`${api.url}/sign-up`);
      await page.locator('input[name=emailAddress]').fill(`link${++people}@example.com`);
      await next(scene);
      await page.getByText('Open the verification link').waitFor();
    },
  },
  { name: 'page of a link, verified elsewhere', arrive: linkPage('verified', 'Your email address is verified') },
  { name: 'page of a link, expired', arrive: linkPage('expired', 'This verification link has expired') },
  { name: 'page of a link, another browser', arrive: linkPage('client_mismatch', 'Open this link where you began') },
  { name: 'page of a link, used', arrive: linkPage('failed', 'This verification link does not work') },
  {
    name: 'ticket, refused',
    async arrive(scene) {
      await scene.page.goto(`${scene.api.url}/sign-in?__clerk_ticket=nonsense`);
      await title(scene, 'This link cannot be used');
    },
  },
  {
    name: 'ticket, invitation',
    async arrive(scene) {
      const { api, page } = scene;
      const body = { email_address: `invited${++people}+clerk_test@example.com`, notify: false };
      const { body: invitation } = await createBackendClient(api)('POST', '/invitations', { body });
      await page.goto((invitation as { url: string }).url);
      await title(scene, 'Fill in missing fields');
    },
  },
  {
    name: 'sign-in start, passkeys',
    instance: withPasskeys,
    async arrive({ api, page }) {
      await page.goto(`${api.url}/sign-in`);
      await page.getByRole('link', { name: 'Use passkey instead' }).waitFor();
    },
  },
  { name: 'passkey', instance: withPasskeys, arrive: passkey },
  {
    name: 'passkey, not chosen',
    instance: withPasskeys,
    async arrive(scene) {
      await passkey(scene);
      await next(scene);
      await scene.page.getByRole('alert').waitFor();
    },
  },
];
