/** The demo's account page: fields that save themselves, metadata of a backend, other tabs. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, jane, signInWithPassword, visit } from '../support/journey.ts';

describe('the account page', () => {
  let api: TestApi;

  before(async () => {
    api = await startApi();
  });

  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  const backend = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${api.backendUrl}/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${api.secretKey}`, 'content-type': 'application/json' },
    });
    return (await answer.json()) as { id: string; unsafe_metadata: Record<string, unknown> };
  };
  const field = (page: Page, name: string) => page.locator(`clerk-unsafe-field[name=${name}] :is(input, select)`);
  const stored = (page: Page, text: string) => page.locator('#unsafe-metadata', { hasText: text }).waitFor();

  it('saves each field at its own path and keeps it over a reload', async () => {
    const { context, page, complaints, requests } = await visit();
    await page.goto(api.url);
    await signInWithPassword(page);
    await field(page, 'nickname').waitFor();
    await field(page, 'nickname').fill('Janey');
    await field(page, 'nickname').press('Tab');
    await stored(page, 'Janey');
    await field(page, 'birthday').fill('2000-01-01');
    await field(page, 'birthday').press('Tab');
    await stored(page, '2000-01-01');
    await field(page, 'cups').fill('3');
    await field(page, 'cups').press('Tab');
    await stored(page, '"cups": 3');
    await field(page, 'plan').selectOption('large');
    await stored(page, '"plan": "large"');
    await field(page, 'news').check();
    await stored(page, '"news": true');

    const id = (await page.evaluate('Clerk.user.id')) as string;
    const user = await backend(`/users/${id}`);
    const { nickname, birthday, cups, plan, news } = user.unsafe_metadata;
    assert.deepEqual(
      { nickname, birthday, cups, plan, news },
      { nickname: 'Janey', birthday: '2000-01-01', cups: 3, plan: 'large', news: true },
    );
    assert.ok(requests.some(({ url }) => url.pathname === '/v1/me/metadata'));

    await page.reload();
    await field(page, 'nickname').waitFor();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('clerk-unsafe-field[name=nickname] input')?.value === 'Janey',
    );
    assert.equal(await field(page, 'news').isChecked(), true);

    // Emptied: the key is removed, the others stay.
    await field(page, 'nickname').fill('');
    await field(page, 'nickname').press('Tab');
    await page.waitForFunction(() => !document.querySelector('#unsafe-metadata')?.textContent?.includes('Janey'));
    const after = await backend(`/users/${id}`);
    assert.equal('nickname' in after.unsafe_metadata, false);
    assert.equal(after.unsafe_metadata.cups, 3);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('shows the claims of the session token, with what was saved a moment ago', async () => {
    const { context, page, complaints } = await visit();
    await page.goto(api.url);
    await signInWithPassword(page);
    await page.locator('#show-token').click();
    await page.locator('#token', { hasText: '"theme": "dark"' }).waitFor();
    const id = (await page.evaluate('Clerk.user.id')) as string;
    await backend(`/users/${id}/metadata`, { method: 'PATCH', body: JSON.stringify({ public_metadata: { city: 'Göteborg' } }) });
    await page.evaluate('Clerk.user.updateMetadata({ unsafeMetadata: { theme: null } })');
    await page.locator('#show-token').click();
    const shown = page.locator('#token', { hasText: '"theme": "light"' });
    await shown.waitFor();
    assert.match((await shown.textContent()) ?? '', /"metadata": \{\s+"city": "Göteborg",\s+"role": "shopper"\s+\}/);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('keeps what was typed when saving fails, and saves it on retry', async () => {
    const { context, page } = await visit();
    await page.goto(api.url);
    await signInWithPassword(page);
    await field(page, 'nickname').waitFor();
    await context.setOffline(true);
    await field(page, 'nickname').fill('Offline Jane');
    await field(page, 'nickname').press('Tab');
    const retry = page.locator('clerk-unsafe-field[name=nickname]').getByRole('button', { name: /Try again|Retry/i });
    await retry.waitFor();
    assert.equal(await field(page, 'nickname').inputValue(), 'Offline Jane');
    await context.setOffline(false);
    await retry.click();
    await stored(page, 'Offline Jane');
    await context.close();
  });

  it('shows public metadata of a backend after the next load, and private metadata nowhere', async () => {
    const { context, page } = await visit();
    const bodies: string[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/v1/'))
        response.text().then(
          (text) => bodies.push(text),
          () => undefined,
        );
    });
    await page.goto(api.url);
    await signInWithPassword(page);
    await field(page, 'nickname').waitFor();
    const id = (await page.evaluate('Clerk.user.id')) as string;
    await backend(`/users/${id}/metadata`, {
      method: 'PATCH',
      body: JSON.stringify({ public_metadata: { role: 'shopper' }, private_metadata: { stripeId: 'canary-12356' } }),
    });
    await page.evaluate('Clerk.user.reload()');
    await page.locator('#public-metadata', { hasText: 'shopper' }).waitFor();
    assert.ok(bodies.length > 0);
    assert.equal(
      bodies.some((text) => text.includes('canary-12356') || text.includes('private_metadata')),
      false,
    );
    assert.equal((await page.content()).includes('canary-12356'), false);
    await context.close();
  });

  it('merges with updateMetadata, replaces with update, and rejects with errors[] when refused', async () => {
    const { context, page } = await visit();
    await page.goto(api.url);
    await signInWithPassword(page, jane);
    await field(page, 'nickname').waitFor();
    const outcome = await page.evaluate(async () => {
      interface User {
        unsafeMetadata: Record<string, unknown>;
        update(params: object): Promise<User>;
        updateMetadata(params: object): Promise<User>;
      }
      const { Clerk } = globalThis as unknown as { Clerk: { user: User } };
      const { user } = Clerk;
      const same = (await user.update({ unsafeMetadata: { a: { b: 1, c: 2 }, d: 3 } })) === user;
      const first = structuredClone(Clerk.user.unsafeMetadata);
      await Clerk.user.updateMetadata({ unsafeMetadata: { a: { b: null, e: 4 } } });
      const merged = structuredClone(Clerk.user.unsafeMetadata);
      const refused = await Clerk.user.update({ unsafeMetadata: { big: 'x'.repeat(9_000) } }).then(
        () => [],
        (error: { errors: { code: string }[] }) => error.errors.map(({ code }) => code),
      );
      return { same, first, merged, refused, kept: structuredClone(Clerk.user.unsafeMetadata) };
    });
    assert.deepEqual(outcome, {
      same: true,
      first: { a: { b: 1, c: 2 }, d: 3 },
      merged: { a: { c: 2, e: 4 }, d: 3 },
      refused: ['form_param_exceeds_allowed_size'],
      kept: { a: { c: 2, e: 4 }, d: 3 },
    });
    await context.close();
  });
});
