/** When the API is away or answers nonsense: everything settles, says so, and can be tried again (users-asked.md 12, 23, 25). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Route } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, signInWithPassword, visit } from '../support/journey.ts';

describe('D7: a bad day of the API', () => {
  let api: TestApi;

  before(async () => {
    api = await startApi();
  });

  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  const problem =
    (status: number, code: string, headers: Record<string, string> = {}) =>
    (route: Route) =>
      route.fulfill({
        status,
        contentType: 'application/json',
        headers: { 'access-control-allow-origin': api.url, 'access-control-allow-credentials': 'true', ...headers },
        body: JSON.stringify({ errors: [{ code, message: code, long_message: `The API said ${code}.` }] }),
      });

  const outcomes: { name: string; answer: (route: Route) => unknown }[] = [
    { name: 'refuses the connection', answer: (route) => route.abort('connectionrefused') },
    { name: 'answers HTML', answer: (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Hello</h1>' }) },
    { name: 'answers 403', answer: problem(403, 'authorization_invalid') },
    { name: 'answers 429', answer: problem(429, 'too_many_requests', { 'retry-after': '1' }) },
    { name: 'answers 500', answer: problem(500, 'internal_clerk_error') },
    { name: 'hangs', answer: () => undefined },
  ];

  // At the same time, each in a profile of its own: one takes as long as the script's patience, and all wait.
  describe('at every request', { concurrency: true }, () => {
    for (const { name, answer } of outcomes) {
      it(`settles with a message and a retry button when it ${name}, without endless requests`, async () => {
        const { context, page, requests } = await visit();
        await page.route(`${api.url}/v1/**`, (route) => void answer(route));
        await page.goto(`${api.url}/sign-in`);
        const retry = page.getByRole('button', { name: /Try again/i });
        await retry.waitFor({ timeout: 30_000 });
        assert.ok(await page.locator('.cl-alert, [role=alert]').first().isVisible());
        const settled = requests.filter(({ url }) => url.pathname.startsWith('/v1/')).length;
        assert.ok(settled <= 12, `${settled} requests`);
        await page.unroute(`${api.url}/v1/**`);
        await retry.click();
        await page.locator('input[name=identifier]').waitFor({ timeout: 30_000 });
        await context.close();
      });
    }
  });

  it('keeps what was typed when the network goes down at a step, and goes on afterwards', async () => {
    const { context, page } = await visit();
    await page.goto(`${api.url}/sign-in`);
    await page.locator('input[name=identifier]').waitFor();
    await context.setOffline(true);
    await page.locator('input[name=identifier]').fill('jane+clerk_test@example.com');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.locator('.cl-alert').waitFor();
    assert.equal(await page.locator('input[name=identifier]').inputValue(), 'jane+clerk_test@example.com');
    await context.setOffline(false);
    await signInWithPassword(page);
    await page.waitForURL(`${api.url}/`);
    await context.close();
  });

  it('never signs anyone out for being offline, and rejects an offline write', async () => {
    const { context, page } = await visit();
    await page.goto(`${api.url}/sign-in`);
    await signInWithPassword(page);
    await page.waitForURL(`${api.url}/`);
    await page.locator('#signed-in').waitFor();
    await context.setOffline(true);
    const outcome = await page.evaluate(async () => {
      interface Core {
        user: { update(params: object): Promise<unknown> } | null;
        session: { getToken(options?: object): Promise<string | null> };
      }
      const { Clerk } = globalThis as unknown as { Clerk: Core };
      const write = await Clerk.user!.update({ unsafeMetadata: { lost: true } }).then(
        () => 'saved',
        (error: { code?: string }) => error.code ?? 'no code',
      );
      await Clerk.session.getToken({ skipCache: true }).catch(() => undefined);
      return { write, signedIn: Clerk.user !== null, cookie: /__session=/.test(document.cookie) };
    });
    assert.deepEqual(outcome, { write: 'network_error', signedIn: true, cookie: true });
    await context.setOffline(false);
    await page.reload();
    await page.locator('#signed-in').waitFor();
    await context.close();
  });

  it('tells other tabs of a sign-out', async () => {
    const { context, page } = await visit();
    await page.goto(`${api.url}/sign-in`);
    await signInWithPassword(page);
    await page.waitForURL(`${api.url}/`);
    const other = await context.newPage();
    await other.goto(api.url);
    await other.locator('#signed-in').waitFor();
    await page.bringToFront();
    await page.locator('#sign-out').click();
    await other.locator('#signed-out').waitFor({ timeout: 5_000 });
    await context.close();
  });
});
