/** The recipes of docs/metadata.md, run as they stand there. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { SettingsFile } from '../../demo/server/settings.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import type { BackendCall } from '../support/backend-client.ts';
import { freePort } from '../support/free-port.ts';
import { closeBrowser, serveSite, signInWithPassword, testCode, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';
import { readRecipes, runCode } from '../support/recipes.ts';
import type { FindCode } from '../support/recipes.ts';
import { addUser, jane } from '../support/users.ts';

describe('docs/metadata.md', () => {
  let api: TestApi;
  let site: Site;
  let backend: BackendCall;
  let find: FindCode;
  let janeId: string;
  let environment: Record<string, string>;

  before(async () => {
    find = await readRecipes('docs/metadata.md');
    api = await startApi({ instance: JSON.parse(find('Roles without a request', 'json')) as SettingsFile });
    backend = createBackendClient(api);
    const tag = `<script async crossorigin="anonymous" data-clerk-publishable-key="${api.publishableKey}"
      src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>`;
    const pages: Record<string, string> = {
      '/fields': find('Fields without JavaScript', 'html'),
      '/form': find('A form with one Save', 'html'),
      '/roles': find('Roles', 'html'),
      '/sign-up': find('Sign-up', 'html'),
      '/sign-in': '<clerk-sign-in></clerk-sign-in>',
      '/': '<p>Home</p>',
    };
    site = await serveSite((path) =>
      pages[path] === undefined
        ? undefined
        : { body: `<!doctype html><html lang="en"><title>Recipe</title><link rel="icon" href="data:,">${tag}<main>${pages[path]}</main>` },
    );
    const { body } = await backend('GET', `/users?email_address=${encodeURIComponent(jane.emailAddress)}`);
    janeId = body[0].id;
    environment = {
      CLERK_SECRET_KEY: api.secretKey,
      CLERK_PUBLISHABLE_KEY: api.publishableKey,
      CLERK_API_URL: api.backendUrl,
      USER_ID: janeId,
    };
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  const metadataOf = async (id: string) => (await backend('GET', `/users/${id}`)).body;
  const signedIn = async (path: string) => {
    const visitor = await visit();
    await visitor.page.goto(`${site.url}/sign-in`);
    await signInWithPassword(visitor.page);
    await visitor.page.waitForURL(`${site.url}/`);
    await visitor.page.goto(`${site.url}${path}`);
    return visitor;
  };
  const saved = (page: Page, path: string) =>
    page.waitForResponse((answer) => new URL(answer.url()).pathname === path && answer.request().method() === 'POST');

  it('fields without JavaScript', async () => {
    const { context, page } = await signedIn('/fields');
    await page.getByText('Hello Jane!').waitFor();
    const answer = saved(page, '/v1/me/metadata');
    await page.getByLabel('Nickname').fill('Janey');
    await page.getByLabel('Nickname').press('Tab');
    assert.equal((await answer).status(), 200);
    assert.equal((await metadataOf(janeId)).unsafe_metadata.nickname, 'Janey');
    await context.close();
  });

  it('a form with one Save', async () => {
    const { context, page } = await signedIn('/form');
    const answer = saved(page, '/v1/me/metadata');
    await page.getByLabel('Street').fill('Harbour Lane 4');
    await page.getByLabel('Town').fill('Bristol');
    await page.getByRole('button', { name: 'Save' }).click();
    assert.equal((await answer).status(), 200);
    assert.deepEqual((await metadataOf(janeId)).unsafe_metadata.address, { street: 'Harbour Lane 4', city: 'Bristol' });
    await context.close();
  });

  /** Runs the backend of a recipe, and gives the answers to somebody without a token and to the user of `page`. */
  async function withBackend(code: string, story: (ask: (page: Page) => Promise<[number, string]>) => Promise<void>) {
    const port = await freePort();
    const server = runCode('js', code.replace('https://www.example.com', site.url), { ...environment, PORT: String(port) });
    try {
      assert.equal(await server.firstLine, `Listening on ${port}`);
      const reports = `http://127.0.0.1:${port}/reports`;
      assert.equal((await fetch(reports)).status, 401);
      await story(async (page) => {
        const token = (await page.evaluate('Clerk.session.getToken()')) as string;
        const answer = await fetch(reports, { headers: { authorization: `Bearer ${token}` } });
        return [answer.status, await answer.text()];
      });
    } finally {
      server.kill();
    }
  }

  it('roles: the page shows, the backend decides, the secret key gives', async () => {
    const { context, page } = await signedIn('/roles');
    await withBackend(find('Roles', 'js'), async (ask) => {
      await page.waitForFunction("document.querySelector('clerk-show')?.matches(':state(hidden)')");
      assert.deepEqual(await ask(page), [403, 'For admins only.']);
      await runCode('sh', find('Roles', 'sh').replace('https://api.clerk.com', api.backendUrl), environment).ended;
      await page.evaluate('Clerk.user.reload()');
      await page.getByRole('link', { name: 'Reports' }).waitFor();
      assert.deepEqual(await ask(page), [200, 'The reports']);
    });
    await context.close();
  });

  it('roles without a request', async () => {
    const replaced = /^ {2}const user = .*\n {2}if \(user.*$/m;
    const code = find('Roles', 'js');
    assert.match(code, replaced);
    await backend('PATCH', `/users/${janeId}/metadata`, { body: { public_metadata: { role: 'shopper' } } });
    const { context, page } = await signedIn('/roles');
    await withBackend(code.replace(replaced, find('Roles without a request', 'js')), async (ask) => {
      assert.deepEqual(await ask(page), [403, 'For admins only.']);
      await backend('PATCH', `/users/${janeId}/metadata`, { body: { public_metadata: { role: 'admin' } } });
      await page.evaluate('Clerk.user.reload()');
      assert.deepEqual(await ask(page), [200, 'The reports']);
    });
    await context.close();
  });

  it('from unsafe to public', async () => {
    const honest = await addUser(api, { emailAddress: 'honest@example.com', unsafe_metadata: { plan: 'large', theme: 'dark' } });
    const cheeky = await addUser(api, { emailAddress: 'cheeky@example.com', unsafe_metadata: { plan: { name: 'free for ever' } } });
    await runCode('js', find('From unsafe to public', 'js'), environment).ended;
    const moved = await metadataOf(honest.id);
    assert.deepEqual([moved.public_metadata, moved.unsafe_metadata], [{ plan: 'large' }, { theme: 'dark' }]);
    const kept = await metadataOf(cheeky.id);
    assert.deepEqual([kept.public_metadata, kept.unsafe_metadata], [{}, { plan: { name: 'free for ever' } }]);
  });

  it('deleting a key', async () => {
    await backend('PUT', `/users/${janeId}/metadata`, {
      body: { unsafe_metadata: { address: { city: 'Bristol', zip: 'BS1' }, theme: 'dark' } },
    });
    const { context, page } = await signedIn('/');
    await page.waitForFunction('globalThis.Clerk');
    await page.evaluate('Clerk.load()');
    await page.evaluate(`(async () => { ${find('Deleting a key', 'js')} })()`);
    assert.deepEqual((await metadataOf(janeId)).unsafe_metadata, { address: { zip: 'BS1' }, theme: 'dark' });
    await context.close();
  });

  it('a field in the sign-up', async () => {
    const { context, page } = await visit();
    await page.goto(`${site.url}/sign-up`);
    await page.locator('input[name=emailAddress]').fill('recipe+clerk_test@example.com');
    await page.locator('input[name=password]').fill('willow-compass-marble');
    await page.getByLabel('Birthday').fill('2000-01-31');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByRole('textbox', { name: /^Enter verification code/ }).fill(testCode);
    await page.waitForURL(`${site.url}/`);
    const { body } = await backend('GET', '/users?email_address=recipe%2Bclerk_test@example.com');
    assert.deepEqual(body[0].unsafe_metadata, { birthday: '2000-01-31' });
    await context.close();
  });
});
