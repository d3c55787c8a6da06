/** Fields of several tabs and a backend at once, and without a network: on the built files, with the real API. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, serveSite, signInAndArrive, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';

/** Writes of each of the three. */
const count = 200;

describe('metadata, fields', () => {
  let api: TestApi;
  let site: Site;
  let body = '';

  before(async () => {
    api = await startApi();
    site = await serveSite(() => ({
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"></head><body>
        <script crossorigin="anonymous" data-clerk-publishable-key="${api.publishableKey}"
          src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>
        <clerk-show when="signed-out"><clerk-sign-in></clerk-sign-in></clerk-show>${body}</body></html>`,
    }));
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  const open = async (content: string) => {
    body = content;
    const result = await visit();
    await result.page.goto(site.url);
    // The card leads to this very page.
    await signInAndArrive(result.page);
    await result.page.waitForFunction('Clerk.user?.id');
    return result;
  };
  const backend = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${api.backendUrl}/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${api.secretKey}`, 'content-type': 'application/json' },
    });
    assert.equal(answer.status, 200, await answer.clone().text());
    return (await answer.json()) as { unsafe_metadata: Record<string, Record<string, unknown>> };
  };
  const userId = (page: Page) => page.evaluate<string>('Clerk.user.id');
  const field = (name: string) => `clerk-unsafe-field[name="${name}"]`;

  it('two tabs and a backend that write keys of their own, 200 times each at once, lose none; both tabs show what is stored', async () => {
    const fields = ['first', 'second'].map((tab) => `<clerk-unsafe-field name="${tab}.last"></clerk-unsafe-field>`).join('');
    const { context, page } = await open(fields);
    const id = await userId(page);
    const other = await context.newPage();
    await other.goto(site.url);
    await other.waitForFunction('Clerk.user?.id');
    const writeIn = (tab: Page, name: string) =>
      tab.evaluate(
        async ({ name, count }) => {
          const { user } = (globalThis as unknown as { Clerk: { user: { updateMetadata(change: object): Promise<unknown> } } }).Clerk;
          for (let index = 0; index < count; index++) {
            await user.updateMetadata({ unsafeMetadata: { [name]: { [`key${index}`]: index, last: String(index) } } });
          }
        },
        { name, count },
      );
    const writeFromBackend = async () => {
      for (let index = 0; index < count; index++) {
        const unsafe = { backend: { [`key${index}`]: index } };
        await backend(`/users/${id}/metadata`, { method: 'PATCH', body: JSON.stringify({ unsafe_metadata: unsafe }) });
      }
    };
    await Promise.all([writeIn(page, 'first'), writeIn(other, 'second'), writeFromBackend()]);
    const { unsafe_metadata: stored } = await backend(`/users/${id}`);
    const written = Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, index]));
    const last = String(count - 1);
    assert.deepEqual(stored, { ...stored, first: { ...written, last }, second: { ...written, last }, backend: written });
    for (const tab of [page, other]) {
      await tab.evaluate('Clerk.user.reload()');
      assert.deepEqual(await tab.evaluate('Clerk.user.unsafeMetadata'), stored);
      for (const name of ['first', 'second']) {
        await tab.waitForFunction(([selector, last]) => document.querySelector<HTMLInputElement>(`${selector} input`)?.value === last, [
          field(`${name}.last`),
          String(count - 1),
        ] as const);
      }
    }
    await context.close();
  });

  it('a line that is cut before the answer: nothing is shown as saved or lost, and one click saves after it is back', async () => {
    const { context, page } = await open('<clerk-unsafe-field name="note" label="Note"></clerk-unsafe-field>');
    const input = page.locator(`${field('note')} input`);
    await context.setOffline(true);
    await input.fill('typed in a tunnel');
    await input.press('Tab');
    await page.locator(`${field('note')}:state(failed)`).waitFor();
    assert.equal(await input.inputValue(), 'typed in a tunnel');
    assert.equal(await page.locator(`${field('note')}:state(saved)`).count(), 0);
    await context.setOffline(false);
    await page.locator(field('note')).getByRole('button', { name: 'Try again' }).click();
    await page.locator(`${field('note')}:state(saved)`).waitFor();
    assert.equal((await backend(`/users/${await userId(page)}`)).unsafe_metadata.note as unknown, 'typed in a tunnel');
    await context.close();
  });

  it('a change that still waits when the page is left is stored', async () => {
    const { context, page, requests } = await open('<clerk-unsafe-field name="note" label="Note"></clerk-unsafe-field>');
    const id = await userId(page);
    const writes = () => requests.filter(({ url, method }) => url.pathname === '/v1/me/metadata' && method === 'POST').length;
    const input = page.locator(`${field('note')} input`);
    const write = (text: string) =>
      input.evaluate((node: HTMLInputElement, text) => {
        node.value = text;
        node.dispatchEvent(new Event('change', { bubbles: true }));
      }, text);
    // From now on a further change waits for two seconds, if it may.
    for (let count = 0; writes() < 4; count++) await write(`v${count}`);
    await input.evaluate((node: HTMLInputElement) => {
      node.value = 'last';
      node.dispatchEvent(new Event('change', { bubbles: true }));
      location.assign('about:blank');
    });
    await page.waitForURL('about:blank');
    await page.goto(site.url);
    await page.waitForFunction('Clerk.user?.reload().then((user) => user.unsafeMetadata.note === "last")');
    assert.equal((await backend(`/users/${id}`)).unsafe_metadata.note as unknown, 'last');
    await context.close();
  });

  it('every type, in a form, by keys alone and in one request', async () => {
    const { context, page, requests, complaints } = await open(`<clerk-unsafe-form>
      <clerk-unsafe-field name="t.text" label="Text"></clerk-unsafe-field>
      <clerk-unsafe-field name="t.size" type="radio" label="Size"><option value="s">Small</option><option value="l">Large</option></clerk-unsafe-field>
      <clerk-unsafe-field name="t.plan" type="select" label="Plan"><option value="s">Small</option><option value="l">Large</option></clerk-unsafe-field>
      <clerk-unsafe-field name="t.on" type="switch" label="On"></clerk-unsafe-field>
      <clerk-unsafe-field name="t.tags" type="tags" label="Tags"></clerk-unsafe-field>
      <clerk-unsafe-field name="t.own" label="Own"><textarea></textarea></clerk-unsafe-field>
    </clerk-unsafe-form>`);
    await page.getByLabel('Text', { exact: true }).focus();
    await page.keyboard.type('Jane');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('l');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('a, b');
    await page.keyboard.press('Tab');
    await page.locator('textarea').focus();
    await page.keyboard.type('mine');
    assert.equal(requests.filter(({ url }) => url.pathname === '/v1/me/metadata').length, 0);
    await page.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('clerk-unsafe-form:state(saved)').waitFor();
    assert.equal(requests.filter(({ url, method }) => url.pathname === '/v1/me/metadata' && method === 'POST').length, 1);
    const { unsafe_metadata: stored } = await backend(`/users/${await userId(page)}`);
    assert.deepEqual(stored.t, { text: 'Jane', size: 's', plan: 'l', on: true, tags: ['a', 'b'], own: 'mine' });
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
