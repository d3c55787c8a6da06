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
      const visited = await visit({ policy: false });
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
      // The card for tasks says where nothing is left to do.
      await route(page, '/named/TaskSetupMFA');
      await shows(page, 'You are signed in');
      assert.equal(complaints.length, Object.keys(missing).length);
      await context.close();
    });

    it('a form of its own signs in and up by the classic hooks', async () => {
      const { context, page, complaints } = await open('/classic');
      const submit = async (password: string) => {
        await page.locator('[name=identifier]').fill(person.emailAddress);
        await page.locator('[name=password]').fill(password);
        await page.getByRole('button', { name: 'Go in' }).click();
      };
      await submit('another-password');
      await shows(page, 'form_password_incorrect');
      await page.getByRole('button', { name: 'Register' }).click();
      await shows(page, 'missing_requirements: password');
      await submit(person.password);
      await page.waitForFunction(isThere, true);
      assert.deepEqual(complaints, ['Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)']);
      await context.close();
    });

    it('what asks for a fresh proof opens the card for it, and is done afterwards', async () => {
      const { context, page, complaints } = await open('/sensitive');
      await signIn(page, person);
      const dialog = page.getByRole('dialog');
      const act = () => page.getByRole('button', { name: 'Act' }).click();
      await act();
      await dialog.waitFor();
      await page.keyboard.press('Escape');
      await shows(page, 'reverification_cancelled');
      await act();
      await dialog.locator('[name=password]').fill(person.password);
      await page.evaluate('void (globalThis.isProved = true)');
      await dialog.getByRole('button', { name: 'Continue', exact: true }).click();
      await shows(page, 'done');
      assert.deepEqual(complaints, []);
      await context.close();
    });

    it('routes that come again show one card each time, as the provider says at that time', async () => {
      const { context, page, complaints } = await open('/sign-in');
      const card = page.locator('.cl-card');
      const heading = (text: string) => page.getByRole('heading', { name: text }).waitFor();
      for (const _time of [1, 2]) {
        await heading('Sign in to clerk-lit demo');
        assert.equal(await card.count(), 1);
        await route(page, '/');
        await card.waitFor({ state: 'detached' });
        await route(page, '/sign-up');
        await heading('Create your account');
        assert.equal(await card.count(), 1);
        await route(page, '/sign-in');
      }
      // A card that is shown takes what changes, and keeps what was typed.
      const identifier = page.locator('[name=identifier]');
      await identifier.fill(person.emailAddress);
      await page.evaluate(
        "setOptions({ appearance: { elements: { card: 'of-page' } }, localization: { signIn: { start: { title: 'Hello' } } } })",
      );
      await page.locator('.cl-card.of-page').waitFor();
      assert.equal(await identifier.inputValue(), person.emailAddress);
      await heading('Hello');
      assert.deepEqual(complaints, []);
      await context.close();
    });

    it('what the server knew is drawn first, and nothing else in between', async () => {
      const { context, page, complaints } = await open('/');
      await signIn(page, person);
      const [userId, sessionId] = (await page.evaluate('[Clerk.user.id, Clerk.session.id]')) as [string, string];
      await page.addInitScript(`globalThis.options = ${JSON.stringify({ initialState: { userId, sessionId, sessionClaims: {} } })}`);
      await page.reload();
      await shows(page, 'It has loaded');
      await state(page, { isSignedIn: true, isOnePerson: true });
      const drawn = (await page.evaluate('drawn')) as [boolean, string][];
      assert.deepEqual(
        drawn.filter(([isSignedIn, id]) => !isSignedIn || id !== userId),
        [],
      );
      assert.deepEqual(complaints, []);
      await context.close();
    });

    if (wrapper === '@clerk/react')
      it('hooks that are not there say which ones are', async () => {
        const { context, page } = await open('/future');
        const alert = page.getByRole('alert');
        await alert.waitFor();
        assert.match(
          (await alert.textContent())!,
          /useSignIn\(\) and useSignUp\(\) are not supported yet: import those of @clerk\/react\/legacy/,
        );
        await shows(page, 'It has loaded');
        await context.close();
      });
  });
}
