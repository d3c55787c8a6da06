/** Pages under the strictest policy (security.md B3): those of the demo at the address where they always are, and a test's own. */
import { readFile } from 'node:fs/promises';
import type { TestApi } from './api.ts';
import { serveSite, visit } from './journey.ts';
import type { Site, Visit } from './journey.ts';
import { nonce } from './page-policy.ts';

/** @param pictures what may come from elsewhere */
const policyOf = ({ url }: Pick<TestApi, 'url'>, pictures = '') =>
  `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'none'; connect-src ${url}; ` +
  `img-src ${url} ${pictures}; require-trusted-types-for 'script'; trusted-types lit-html`;

/** Opens the page of that name; `violations` grows with each thing that the policy refuses. */
export async function serveUnderStrictPolicy(api: Pick<TestApi, 'url' | 'backendUrl' | 'publishableKey'>, name: string): Promise<Visit> {
  const html = (await readFile(new URL(`../../demo/${name}`, import.meta.url), 'utf8'))
    .replaceAll('YOUR_PUBLISHABLE_KEY', api.publishableKey)
    .replaceAll('https://YOUR_FRONTEND_API_URL', api.url)
    .replaceAll('https://YOUR_BACKEND_API_URL', api.backendUrl)
    .replaceAll('<script', `<script nonce="${nonce}"`);
  const policy = policyOf(api);
  const visitor = await visit();
  await visitor.context.route(`${api.url}/${name}`, (route) =>
    route.fulfill({ body: html, contentType: 'text/html; charset=utf-8', headers: { 'content-security-policy': policy } }),
  );
  await visitor.page.goto(`${api.url}/${name}`);
  return visitor;
}

/** A site of one page under the policy, which may have pictures in its own text besides. @param page asked at each request */
export const serveStrictSite = (api: Pick<TestApi, 'url'>, page: () => { language?: string; body: string }): Promise<Site> =>
  serveSite(() => {
    const { language = 'en', body } = page();
    return {
      body: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`,
      headers: { 'content-security-policy': policyOf(api, 'data:') },
    };
  });

/** The script tag of such a page. */
export const strictTag = (api: Pick<TestApi, 'url' | 'publishableKey'>, attributes = ''): string =>
  `<script nonce="${nonce}" ${attributes} data-clerk-publishable-key="${api.publishableKey}" src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>`;
