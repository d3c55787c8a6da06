/** The strictest policy (security.md B3), which every story runs under: what it is, that it is enforced, and that everything works. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, serveSite, signInWithPassword, testCode, visit } from '../support/journey.ts';
import { withSecondFactors } from '../support/second-factors.ts';

describe('B3: under the strict policy', () => {
  let api: TestApi;

  before(async () => {
    api = await startApi({ instance: withSecondFactors });
  });

  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  const open = async (path: string) => {
    const result = await visit();
    const answer = result.page.waitForResponse((response) => new URL(response.url()).pathname === path);
    await result.page.goto(api.url + path);
    const policy = (await (await answer).allHeaders())['content-security-policy'] ?? '';
    return { ...result, policy };
  };
  const field = (page: Page, name: string) => page.locator(`clerk-unsafe-field[name=${name}] :is(input, select)`);
  const strict = [
    "default-src 'none'",
    "style-src 'none'",
    "'strict-dynamic'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ];

  it('index.html with nonces signs in, saves fields, fetches methods and signs out', async () => {
    const { context, page, complaints } = await open('/');
    await signInWithPassword(page);
    await field(page, 'nickname').waitFor();
    await field(page, 'nickname').fill('Janey');
    await field(page, 'nickname').press('Tab');
    await page.locator('#unsafe-metadata', { hasText: 'Janey' }).waitFor();
    await page.locator('#show-token').click();
    await page.locator('#token', { hasText: '"sid"' }).waitFor();
    // A method that comes in a file of its own.
    assert.equal(await page.evaluate('Clerk.user.createTOTP().then(({ secret }) => secret.length)'), 32);
    await page.locator('#sign-out').click();
    await page.locator('input[name=identifier]').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  const refused: [action: string, directive: string][] = [
    ["document.body.setAttribute('style', 'color: red')", 'style-src-attr'],
    ["document.head.append(Object.assign(document.createElement('style'), { textContent: 'p {}' }))", 'style-src-elem'],
    ["document.body.innerHTML = ''", 'require-trusted-types-for'],
    ["trustedTypes.createPolicy('another', {})", 'trusted-types'],
    ["fetch('https://elsewhere.test/').catch(() => undefined)", 'connect-src'],
    ["new Image().src = 'https://elsewhere.test/a.png'", 'img-src'],
    ["eval('1')", 'require-trusted-types-for'],
  ];
  for (const [action, directive] of refused) {
    it(`a story fails where its page does what the policy refuses: ${action}`, async () => {
      const page = `<body><script src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js" data-clerk-publishable-key="${api.publishableKey}"></script>
        <script>try { ${action} } catch { document.title = 'refused' }</script></body>`;
      const site = await serveSite(() => ({ body: `<!doctype html><html lang="en"><head><title>Page</title></head>${page}</html>` }));
      try {
        const { context, page: tab, violations } = await visit();
        await tab.goto(site.url);
        await assert.rejects(context.close(), { code: 'ERR_ASSERTION' });
        assert.ok(violations.length && violations.every((text) => text.startsWith(directive)), violations.join('; '));
      } finally {
        await site.stop();
      }
    });
  }

  it('the hosted /sign-in and /sign-up pages have it from the server, and cannot be framed', async () => {
    const { context, page, policy, complaints } = await open('/sign-up');
    for (const directive of [...strict, "frame-ancestors 'none'"]) assert.ok(policy.includes(directive), `${directive} in ${policy}`);
    await page.locator('input[name=emailAddress]').fill('strict+clerk_test@example.com');
    await page.locator('input[name=password]').fill('willow-compass-marble');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByRole('textbox', { name: /^Enter verification code/ }).fill(testCode);
    await page.waitForURL(`${api.url}/`);
    await page.goto(`${api.url}/sign-in`);
    await page.getByText('strict+clerk_test@example.com').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
