/** The demo's page of fields: every type is saved and comes back, without a line of script on the page. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Locator, Page, Response } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { closeBrowser, signInWithPassword, visit } from '../support/journey.ts';
import { serveUnderStrictPolicy } from '../support/strict-page.ts';
import { accessibilityProblems } from '../support/whole-page.ts';

/** How a person changes a field, what is stored then, and what its control says of it. */
interface Story {
  change(control: Locator): Promise<void>;
  stored: unknown;
  shown: string;
}

const typed = (text: string, stored: unknown = text): Story => ({
  change: async (control) => {
    await control.fill(text);
    await control.blur();
  },
  stored,
  shown: text,
});
const ticked: Story = { change: (control) => control.check(), stored: true, shown: 'true' };

/** By name; every field of the page outside its form. */
const stories: Record<string, Story> = {
  nickname: typed('Janey'),
  'contact.email': typed('jane@example.org'),
  'contact.phone': typed('+44 117 496 0123'),
  website: typed('https://www.example.org/jane'),
  about: typed('Harbours.\nLanterns.'),
  interests: {
    change: async (control) => {
      for (const tag of ['sailing', 'maps']) {
        await control.fill(tag);
        await control.press('Enter');
      }
      await control.blur();
    },
    stored: ['sailing', 'maps'],
    shown: '',
  },
  cups: typed('3', 3),
  volume: typed('7', 7),
  birthday: typed('2000-01-31'),
  'wake-up': typed('07:30'),
  reminder: typed('2031-05-06T12:00'),
  colour: typed('#663399'),
  plan: { change: async (control) => void (await control.selectOption('large')), stored: 'large', shown: 'large' },
  size: { change: (control) => control.getByLabel('Medium').check(), stored: 'm', shown: 'm' },
  news: ticked,
  quiet: ticked,
  settings: typed('{ "columns": [1, 2], "dense": true }', { columns: [1, 2], dense: true }),
  mood: typed('cheerful'),
};

const fieldNamed = (page: Page, name: string) => page.locator(`clerk-unsafe-field[name="${name}"]`);

/** What a person operates in a field: its control, or the group of them. */
const controlOf = (page: Page, name: string) =>
  name === 'size' ? fieldNamed(page, name) : fieldNamed(page, name).locator('input:not([type=hidden]), select, textarea').first();

const readAt = (document: unknown, name: string): unknown =>
  name.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);

describe('the page of fields', () => {
  let api: TestApi;
  before(async () => void (api = await startApi()));
  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  const stored = async (page: Page) => {
    const id = (await page.evaluate('Clerk.user.id')) as string;
    return (await createBackendClient(api)('GET', `/users/${id}`)).body.unsafe_metadata as Record<string, unknown>;
  };
  const isSave = (answer: Response) => new URL(answer.url()).pathname === '/v1/me/metadata' && answer.request().method() === 'POST';
  const saved = (page: Page) => page.waitForResponse(isSave);
  const signIn = async (page: Page) => {
    await signInWithPassword(page);
    await page.locator('clerk-unsafe-field[name=nickname]:state(ready)').waitFor();
  };
  const opened = async () => {
    const visitor = await visit();
    await visitor.page.goto(`${api.url}/fields.html`);
    await signIn(visitor.page);
    return visitor;
  };

  it('has no script of its own', async () => {
    const html = await readFile(new URL('../../demo/fields.html', import.meta.url), 'utf8');
    const scripts = [...html.matchAll(/<script[^>]*?src="([^"]*)"[^>]*>([^]*?)<\/script>/g)];
    assert.deepEqual(
      scripts.map(([, source, content]) => [source!.replace(/^.*\//, ''), content]),
      [
        ['page-style.js', ''],
        ['clerk.browser.js', ''],
      ],
    );
    assert.equal(html.split('<script').length - 1, scripts.length);
    assert.doesNotMatch(html, / on\w+=|javascript:/i);
  });

  it('saves every type of field, and shows it again after a reload', async () => {
    const { context, page, complaints } = await opened();
    const names = await page.locator('clerk-unsafe-field').evaluateAll((fields) => fields.map((field) => field.getAttribute('name') ?? ''));
    assert.deepEqual(names.filter((name) => !name.startsWith('address.')).sort(), Object.keys(stories).sort());
    // One after the other changed, and only then awaited: the fields share their requests.
    const answers: number[] = [];
    page.on('response', (answer) => void (isSave(answer) && answers.push(answer.status())));
    for (const [name, { change }] of Object.entries(stories)) await change(controlOf(page, name));
    for (const name of Object.keys(stories)) await page.locator(`clerk-unsafe-field[name="${name}"]:state(saved)`).waitFor();
    const metadata = await stored(page);
    for (const [name, { stored: expected }] of Object.entries(stories)) assert.deepEqual(readAt(metadata, name), expected, name);
    assert.deepEqual(new Set(answers), new Set([200]));
    await page.getByText('You have chosen the large plan').waitFor();
    await page.getByText('31 January 2000').or(page.getByText('January 31, 2000')).waitFor();

    await page.reload();
    await page.locator('clerk-unsafe-field[name=nickname]:state(ready)').waitFor();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('clerk-unsafe-field[name=nickname] input')?.value === 'Janey',
    );
    for (const [name, { shown, stored: value }] of Object.entries(stories)) {
      const field = fieldNamed(page, name);
      if (name === 'size') assert.equal(await field.locator('input:checked').inputValue(), shown);
      else if (value === true) assert.equal(await controlOf(page, name).isChecked(), true, name);
      else if (name === 'settings') assert.deepEqual(JSON.parse(await controlOf(page, name).inputValue()), value);
      else if (Array.isArray(value)) assert.deepEqual(await field.locator('li span').allTextContents(), value);
      else assert.equal(await controlOf(page, name).inputValue(), shown, name);
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('saves the form in one request, and follows it in another tab', async () => {
    const { context, page, requests } = await opened();
    const other = await context.newPage();
    await other.goto(`${api.url}/fields.html`);
    await other.locator('clerk-unsafe-field[name="address.city"]:state(ready)').waitFor();
    const before = requests.length;
    await page.getByLabel('Street').fill('Harbour Lane 4');
    await page.getByLabel('Postcode').fill('BS1 4RB');
    await page.getByLabel('Town').fill('Bristol');
    const answer = saved(page);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    assert.equal((await answer).status(), 200);
    await page.locator('clerk-unsafe-form:state(saved)').waitFor();
    assert.deepEqual((await stored(page)).address, { street: 'Harbour Lane 4', zip: 'BS1 4RB', city: 'Bristol' });
    assert.equal(requests.slice(before).filter(({ url }) => url.pathname === '/v1/me/metadata').length, 1);
    await other.locator('clerk-text[field="unsafe.address.city"]', { hasText: 'Bristol' }).waitFor();
    await context.close();
  });

  it('refuses what a control refuses, keeps what was typed, and sends nothing', async () => {
    const { context, page, requests } = await opened();
    const before = requests.length;
    await controlOf(page, 'contact.email').fill('not an address');
    await controlOf(page, 'contact.email').blur();
    await page.locator('clerk-unsafe-field[name="contact.email"]:state(invalid)').waitFor();
    assert.equal(await controlOf(page, 'contact.email').inputValue(), 'not an address');
    assert.deepEqual(
      requests.slice(before).filter(({ url }) => url.pathname === '/v1/me/metadata'),
      [],
    );
    await context.close();
  });

  it('is accessible, signed out and signed in', async () => {
    const { context, page } = await visit();
    await page.goto(`${api.url}/fields.html`);
    await page.locator('input[name=identifier]').waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await signIn(page);
    await page.locator('clerk-unsafe-field[name="address.city"]:state(ready)').waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await context.close();
  });

  it('works under the strict policy', async () => {
    const { context, page, complaints } = await serveUnderStrictPolicy(api, 'fields.html');
    await signIn(page);
    const answer = saved(page);
    await controlOf(page, 'nickname').fill('Strict Jane');
    await controlOf(page, 'nickname').blur();
    assert.equal((await answer).status(), 200);
    await page.locator('clerk-text[field="unsafe.nickname"]', { hasText: 'Strict Jane' }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
