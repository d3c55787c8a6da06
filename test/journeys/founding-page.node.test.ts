/** The founding document's page and module work as written: only the two placeholders and the scheme are filled in. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { closeBrowser, jane, serveSite, signInWithPassword, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';
import { startServer } from '../support/server-process.ts';
import type { ServerProcess } from '../support/server-process.ts';

const folder = new URL('./founding-document/', import.meta.url);
const read = (name: string) => readFile(new URL(name, folder), 'utf8');

describe('the founding document', () => {
  let server: ServerProcess;
  let site: Site;

  before(async () => {
    server = await startServer();
    const fill = async (name: string) =>
      (await read(name)).replaceAll('YOUR_PUBLISHABLE_KEY', server.publishableKey).replaceAll('https://YOUR_FRONTEND_API_URL', server.url);
    const html = await fill('index.html');
    const module = await fill('main.js');
    const modulePage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Module</title><link rel="icon" href="data:,">
      <script type="importmap">{"imports":{"@clerk/clerk-js":"${server.url}/npm/@clerk/clerk-js@latest/dist/index.js"}}</script></head>
      <body><div id="app"></div><script type="module" src="/main.js"></script></body></html>`;
    site = await serveSite((path) => {
      if (path === '/main.js') return { body: module, type: 'text/javascript' };
      if (path === '/module') return { body: modulePage };
      return { body: html };
    });
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await server.stop();
  });

  const birthday = async (): Promise<unknown> => {
    const answer = await fetch(`${server.backendUrl}/v1/users?email_address=${encodeURIComponent(jane.emailAddress)}`, {
      headers: { authorization: `Bearer ${server.secretKey}` },
    });
    const [user] = (await answer.json()) as { unsafe_metadata: Record<string, unknown> }[];
    return user?.unsafe_metadata.birthday;
  };

  it('shows the card with one tag, writes the birthday after sign-in, and the value survives kill -9', async () => {
    const { context, page, logs, complaints, requests } = await visit();
    await page.goto(`${site.url}/some/page`);
    await page.locator('#sign-in input[name=identifier]').waitFor();
    assert.notEqual(await birthday(), '01-01-2000');
    await signInWithPassword(page);
    await page.waitForURL(`${site.url}/`);

    // `/` is the founding page again: signed in, it writes and logs the user.
    const logged = logs.length ? Promise.resolve() : page.waitForEvent('console', (message) => message.type() === 'log');
    await logged;
    assert.equal(
      await page.evaluate(
        () => (globalThis as unknown as { Clerk: { user: { unsafeMetadata: { birthday?: string } } } }).Clerk.user.unsafeMetadata.birthday,
      ),
      '01-01-2000',
    );
    assert.equal(await birthday(), '01-01-2000');
    const writes = requests.filter(({ url }) => url.pathname === '/v1/me' && url.searchParams.get('_method') === 'PATCH');
    assert.equal(writes.length, 1, 'update({ unsafeMetadata }) is one request');
    assert.deepEqual(complaints, []);

    await server.kill();
    await server.start();
    assert.equal(await birthday(), '01-01-2000');
    await context.close();
  });

  it('runs main.js through an import map', async () => {
    const { context, page, logs, complaints } = await visit();
    await page.goto(`${site.url}/module`);
    await page.locator('#sign-in input[name=identifier]').waitFor();
    await signInWithPassword(page);
    await page.waitForURL(`${site.url}/`);
    const log = page.waitForEvent('console', (message) => message.type() === 'log');
    const before = logs.length;
    await page.goto(`${site.url}/module`);
    if (logs.length === before) await log;
    else log.catch(() => undefined);
    assert.equal(await page.locator('#sign-in').count(), 0);
    assert.equal(await birthday(), '01-01-2000');
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
