/** `<clerk-show>` and `<clerk-text>` as built: nothing flashes or moves, under the strict policy, and every change arrives, also in another tab. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { closeBrowser, serveSite, signInWithPassword, visit } from '../support/journey.ts';
import type { Site, Visit } from '../support/journey.ts';
import { addUser } from '../support/users.ts';

interface Seen {
  /** Ids of what was drawn in any frame since the page began. */
  seen: string[];
  /** What has moved, as the browser counts it. */
  shift: number;
  violations: string[];
}

/** Looks at every frame from the first on. As text: a compiler may leave helpers of its own in a function. */
const watch = `
  globalThis.report = { seen: [], shift: 0, violations: [] };
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    report.violations.push(violatedDirective + ' ' + blockedURI);
  });
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) report.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  const look = () => {
    for (const element of document.querySelectorAll('[id]')) {
      if (element.checkVisibility() && !report.seen.includes(element.id)) report.seen.push(element.id);
    }
    requestAnimationFrame(look);
  };
  look();
`;

describe('<clerk-show> and <clerk-text>', () => {
  let api: TestApi;
  let site: Site;
  let person: { id: string; emailAddress: string; password: string };
  let count = 0;

  before(async () => {
    const claims = { plan: '{{user.unsafe_metadata.plan}}', role: '{{user.public_metadata.role}}' };
    api = await startApi({ instance: { session_token: { claims }, jwt_templates: [{ name: 'orders', claims }] } });
    const nonce = 'c3RyaWN0LXBvbGljeQ';
    const policy =
      `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src ${api.url} 'nonce-${nonce}'; connect-src ${api.url}; ` +
      `img-src ${api.url} data:; require-trusted-types-for 'script'; trusted-types lit-html`;
    const content = `
      <p id="greeting">Hello <clerk-text id="name" field="user.firstName" fallback="there"></clerk-text></p>
      <dl><dt>Plan</dt><dd id="plan"><clerk-text field="unsafe.plan"></clerk-text></dd>
        <dt>Role</dt><dd id="role"><clerk-text field="public.role" fallback="none"></clerk-text></dd></dl>
      <main>
        <clerk-show when="signed-in" hidden><p id="in">Welcome</p></clerk-show>
        <clerk-show when="signed-out" hidden><p id="out">Who are you?</p></clerk-show>
        <clerk-show when="public:role=admin" hidden><p id="admin">Administration</p></clerk-show>
        <clerk-show when="unsafe:plan=large" hidden><p id="large">Large</p></clerk-show>
      </main>`;
    site = await serveSite((path) => {
      const head = `<meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">
        <link rel="stylesheet" href="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.css">
        <style nonce="${nonce}">main { block-size: 20rem; }</style>`;
      const script = `<script nonce="${nonce}" async crossorigin="anonymous" data-clerk-publishable-key="${api.publishableKey}"
        src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>`;
      const body = path === '/sign-in' ? '<clerk-sign-in></clerk-sign-in>' : content;
      return {
        body: `<!doctype html><html lang="en"><head>${head}</head><body>${script}${body}</body></html>`,
        headers: { 'content-security-policy': policy },
      };
    });
  });

  beforeEach(async () => {
    const credentials = { emailAddress: `show${count++}@example.com`, password: 'violet-harbour-lantern' };
    const { id } = await addUser(api, { ...credentials, first_name: 'Ann', unsafe_metadata: { plan: 'small' } });
    person = { ...credentials, id };
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  const signedIn = async (): Promise<Visit> => {
    const visited = await visit();
    await visited.context.addInitScript({ content: watch });
    await visited.page.goto(`${site.url}/sign-in`);
    await signInWithPassword(visited.page, person);
    await visited.page.waitForURL(`${site.url}/`);
    await visited.page.locator('#in').waitFor();
    return visited;
  };
  const report = (page: Page) => page.evaluate('report') as Promise<Seen>;
  const shown = async (page: Page) => {
    const { seen, ...rest } = await report(page);
    return { seen: seen.filter((id) => ['in', 'out', 'admin', 'large'].includes(id)).sort(), ...rest };
  };
  const backend = (path: string, body: object) => createBackendClient(api)('PATCH', `/users/${person.id}${path}`, { body });

  it('show a visitor what is for visitors, and nothing else at any time', async () => {
    const { context, page, complaints } = await visit();
    await context.addInitScript({ content: watch });
    await page.goto(site.url);
    await page.locator('#out').waitFor();
    assert.equal(await page.locator('#greeting').innerText(), 'Hello there');
    assert.deepEqual(await shown(page), { seen: ['out'], shift: 0, violations: [] });
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('show somebody who is signed in what is for them, and nothing else at any time, however slow the API is', async () => {
    const { context, page, complaints } = await signedIn();
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    await page.route(`${api.url}/v1/client?*`, async (route) => {
      await gate;
      await route.continue();
    });
    await page.reload();
    await page.waitForFunction(() => document.querySelector('clerk-show')?.matches(':state(loading)'));
    assert.deepEqual(await shown(page), { seen: [], shift: 0, violations: [] });
    assert.equal(await page.locator('#name').textContent(), '');
    release();
    await page.locator('#in').waitFor();
    assert.equal(await page.locator('#greeting').innerText(), 'Hello Ann');
    assert.equal(await page.locator('#plan').innerText(), 'small');
    assert.deepEqual(await shown(page), { seen: ['in'], shift: 0, violations: [] });
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('stay as they were when Clerk cannot be loaded', async () => {
    const { context, page } = await visit();
    await context.addInitScript({ content: watch });
    await page.route(`${api.url}/v1/**`, (route) => route.abort('connectionrefused'));
    await page.goto(site.url);
    await page.locator('#name', { hasText: 'there' }).waitFor();
    assert.equal(await page.evaluate('Clerk.status'), 'error');
    assert.deepEqual(await shown(page), { seen: [], shift: 0, violations: [] });
    await context.close();
  });

  it('stay as they were when their files cannot be fetched, without a message in the middle of a text', async () => {
    const { context, page, complaints } = await visit();
    await context.addInitScript({ content: watch });
    await page.route(/\/(show|text)-[^/]*\.js/, (route) => route.abort('connectionreset'));
    const said = ['clerk-show', 'clerk-text'].map((tag) =>
      page.waitForEvent('console', (message) => message.text().includes(`<${tag}> could not be loaded`)),
    );
    await page.goto(site.url);
    await Promise.all(said);
    await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.equal(await page.locator('[role=alert]').filter({ visible: true }).count(), 0);
    assert.ok(await page.locator('[role=alert]').count());
    assert.deepEqual(await shown(page), { seen: [], shift: 0, violations: [] });
    assert.ok(complaints.length >= 2);
    await context.close();
  });

  it('follow every change, in every tab', async () => {
    const { context, page, complaints } = await signedIn();
    const other = await context.newPage();
    await other.goto(site.url);
    await other.locator('#in').waitFor();
    const tabs = [page, other];

    await page.evaluate("Clerk.user.updateMetadata({ unsafeMetadata: { plan: 'large' } })");
    await other.locator('#large').waitFor();
    for (const tab of tabs) assert.equal(await tab.locator('#plan').innerText(), 'large');

    await backend('/metadata', { public_metadata: { role: 'admin' } });
    await page.evaluate('Clerk.user.reload()');
    await page.locator('#admin').waitFor();
    assert.equal(await page.locator('#role').innerText(), 'admin');
    assert.equal(await other.locator('#admin').isVisible(), false);
    // Back on the other tab.
    await other.evaluate("void window.dispatchEvent(new Event('focus'))");
    await other.locator('#admin').waitFor();

    await backend('', { first_name: 'Bea' });
    await page.evaluate('Clerk.user.reload()');
    await page.locator('#name', { hasText: 'Bea' }).waitFor();

    await page.evaluate('void Clerk.signOut(() => undefined)');
    for (const tab of tabs) {
      await tab.locator('#out').waitFor();
      assert.deepEqual(await tab.locator('main p:visible').allInnerTexts(), ['Who are you?']);
      assert.equal(await tab.locator('#greeting').innerText(), 'Hello there');
      assert.deepEqual((await report(tab)).violations, []);
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('find fresh tokens beside them, the session’s and those of templates, in every tab', async () => {
    const { context, page } = await signedIn();
    const other = await context.newPage();
    await other.goto(site.url);
    await other.locator('#in').waitFor();
    /** What both tokens of a tab say. */
    const claims = (tab: Page) =>
      tab.evaluate(`Promise.all([Clerk.session.getToken(), Clerk.session.getToken({ template: 'orders' })]).then((tokens) =>
        tokens.map((jwt) => JSON.parse(atob(jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')))).map(({ plan, role }) => [plan, role]))`);
    for (const tab of [page, other]) assert.deepEqual(await claims(tab), Array(2).fill(['small', null]));

    await page.evaluate("Clerk.user.updateMetadata({ unsafeMetadata: { plan: 'large' } })");
    assert.deepEqual(await claims(page), Array(2).fill(['large', null]));
    await other.locator('#large').waitFor();
    assert.deepEqual(await claims(other), Array(2).fill(['large', null]));

    await backend('/metadata', { public_metadata: { role: 'admin' } });
    await page.evaluate('Clerk.user.reload()');
    assert.deepEqual(await claims(page), Array(2).fill(['large', 'admin']));
    await other.evaluate("void window.dispatchEvent(new Event('focus'))");
    await other.locator('#admin').waitFor();
    assert.deepEqual(await claims(other), Array(2).fill(['large', 'admin']));
    await context.close();
  });
});
