/**
 * The policy that pages of stories run under (security.md, B3): given to each page with our script on it that has none of its own, on
 * its way into the browser, so that it is a page as a site with that policy would send it.
 */
import type { BrowserContext, CDPSession, Page } from 'playwright-core';

/** Of scripts, and of style sheets that the page itself brings. */
export const nonce = 'c3RyaWN0LXBvbGljeQ';

export interface PagePolicy {
  /** What pages need for themselves, beside our script: more sources by directive. */
  more?: Record<string, string>;
}

/** Where our script comes from, which is where the API is. */
const ownScript = /(https?:\/\/[^/"'\s]+)\/npm\/@clerk\/clerk-js@/;

/** The strictest policy, with what the page brings along; `undefined` for pages without our script. */
export function policyOf(html: string, { more = {} }: PagePolicy = {}): string | undefined {
  const [, api] = ownScript.exec(html) ?? [];
  if (!api) return undefined;
  const directives: Record<string, string> = {
    'default-src': "'none'",
    'script-src': `'nonce-${nonce}' 'strict-dynamic'`,
    'style-src': /<style|rel="stylesheet"/.test(html) ? `'nonce-${nonce}'` : "'none'",
    'connect-src': api,
    // The page's own icon.
    'img-src': /rel="icon" href="data:/.test(html) ? `${api} data:` : `${api} 'self'`,
    'require-trusted-types-for': "'script'",
    'trusted-types': 'lit-html',
  };
  for (const [name, sources] of Object.entries(more)) directives[name] = `${(directives[name] ?? '').replace("'none'", '')} ${sources}`;
  return Object.entries(directives)
    .map((directive) => directive.join(' '))
    .join('; ');
}

/** Tags of the page itself carry the nonce; what is added later by `innerHTML` and the like does not. */
export const withNonces = (html: string): string =>
  html.replaceAll(/<(script|style|link rel="stylesheet")(?=[\s>])/g, `<$1 nonce="${nonce}"`);

/** Puts the pages of a profile under the policy, those to come too. */
export async function enforcePolicy(context: BrowserContext, policy?: PagePolicy): Promise<void> {
  // Of a page that was changed on its way the browser no longer knows that it comes from this machine, as the API does.
  await context.grantPermissions(['local-network-access']);
  const newPage = context.newPage.bind(context);
  const guards = new WeakMap<Page, Promise<void>>();
  const guard = (page: Page): Promise<void> => {
    const started = guards.get(page) ?? start(page);
    guards.set(page, started);
    return started;
  };
  const start = async (page: Page): Promise<void> => {
    page.waitForFunction = waitByEvaluation(page);
    const session = await context.newCDPSession(page);
    session.on('Fetch.requestPaused', (event) => void answer(session, event, policy).catch(() => undefined));
    await session.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Response' }] });
  };
  context.newPage = async () => {
    const page = await newPage();
    await guard(page);
    return page;
  };
  // Of popups the first document may have passed already; they close whenever they like.
  context.on('page', (page) => void guard(page).catch(() => undefined));
}

/** Playwright's own evaluates text inside the page, which the policy refuses; what a debugger evaluates is exempt. */
function waitByEvaluation(page: Page): Page['waitForFunction'] {
  const wait = async (condition: () => unknown, argument?: never, { timeout = 15_000 }: { timeout?: number } = {}): Promise<unknown> => {
    const end = Date.now() + timeout;
    for (;;) {
      // A document that is being left answers no more; the next one does.
      const value = await page.evaluateHandle(condition, argument).catch((error: unknown) => {
        if (!/context was destroyed|navigation/i.test(String(error))) throw error;
        return undefined;
      });
      if (await value?.jsonValue().catch(() => undefined)) return value;
      if (Date.now() > end) throw new Error(`waitForFunction: not within ${timeout} ms: ${String(condition)}`);
      // No event says that any condition may hold by now, so it is asked again and again. Playwright's own asks at each frame, from inside; of a
      // page that is not in front there are none.
      await page.waitForTimeout(20);
    }
  };
  return wait as Page['waitForFunction'];
}

interface PausedResponse {
  requestId: string;
  responseStatusCode?: number;
  responseHeaders?: { name: string; value: string }[];
}

async function answer(session: CDPSession, { requestId, ...response }: PausedResponse, policy?: PagePolicy): Promise<void> {
  const { responseStatusCode: responseCode = 0, responseHeaders: headers = [] } = response;
  const has = (name: string, value = '') => headers.some((each) => each.name.toLowerCase() === name && each.value.includes(value));
  if (responseCode >= 200 && responseCode < 300 && has('content-type', 'text/html') && !has('content-security-policy')) {
    const { body, base64Encoded } = await session.send('Fetch.getResponseBody', { requestId });
    const html = base64Encoded ? Buffer.from(body, 'base64').toString() : body;
    const value = policyOf(html, policy);
    if (value) {
      const kept = headers.filter(({ name }) => !/^content-(length|encoding)$/i.test(name));
      const responseHeaders = [...kept, { name: 'content-security-policy', value }];
      const changed = Buffer.from(withNonces(html)).toString('base64');
      await session.send('Fetch.fulfillRequest', { requestId, responseCode, responseHeaders, body: changed });
      return;
    }
  }
  await session.send('Fetch.continueRequest', { requestId });
}

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
