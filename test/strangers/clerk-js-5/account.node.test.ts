/** The components of Clerk's browser script 5 from the first form to the last sign-out, with a development and a production key. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { verifyToken } from '@clerk/backend';
import type { ClerkClient } from '@clerk/backend';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { closeBrowser, testCode, visit } from '../../support/journey.ts';
import type { Site, Visit } from '../../support/journey.ts';
import { startProductionApi } from '../../support/production.ts';
import { mailedCodes } from '../../support/users.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';
import { ask, hostedKey, press, typeSentCode } from '../official-page.ts';
import { arrivesAs, proceed, serveComponents } from './page.ts';

const password = 'copper-lantern-meadow';
const newPassword = 'granite-willow-harbour';
const instance = { attributes: { first_name: { enabled: true }, last_name: { enabled: true }, username: { enabled: true } } };

const kinds = {
  development: () => startApi({ publishableKey: hostedKey, instance }),
  production: (site: Site) => startProductionApi({ instance: { ...instance, allowed_origins: [site.url] } }),
};

for (const [kind, start] of Object.entries(kinds)) {
  describe(`components of @clerk/clerk-js 5 with a ${kind} key`, () => {
    let api: TestApi;
    let site: Site;
    let backend: ClerkClient;
    let visited: Visit;
    const isDevelopment = kind === 'development';
    const address = (name: string) => `${name}${isDevelopment ? '+clerk_test' : ''}@example.com`;
    const codeFor = async (emailAddress: string) => (isDevelopment ? testCode : ((await mailedCodes(api, emailAddress))[0] ?? ''));
    const emailAddress = address('newcomer');

    before(async () => {
      site = await serveComponents(() => api);
      api = await start(site);
      backend = createOfficialBackend(api);
      visited = await visit({ policy: false });
    });
    after(async () => {
      await closeBrowser();
      await site.stop();
      await api.stop();
    });

    const stored = async () => backend.users.getUser((await ask(visited.page, (clerk) => clerk.user?.id)) ?? '');
    /** The path below `/v1` of what the page asks meanwhile, and the method that is meant. */
    const asked = async (task: () => Promise<unknown>) => {
      const count = visited.requests.length;
      await task();
      const own = visited.requests.slice(count).filter(({ url }) => url.pathname.startsWith('/v1/'));
      return own.map(({ method, url }) => `${url.searchParams.get('_method') ?? method} ${url.pathname.slice('/v1/'.length)}`);
    };

    it('sign up by a form and a code', async () => {
      const { page } = visited;
      await page.goto(`${site.url}/sign-up`);
      await page.getByLabel('First name', { exact: true }).fill('Ada');
      await page.getByLabel('Username', { exact: true }).fill('ada_byron');
      await page.getByLabel('Email address', { exact: true }).fill(emailAddress);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await proceed(page);
      await page.getByRole('heading', { name: 'Verify your email' }).waitFor();
      await typeSentCode(page, await codeFor(emailAddress));
      await arrivesAs(page, emailAddress);
      const { firstName, username } = await stored();
      assert.deepEqual({ firstName, username }, { firstName: 'Ada', username: 'ada_byron' });
    });

    it('say which version they are, and write unsafe metadata in the one request that this version has for it', async () => {
      const { page, requests } = visited;
      const update = () => ask(page, (clerk) => clerk.user!.update({ unsafeMetadata: { theme: 'dark', deep: { fooBar: 1 } } }));
      assert.deepEqual(await asked(update), ['PATCH me']);
      // The page may still be fetching chunks of the script.
      const { searchParams } = requests.findLast(({ url }) => url.pathname === '/v1/me')!.url;
      assert.deepEqual(
        ['_clerk_js_version', '__clerk_api_version'].map((name) => searchParams.get(name)),
        ['5.128.0', '2025-11-10'],
      );
      // It replaces the whole: that is what `user.update()` always did.
      await ask(page, (clerk) => clerk.user!.update({ unsafeMetadata: { theme: 'light' }, lastName: 'Byron' }));
      assert.deepEqual(await ask(page, (clerk) => [clerk.user!.unsafeMetadata, clerk.user!.lastName]), [{ theme: 'light' }, 'Byron']);
      const { unsafeMetadata, lastName } = await stored();
      assert.deepEqual([unsafeMetadata, lastName], [{ theme: 'light' }, 'Byron']);
    });

    it('get tokens that backends take, one request for each that is new', async () => {
      const { page } = visited;
      await ask(page, (clerk) => clerk.session!.getToken());
      assert.deepEqual(await asked(() => ask(page, (clerk) => clerk.session!.getToken())), []);
      const token = await ask(page, (clerk) => clerk.session!.getToken({ skipCache: true }));
      const claims = await verifyToken(token ?? '', { secretKey: api.secretKey, apiUrl: api.backendUrl, authorizedParties: [site.url] });
      assert.equal(claims.sub, (await stored()).id);
    });

    it('edit a profile: the name, another address, the password', async () => {
      const { page } = visited;
      await page.goto(`${site.url}/profile`);
      await press(page, 'Update profile');
      await page.getByLabel('First name', { exact: true }).fill('Augusta');
      await press(page, 'Save');
      await page.getByText('Augusta Byron').waitFor();
      assert.equal((await stored()).firstName, 'Augusta');

      await press(page, 'Add email address');
      await page.getByLabel('Email address', { exact: true }).fill(address('second'));
      await press(page, 'Add');
      await typeSentCode(page, await codeFor(address('second')));
      await page.getByRole('button', { name: 'Add email address' }).waitFor();
      const { emailAddresses } = await stored();
      assert.deepEqual(
        emailAddresses.map((each) => [each.emailAddress, each.verification?.status]),
        [
          [emailAddress, 'verified'],
          [address('second'), 'verified'],
        ],
      );

      await press(page, 'Security');
      await press(page, 'Update password');
      await page.getByLabel('Current password', { exact: true }).fill(password);
      await page.getByLabel('New password', { exact: true }).fill(newPassword);
      await page.getByLabel('Confirm password', { exact: true }).fill(newPassword);
      await press(page, 'Save');
      await page.getByRole('button', { name: 'Update password' }).waitFor();
      const { id } = await stored();
      assert.deepEqual(await backend.users.verifyPassword({ userId: id, password: newPassword }), { verified: true });
    });

    // Only there may a backend begin a session.
    if (kind === 'development')
      it('sign another device out, and draw the list of them without it', async () => {
        const { page } = visited;
        const elsewhere = await backend.sessions.createSession({ userId: (await stored()).id });
        await page.goto(`${site.url}/profile`);
        await press(page, 'Security');
        const devices = page.locator('.cl-activeDevice');
        await devices.nth(1).waitFor();
        await press(page, 'Open menu');
        await page.getByRole('menuitem', { name: 'Sign out of device' }).click();
        await devices.nth(1).waitFor({ state: 'detached' });
        assert.equal(await devices.count(), 1);
        assert.equal((await backend.sessions.getSession(elsewhere.id)).status, 'revoked');
      });

    it('sign out by the user button, and nobody is left', async () => {
      const { page, context } = visited;
      await page.goto(site.url);
      await press(page, 'Open user menu');
      await page.getByRole('menuitem', { name: 'Manage account' }).waitFor();
      const sessionId = await ask(page, (clerk) => clerk.session!.id);
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('status').getByText('Signed out').waitFor();
      await page.waitForURL(`${site.url}/sign-in`);
      assert.notEqual((await backend.sessions.getSession(sessionId)).status, 'active');
      const left = (await context.cookies()).filter(({ name, value }) => name.startsWith('__session') && value);
      assert.deepEqual(left, []);
    });
  });
}
