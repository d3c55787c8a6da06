/** Hooks and components of Clerk's React packages, of both their versions, on our script. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { closeBrowser, signInWithPassword, visit } from '../../support/journey.ts';
import type { Site, Visit } from '../../support/journey.ts';
import { addUser } from '../../support/users.ts';
import { serveApplication, shows, signIn, wrappers } from './site.ts';

const person = { emailAddress: 'react@example.com', password: 'violet-harbour-lantern' };

/** Components of both packages that we have not, and what is said of them. */
const missing = {
  UserButton: 'mountUserButton() is not supported yet. Draw one with Clerk.user and Clerk.signOut().',
  UserProfile: 'mountUserProfile() is not supported yet. Draw one with the methods of Clerk.user.',
  UserAvatar: 'mountUserAvatar() is not supported yet. Draw one with Clerk.user.imageUrl.',
  OrganizationSwitcher: 'mountOrganizationSwitcher() is not supported yet. There are no organizations.',
  PricingTable: 'mountPricingTable() is not supported yet. There is no billing.',
  Waitlist: 'mountWaitlist() is not supported yet. Draw a form that calls Clerk.joinWaitlist().',
  GoogleOneTap: "openGoogleOneTap() is not supported yet. Give the token of Google's own script to Clerk.authenticateWithGoogleOneTap().",
  TaskSetupMFA: 'mountTaskSetupMFA() is not supported yet. <SignIn /> shows the tasks of a session that it knows.',
  APIKeys: 'mountAPIKeys() is not supported yet. There are no API keys.',
};

/** On the page: whether somebody is signed in. */
const isThere = (expected: boolean) => Boolean((globalThis as unknown as { Clerk: { user?: object } }).Clerk.user) === expected;

let api: TestApi;
before(async () => {
  api = await startApi();
  await addUser(api, { ...person, public_metadata: { role: 'shopper' } });
});
after(async () => {
  await closeBrowser();
  await api.stop();
});

for (const wrapper of wrappers) {
  describe(wrapper, () => {
    let site: Site;
    before(async () => {
      site = await serveApplication(wrapper, api);
    });
    after(() => site.stop());

    /** A profile of its own, at a route. */
    const open = async (path: string): Promise<Visit> => {
      const visited = await visit();
      await visited.page.goto(site.url + path);
      return visited;
    };
    const route = async (page: Page, path: string) => {
      await page.evaluate(`go(${JSON.stringify(path)})`);
    };
    const at = (page: Page, path: string) => page.waitForURL((url) => url.pathname === path);
    const state = async (page: Page, expected: object) => {
      const output = page.locator('#state');
      await output.filter({ hasText: JSON.stringify(expected).slice(1, -1) }).waitFor();
      return JSON.parse((await output.textContent())!) as Record<string, unknown>;
    };

    it('hooks say who is there, give tokens, and let go', async () => {
      const { context, page, complaints } = await open('/');
      assert.deepEqual(await state(page, { isLoaded: true }), {
        isLoaded: true,
        isSignedIn: false,
        isOnePerson: false,
        sessions: 0,
        organization: null,
        orgId: null,
        status: 'ready',
      });
      await route(page, '/sign-in');
      await signInWithPassword(page, person);
      await at(page, '/');
      assert.deepEqual(await state(page, { isSignedIn: true }), {
        isLoaded: true,
        isSignedIn: true,
        isOnePerson: true,
        address: person.emailAddress,
        claims: { role: 'shopper' },
        sessions: 1,
        organization: null,
        orgId: null,
        memberships: 0,
        status: 'ready',
      });
      for (const name of ['token', 'role']) await page.getByRole('button', { name: `Ask for a ${name}` }).click();
      await shows(page, '{"token":3,"has":false}');
      await page.getByRole('button', { name: 'Leave' }).click();
      await state(page, { isSignedIn: false });
      assert.deepEqual(complaints, []);
      await context.close();
    });

    it('guards let in whom they should', async () => {
      const { context, page, complaints } = await open('/guards');
      const texts = (list: string[]) =>
        page.waitForFunction(
          (list) => [...document.querySelectorAll('p')].map((p) => p.textContent).join() === list,
          ['It has loaded', ...list].join(),
        );
      await texts(['Nobody is there', 'No admin']);
      await signIn(page, person);
      await texts(['Somebody is there', 'No admin', 'Somebody without permission']);
      assert.deepEqual(complaints, []);
      await context.close();
    });

    it('buttons lead to the cards, or open them, and out again', async () => {
      const { context, page, complaints } = await open('/buttons');
      const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
      const dialog = page.getByRole('dialog');
      await press('In by redirect');
      await at(page, '/sign-in');
      await page.locator('[name=identifier]').waitFor();
      await route(page, '/buttons');
      await press('Sign up');
      await at(page, '/sign-up');
      await page.locator('[name=emailAddress]').waitFor();
      await route(page, '/buttons');
      await press('Up by dialog');
      await dialog.getByRole('heading', { name: 'Create your account' }).waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await press('In by dialog');
      await dialog.waitFor();
      await signInWithPassword(page, person);
      await dialog.waitFor({ state: 'detached' });
      await page.waitForFunction(isThere, true);
      await press('Out');
      await page.waitForFunction(isThere, false);
      await at(page, '/');
      assert.deepEqual(complaints, []);
      await context.close();
    });

    it('who is led to the card comes back from it', async () => {
      const { context, page, complaints } = await open('/guarded');
      await at(page, '/sign-in');
      await signInWithPassword(page, person);
      await at(page, '/guarded');
      await shows(page, 'Behind the guard');
      assert.deepEqual(complaints, []);
      await context.close();
    });

    it('a component that is not there says what to do instead, once, and the page goes on', async () => {
      const { context, page, complaints } = await open('/');
      await signIn(page, person);
      for (const [name, sentence] of Object.entries(missing)) {
        const said = page.waitForEvent('console', (message) => message.type() === 'error');
        await route(page, `/named/${name}`);
        assert.equal((await said).text(), `clerk-lit: ${sentence}`);
        await shows(page, `The page around ${name}`);
        await route(page, '/');
        await state(page, { isSignedIn: true });
      }
      // What was said once is enough.
      await route(page, '/named/UserButton');
      await shows(page, 'The page around UserButton');
      await route(page, '/');
      await state(page, { isSignedIn: true });
      assert.equal(complaints.length, Object.keys(missing).length);
      await context.close();
    });
  });
}
