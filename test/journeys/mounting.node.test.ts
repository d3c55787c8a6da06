/** Order does not matter, twice is once, and nothing grows: how pages load and mount (users-asked.md 1–5, 11, 32). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, serveSite, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';

describe('loading and mounting', () => {
  let api: TestApi;
  let site: Site;
  let body = '';
  let head = '';

  before(async () => {
    api = await startApi();
    site = await serveSite(() => ({
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`,
    }));
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  const tag = (attributes = 'async crossorigin="anonymous"') =>
    `<script ${attributes} data-clerk-publishable-key="${api.publishableKey}" src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>`;

  const open = async (content: { head?: string; body: string }) => {
    head = content.head ?? '';
    body = content.body;
    const result = await visit();
    await result.page.goto(site.url);
    return result;
  };
  const card = (page: Page) => page.locator('input[name=identifier]').waitFor();

  it('needs one tag and one element, no line of script', async () => {
    const { context, page, requests, complaints } = await open({ body: `${tag()}<clerk-sign-in></clerk-sign-in>` });
    await card(page);
    const scripts = requests.filter(({ resourceType }) => resourceType === 'script');
    assert.equal(scripts.length, 2, scripts.map(({ url }) => url.href).join('\n'));
    const hosts = new Set(requests.filter(({ url }) => url.protocol.startsWith('http')).map(({ url }) => url.host));
    assert.deepEqual([...hosts].sort(), [new URL(site.url).host, new URL(api.url).host].sort(), 'no third host');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('mounts before load(), and load() twice is one load', async () => {
    const { context, page, requests } = await open({
      body: `<div id="card"></div>${tag('crossorigin="anonymous"')}<script>
        Clerk.mountSignIn(document.getElementById('card'));
        Promise.all([Clerk.load(), Clerk.load()]).then(() => Clerk.load()).then(() => (document.title = 'loaded'));
      </script>`,
    });
    await card(page);
    await page.waitForFunction(() => document.title === 'loaded');
    assert.equal(requests.filter(({ url }) => url.pathname === '/v1/client').length, 1);
    assert.equal(requests.filter(({ url }) => url.pathname === '/v1/environment').length, 1);
    await context.close();
  });

  it('keeps the first instance when the script comes twice', async () => {
    const { context, page, complaints } = await open({
      body: `${tag('')}<script>globalThis.first = Clerk</script>${tag('')}<clerk-sign-in></clerk-sign-in>`,
    });
    await card(page);
    assert.equal(await page.evaluate('globalThis.first === globalThis.Clerk'), true);
    assert.ok(complaints.length <= 1, complaints.join('\n'));
    await context.close();
  });

  it('is not misled by elements that shadow its names', async () => {
    const { context, page } = await open({
      body: `<form id="Clerk"></form><img name="currentScript" alt=""><form name="head"></form>${tag()}<clerk-sign-in></clerk-sign-in>`,
    });
    await card(page);
    await page.evaluate('Clerk.load()');
    await context.close();
  });

  it('mounts on a node inside a shadow root', async () => {
    const { context, page } = await open({
      body: `<div id="host"></div>${tag('')}<script>
        const root = document.getElementById('host').attachShadow({ mode: 'open' });
        const node = document.createElement('div');
        root.append(node);
        Clerk.mountSignIn(node);
      </script>`,
    });
    await card(page);
    const background = await page.locator('.cl-formButtonPrimary').evaluate((node) => getComputedStyle(node).backgroundColor);
    assert.notEqual(background, 'rgba(0, 0, 0, 0)', 'styled inside the shadow root');
    await context.close();
  });

  it('mounts and unmounts a hundred times without growth', async () => {
    const { context, page } = await open({ body: `<div id="card"></div>${tag('')}` });
    await page.evaluate('Clerk.load()');
    const session = await context.newCDPSession(page);
    const round = (times: number) =>
      page.evaluate(async (count) => {
        interface Mounting {
          mountSignIn(node: Element): void;
          unmountSignIn(node: Element): void;
        }
        const { Clerk } = globalThis as unknown as { Clerk: Mounting };
        const node = document.getElementById('card')!;
        for (let index = 0; index < count; index++) {
          Clerk.mountSignIn(node);
          await new Promise<void>((resolve) => {
            const observer = new MutationObserver(() => {
              if (!node.querySelector('input')) return;
              observer.disconnect();
              resolve();
            });
            observer.observe(node, { childList: true, subtree: true });
            if (node.querySelector('input')) resolve();
          });
          Clerk.unmountSignIn(node);
        }
      }, times);
    const listeners = async () => {
      await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      return {
        listeners: metrics.find(({ name }) => name === 'JSEventListeners')?.value ?? 0,
        nodes: metrics.find(({ name }) => name === 'Nodes')?.value ?? 0,
      };
    };
    await session.send('Performance.enable');
    await round(10);
    const before = await listeners();
    await round(100);
    const after = await listeners();
    assert.ok(after.listeners <= before.listeners + 5, `listeners ${before.listeners} → ${after.listeners}`);
    assert.ok(after.nodes <= before.nodes + 50, `nodes ${before.nodes} → ${after.nodes}`);
    assert.equal(await page.locator('#card').innerHTML(), '');
    await context.close();
  });

  it('shifts nothing: boxes are reserved before the script arrives', async () => {
    const { context, page } = await open({
      head: `<link rel="stylesheet" href="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.css">`,
      body: `<clerk-sign-in></clerk-sign-in><p>below</p><script>
        globalThis.shift = 0;
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
      </script>${tag()}`,
    });
    await card(page);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    assert.equal(await page.evaluate('globalThis.shift'), 0);
    await context.close();
  });

  it('opens the card in a real dialog and gives the focus back', async () => {
    const { context, page } = await open({
      body: `<button id="open">Sign in</button>${tag('')}<script>document.getElementById('open').onclick = () => Clerk.openSignIn()</script>`,
    });
    await page.locator('#open').click();
    await card(page);
    const dialog = page.locator('dialog.cl-modalContent');
    assert.equal(await dialog.evaluate((node: HTMLDialogElement) => node.matches(':modal')), true);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'identifier');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'open');
    await context.close();
  });

  it('says clearly what is wrong with a missing or malformed key', async () => {
    for (const key of ['', 'pk_test_bm9kb3Qk']) {
      const { context, page, complaints } = await open({
        body: `<script data-clerk-publishable-key="${key}" src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script><clerk-sign-in></clerk-sign-in>`,
      });
      await page.waitForLoadState();
      assert.ok(
        complaints.some((text) => /publishable ?key/i.test(text)),
        complaints.join('\n') || 'nothing said',
      );
      await context.close();
    }
  });
});
