/** Pages of the demo under the strictest policy (security.md B3), at the address where they always are. */
import { readFile } from 'node:fs/promises';
import type { BrowserContext } from 'playwright-core';
import type { TestApi } from './api.ts';
import { visit } from './journey.ts';
import type { Visit } from './journey.ts';

const nonce = 'c3RyaWN0LXBvbGljeQ';

/** What policies refuse to the pages of a profile, as it happens. */
export async function watchViolations(context: BrowserContext): Promise<string[]> {
  const violations: string[] = [];
  await context.exposeBinding('reportViolation', (_source, text: string) => void violations.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (globalThis as unknown as { reportViolation(text: string): void }).reportViolation;
      report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  return violations;
}

/** Opens the page of that name; `violations` grows with each thing that the policy refuses. */
export async function serveUnderStrictPolicy(
  api: Pick<TestApi, 'url' | 'backendUrl' | 'publishableKey'>,
  name: string,
): Promise<Visit & { violations: string[] }> {
  const html = (await readFile(new URL(`../../demo/${name}`, import.meta.url), 'utf8'))
    .replaceAll('YOUR_PUBLISHABLE_KEY', api.publishableKey)
    .replaceAll('https://YOUR_FRONTEND_API_URL', api.url)
    .replaceAll('https://YOUR_BACKEND_API_URL', api.backendUrl)
    .replaceAll('<script', `<script nonce="${nonce}"`);
  const policy =
    `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'none'; connect-src ${api.url}; ` +
    `img-src ${api.url}; require-trusted-types-for 'script'; trusted-types lit-html`;
  const visitor = await visit();
  const violations = await watchViolations(visitor.context);
  await visitor.context.route(`${api.url}/${name}`, (route) =>
    route.fulfill({ body: html, contentType: 'text/html; charset=utf-8', headers: { 'content-security-policy': policy } }),
  );
  await visitor.page.goto(`${api.url}/${name}`);
  return { ...visitor, violations };
}
