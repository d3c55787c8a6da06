/** Whole stories: the built files in a real Chromium against the running local API and its real database. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { findBrowser } from '../../tools/find-browser.mjs';
import { enforcePolicy, watchViolations } from './page-policy.ts';
import type { PagePolicy } from './page-policy.ts';
import { assertNothingKept } from './page-sweep.ts';
import { jane } from './users.ts';

export { jane };

/** The code that every `+clerk_test` address takes. */
export const testCode = '424242';

let browser: Promise<Browser> | undefined;

/** Environment variable with the address of the browser that the run's files share. */
const variable = 'TEST_BROWSER';

/**
 * One browser a test file, or a connection to that of the run, where no file sees the profiles of another; close it with
 * `closeBrowser()` in `after()`.
 */
export function openBrowser(): Promise<Browser> {
  const shared = process.env[variable];
  // Before anything is awaited: tests that run at the same time share it too.
  browser ??= shared ? chromium.connect(shared) : launchOptions().then((options) => chromium.launch(options));
  return browser;
}

/** Starts the browser of a run. */
export async function startSharedBrowser(): Promise<{ environment: Record<string, string>; stop(): Promise<void> }> {
  // Only who knows the path may drive it.
  const server = await chromium.launchServer({ ...(await launchOptions()), host: '127.0.0.1', wsPath: randomUUID() });
  return { environment: { [variable]: server.wsEndpoint() }, stop: () => server.close() };
}

const launchOptions = async () => ({
  executablePath: await findBrowser(),
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
});

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** A page in a fresh browser profile, with what a story wants to know of it. */
export interface Visit {
  context: BrowserContext;
  page: Page;
  /** Every request of all pages of the profile, in order. */
  requests: { method: string; url: URL; resourceType: string }[];
  /** Console messages of type `error` and `warning`, and uncaught exceptions. */
  complaints: string[];
  /** Console messages of type `log`. */
  logs: string[];
  /** What policies have refused; where it is expected, a test takes it out. */
  violations: string[];
}

/** How a profile is opened. */
export interface VisitOptions extends BrowserContextOptions {
  /** What the strictest policy has to allow besides; `false` for pages without any: of others, or to see what would run there. */
  policy?: PagePolicy | false;
}

/**
 * Opens a profile. Nothing in it outlives `context.close()`, which rejects if a policy had to refuse anything to its pages: those with
 * our script are under the strictest (security.md, B3), whatever else a test is about; or if the browser was given a credential to keep (B8).
 */
export async function visit({ policy = {}, ...options }: VisitOptions = {}): Promise<Visit> {
  const context = await (await openBrowser()).newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(15_000);
  const violations = await watchViolations(context);
  if (policy) await enforcePolicy(context, policy);
  const close = context.close.bind(context);
  context.close = async (...reason) => {
    // What was refused just before is told in a task of its own.
    await Promise.all(
      context.pages().map((page) => page.evaluate(() => new Promise((resolve) => setTimeout(resolve))).catch(() => undefined)),
    );
    const kept = policy ? assertNothingKept(context) : Promise.resolve();
    await kept.finally(() => close(...reason));
    if (policy) assert.deepEqual(violations, [], 'refused by a policy');
  };
  const result: Visit = { context, page: await context.newPage(), requests: [], complaints: [], logs: [], violations };
  context.on('request', (request) =>
    result.requests.push({
      method: request.method(),
      url: new URL(request.url()),
      resourceType: request.resourceType(),
    }),
  );
  context.on('console', (message) => {
    if (message.type() === 'log') result.logs.push(message.text());
    if (message.type() === 'error' || message.type() === 'warning') result.complaints.push(message.text());
  });
  context.on('weberror', (error) => result.complaints.push(String(error.error())));
  return result;
}

/** A page of somebody's own, on an origin of its own. */
export interface Site {
  url: string;
  stop(): Promise<void>;
}

/** Serves pages by path; a function gets the request's path and gives back the answer. */
export async function serveSite(
  answer: (path: string) => { body: string; type?: string; headers?: Record<string, string> } | undefined,
): Promise<Site> {
  const server = createServer((request, response) => {
    const found = answer(new URL(request.url ?? '/', 'http://site.test').pathname);
    response.writeHead(found ? 200 : 404, { 'content-type': found?.type ?? 'text/html; charset=utf-8', ...found?.headers });
    response.end(found?.body ?? 'not found');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Signs the demo person in by the card on the page. */
export async function signInWithPassword(page: Page, person = jane): Promise<void> {
  await page.locator('input[name=identifier]').fill(person.emailAddress);
  const password = page.locator('input[name=password]:visible');
  if (!(await password.count())) await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await password.fill(person.password);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
}

/** The same, until the page that the card leads to has loaded: nothing that follows meets that navigation. */
export async function signInAndArrive(page: Page, person = jane): Promise<void> {
  const arrived = page.waitForEvent('load');
  await signInWithPassword(page, person);
  await arrived;
}
