/** The page and the module of the document, as written but for the two placeholders and the scheme, and what its prose says of pages. */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import type { Page } from 'playwright-core';
import type { ClerkApi } from '../../../src/clerk/clerk-api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { closeBrowser, jane, serveSite, signInWithPassword, testCode, visit } from '../../support/journey.ts';
import type { Site, Visit } from '../../support/journey.ts';
import { startServer } from '../../support/server-process.ts';
import { backend } from './backend.ts';
import { readSnippet } from './snippets.ts';
import { shows } from './table.ts';

/** Where the pages find API and script. */
type Api = Pick<typeof backend, 'url' | 'publishableKey'>;

const fill = async (name: string, { url, publishableKey }: Api): Promise<string> =>
  (await readSnippet(name)).replaceAll('YOUR_PUBLISHABLE_KEY', publishableKey).replaceAll('https://YOUR_FRONTEND_API_URL', url);

/** A page with our script, the module, and what was asked for: the document's page at every other path. */
async function serve(api: Api): Promise<Site> {
  const html = await fill('index.html', api);
  const module = await fill('main.js', api);
  const begin = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">';
  const script = `${api.url}/npm/@clerk/clerk-js@latest/dist/`;
  const pages: Record<string, { body: string; type?: string }> = {
    '/main.js': { body: module, type: 'text/javascript' },
    '/module': {
      body: `${begin}<script type="importmap">{"imports":{"@clerk/clerk-js":"${script}index.js"}}</script></head>
        <body><div id="app"></div><script type="module" src="/main.js"></script></body></html>`,
    },
    '/plain': {
      body: `${begin}<script crossorigin="anonymous" data-clerk-publishable-key="${api.publishableKey}" src="${script}clerk.browser.js">
        </script></head><body><div id="card"></div></body></html>`,
    },
    '/too-large': { body: html.replace("'01-01-2000'", "'x'.repeat(9000)") },
  };
  return serveSite((path) => pages[path] ?? { body: html });
}

/** What is asked of the script, on its page. */
function ask<Result, Argument = undefined>(
  page: Page,
  task: (clerk: ClerkApi, argument: Argument) => Result | Promise<Result>,
  argument?: Argument,
): Promise<Result> {
  return page.evaluate<Result>(`(${String(task)})(Clerk, ${JSON.stringify(argument)})`);
}

/** Waits for what a page of the document prints at its end. */
async function logged({ page, logs }: Visit, begin: () => Promise<unknown>): Promise<void> {
  const before = logs.length;
  const log = page.waitForEvent('console', (message) => message.type() === 'log');
  await begin();
  if (logs.length === before) await log;
  else log.catch(() => undefined);
}

const writes = ({ requests }: Visit) =>
  requests.filter(({ url }) => /^\/v1\/me(\/metadata)?$/.test(url.pathname) && url.searchParams.get('_method') === 'PATCH');

export function pageRows(): void {
  describe('pages', () => {
    let site: Site;
    let call: ReturnType<typeof createBackendClient>;
    before(async () => {
      call = createBackendClient(backend);
      site = await serve(backend);
    });
    after(async () => {
      await closeBrowser();
      await site.stop();
    });

    const findUser = async (emailAddress: string, api: Parameters<typeof createBackendClient>[0] = backend) =>
      (await createBackendClient(api)('GET', `/users?email_address=${encodeURIComponent(emailAddress)}`)).body[0];

    let count = 0;
    const createPerson = async (metadata: object) => {
      const person = { emailAddress: `page${count++}+clerk_test@example.com`, password: jane.password };
      const body = { email_address: [person.emailAddress], password: person.password, ...metadata };
      const { body: user } = await call('POST', '/users', { body });
      return { ...person, id: user.id as string };
    };

    /** Somebody new on the plain page, signed in. */
    const signedIn = async (unsafeMetadata: object): Promise<Visit & { id: string }> => {
      const person = await createPerson({ unsafe_metadata: unsafeMetadata });
      const visited = await visit({ policy: false });
      await visited.page.goto(`${site.url}/plain`);
      await ask(
        visited.page,
        async (clerk, { emailAddress, password }) => {
          await clerk.load();
          const attempt = await clerk.client!.signIn.create({ identifier: emailAddress, password });
          await clerk.setActive({ session: attempt.createdSessionId });
        },
        person,
      );
      return { ...visited, id: person.id };
    };
    const stored = async (id: string) => (await call('GET', `/users/${id}`)).body.unsafe_metadata as unknown;

    shows('index-html', async () => {
      const person = await createPerson({});
      const visited = await visit({ policy: false });
      const { context, page, complaints } = visited;
      await page.goto(`${site.url}/some/page`);
      await page.locator('#sign-in input[name=identifier]').waitFor();
      // `/` is the document's page again: signed in, it writes and logs the user.
      await logged(visited, async () => {
        await signInWithPassword(page, person);
        await page.waitForURL(`${site.url}/`);
      });
      assert.deepEqual(await ask(page, (clerk) => clerk.user?.unsafeMetadata), { birthday: '01-01-2000' });
      assert.deepEqual(await stored(person.id), { birthday: '01-01-2000' });
      assert.equal(writes(visited).length, 1, 'update({ unsafeMetadata }) is one request');
      assert.equal(await page.locator('#sign-in').count(), 0);
      assert.deepEqual(complaints, []);
      await context.close();
    });

    shows('main-js', async () => {
      const person = await createPerson({});
      const visited = await visit({ policy: false });
      const { context, page, complaints } = visited;
      await page.goto(`${site.url}/module`);
      await page.locator('#sign-in input[name=identifier]').waitFor();
      await logged(visited, async () => {
        await signInWithPassword(page, person);
        await page.waitForURL(`${site.url}/`);
      });
      // So far it was the page that wrote.
      await call('PUT', `/users/${person.id}/metadata`, { body: { unsafe_metadata: {} } });
      await logged(visited, () => page.goto(`${site.url}/module`));
      assert.equal(await page.locator('#sign-in').count(), 0);
      assert.deepEqual(await stored(person.id), { birthday: '01-01-2000' });
      assert.deepEqual(complaints, []);
      await context.close();
    });

    shows('page-errors', async () => {
      const { context, page, id } = await signedIn({ kept: true });
      const message = page.waitForEvent('console', (message) => message.type() === 'log');
      await page.goto(`${site.url}/too-large`);
      const [text, errors] = await Promise.all((await message).args().map((argument) => argument.jsonValue()));
      assert.equal(text, 'An error occurred:');
      const [error] = errors as { code: string; meta: { paramName: string } }[];
      assert.deepEqual([error?.code, error?.meta.paramName], ['form_param_exceeds_allowed_size', 'unsafe_metadata']);
      assert.deepEqual(await stored(id), { kept: true });
      await context.close();
    });

    shows('unsafe-for-custom-fields', async () => {
      const { context, page, id } = await signedIn({});
      const shown = await ask(page, async (clerk) => (await clerk.user!.update({ unsafeMetadata: { size: 'L' } })).unsafeMetadata);
      assert.deepEqual(shown, { size: 'L' });
      assert.deepEqual(await stored(id), { size: 'L' });
      await context.close();

      const person = await createPerson({});
      const browser = await createFrontendClient(backend);
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: person.emailAddress, password: person.password });
      const options = { sessionId: response.created_session_id as string };
      const { status } = await browser.call('PATCH', '/me', { unsafe_metadata: '{"size":"L"}' }, options);
      assert.equal(status, 200);
      assert.deepEqual(await stored(person.id), { size: 'L' });
    });

    shows('copied-after-sign-up', async () => {
      const { context, page, complaints } = await visit({ policy: false });
      await page.goto(`${site.url}/plain`);
      const emailAddress = `sign-up${count++}+clerk_test@example.com`;
      const shown = await ask(
        page,
        async (clerk, { code, ...values }) => {
          await clerk.load();
          const { signUp } = clerk.client!;
          await signUp.create(values);
          await signUp.prepareEmailAddressVerification({ strategy: 'email_code' });
          const { status, createdSessionId } = await signUp.attemptEmailAddressVerification({ code });
          await clerk.setActive({ session: createdSessionId });
          return { status, metadata: clerk.user?.unsafeMetadata };
        },
        { emailAddress, password: jane.password, code: testCode, unsafeMetadata: { birthday: '11-30-1969', deep: { fooBar: [1, null] } } },
      );
      const expected = { birthday: '11-30-1969', deep: { fooBar: [1, null] } };
      assert.deepEqual(shown, { status: 'complete', metadata: expected });
      assert.deepEqual((await findUser(emailAddress)).unsafe_metadata, expected);
      await page.reload();
      const afterwards = await ask(page, async (clerk) => {
        await clerk.load();
        return clerk.user?.unsafeMetadata;
      });
      assert.deepEqual(afterwards, expected);
      assert.deepEqual(complaints, []);
      await context.close();
    });

    shows('update-overrides', async () => {
      const visited = await signedIn({ theme: 'dark', address: { city: 'Rome', zip: '1' } });
      const shown = await ask(visited.page, async (clerk) => {
        await clerk.user!.update({ unsafeMetadata: { address: { city: 'Bonn' } } });
        return clerk.user!.unsafeMetadata;
      });
      assert.deepEqual(shown, { address: { city: 'Bonn' } });
      assert.deepEqual(await stored(visited.id), { address: { city: 'Bonn' } });
      assert.equal(writes(visited).length, 1);
      await visited.context.close();
    });

    shows('spread-merges', async () => {
      const visited = await signedIn({ theme: 'dark', address: { city: 'Rome', zip: '1' } });
      const shown = await ask(visited.page, async ({ user }) => {
        const newData = { address: { city: 'Bonn' }, birthday: '11-30-1969' };
        await user!.update({ unsafeMetadata: { ...user!.unsafeMetadata, ...newData } });
        return user!.unsafeMetadata;
      });
      const expected = { theme: 'dark', address: { city: 'Bonn' }, birthday: '11-30-1969' };
      assert.deepEqual(shown, expected);
      assert.deepEqual(await stored(visited.id), expected);
      await visited.context.close();
    });

    shows('unsafe-at-all-times', async () => {
      const server = await startServer();
      const own = await serve(server);
      const first = await visit({ policy: false });
      await first.page.goto(`${own.url}/page`);
      await logged(first, async () => {
        await signInWithPassword(first.page);
        await first.page.waitForURL(`${own.url}/`);
      });
      await first.context.close();

      await server.kill();
      await server.start();
      assert.equal((await findUser(jane.emailAddress, server)).unsafe_metadata.birthday, '01-01-2000');
      const second = await visit({ policy: false });
      await second.page.goto(`${own.url}/plain`);
      await ask(second.page, async (clerk) => {
        await clerk.load();
        clerk.mountSignIn(document.querySelector<HTMLElement>('#card')!, { forceRedirectUrl: '/plain?again' });
      });
      await signInWithPassword(second.page);
      await second.page.waitForURL(`${own.url}/plain?again`);
      const birthday = await ask(second.page, async (clerk) => {
        await clerk.load();
        return clerk.user?.unsafeMetadata.birthday;
      });
      assert.equal(birthday, '01-01-2000');
      await second.context.close();
      await own.stop();
      await server.stop();
    });
  });
}
