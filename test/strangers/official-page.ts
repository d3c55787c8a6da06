/** Pages with Clerk's official browser script on them, and what is asked of it there. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Clerk } from '@clerk/clerk-js';
import type { Page } from 'playwright-core';
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import type { TestApi } from '../support/api.ts';
import { serveSite } from '../support/journey.ts';
import type { Site, Visit } from '../support/journey.ts';

/** The script's development flow runs with hosts of the hosted service only; the proxy of the page leads to us. */
export const hostedKey = createPublishableKey({ instanceType: 'development', frontendApi: 'brave-otter-7.clerk.accounts.dev' });

/** The files of a package by path: each script finds its further files beside itself. */
function filesOf(name: string, folder = '/'): Map<string, string> {
  const dist = fileURLToPath(new URL(`../../node_modules/@clerk/${name}/dist/`, import.meta.url));
  return new Map(
    readdirSync(dist)
      .filter((file) => file.endsWith('.js'))
      .map((file) => [`${folder}${file}`, `${dist}${file}`]),
  );
}

/** How many codes the script has had sent, and how many are being sent. */
const countPreparations = `
  window.preparations = { done: 0, underWay: 0, seen: 0 };
  window.fetch = new Proxy(fetch, {
    async apply(...call) {
    if (!String(call[2][0]?.url ?? call[2][0]).includes('/prepare_')) return Reflect.apply(...call);
    preparations.underWay++;
    try {
      return await Reflect.apply(...call);
    } finally {
      preparations.underWay--;
      preparations.done++;
    }
    },
  });`;

const page = (
  { publishableKey, url }: TestApi,
  { script, body = '' }: { script: string; body?: string },
) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title>
  <link rel="icon" href="data:,"><script>${countPreparations}</script></head><body>${body}<script async crossorigin="anonymous" data-clerk-publishable-key="${publishableKey}"
  data-clerk-proxy-url="${url}" src="${script}"></script></body></html>`;

export interface OfficialPageOptions {
  /** Folder of the script's package below `@clerk`. */
  script?: 'clerk-js' | 'clerk-js-5';
  /** What is on the page beside the script; the files of `@clerk/ui` are found below `/ui/`. */
  body?: string;
}

/** @param api asked for when the page is, since an API may have to know the page's origin first */
export function serveOfficialPage(api: () => TestApi, { script = 'clerk-js', body = '' }: OfficialPageOptions = {}): Promise<Site> {
  const files = new Map([...filesOf(script), ...filesOf('ui', '/ui/')]);
  return serveSite((path) => {
    const file = files.get(path);
    return file === undefined
      ? { body: page(api(), { script: '/clerk.browser.js', body }) }
      : { body: readFileSync(file, 'utf8'), type: 'text/javascript; charset=utf-8' };
  });
}

/** The same page with our script. */
export function serveOwnPage(api: () => TestApi): Promise<Site> {
  return serveSite(() => ({ body: page(api(), { script: `${api().url}/npm/@clerk/clerk-js@6/dist/clerk.browser.js` }) }));
}

/** What is asked of the script, on its page. */
export function ask<Result, Argument = undefined>(
  page: Page,
  task: (clerk: Clerk, argument: Argument) => Result | Promise<Result>,
  argument?: Argument,
): Promise<Result> {
  return page.evaluate<Result>(`(${String(task)})(Clerk, ${JSON.stringify(argument)})`);
}

/** The refusal of what is asked: status, code and parameter. */
export function refusal<Argument = undefined>(
  page: Page,
  task: (clerk: Clerk, argument: Argument) => Promise<unknown>,
  argument?: Argument,
): Promise<unknown> {
  return page.evaluate(`(${String(task)})(Clerk, ${JSON.stringify(argument)}).then(
    () => 'It was not refused.',
    (error) => (error.errors ? [error.status, error.errors[0].code, error.errors[0].meta?.paramName].filter(Boolean) : String(error)),
  )`);
}

/** Waits for the script and loads it; the status it ends with. */
export async function load({ page }: Pick<Visit, 'page'>): Promise<string> {
  await page.waitForFunction('window.Clerk');
  return ask(page, async (clerk) => {
    await clerk.load({ telemetry: false });
    return clerk.status;
  });
}

/**
 * Presses a button of a component of Clerk's by the keyboard: a mouse takes the focus from a field while it is down, what the component
 * then says of that field moves the button, and what goes up elsewhere has clicked nothing.
 */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await button.click({ trial: true });
  await button.press('Enter');
}

/** Types a code into a component of Clerk's that asks for one, as a person does: the last digit sends it. */
export const typeCode = (page: Page, code: string): Promise<void> =>
  page.getByRole('textbox', { name: 'Enter verification code' }).first().pressSequentially(code);

/** The same with a code that comes by mail or text message: nobody knows it before it was sent, not even where it is always the same. */
export async function typeSentCode(page: Page, code: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Enter verification code' }).first().waitFor();
  await page.waitForFunction('!preparations.underWay && preparations.done > preparations.seen && (preparations.seen = preparations.done)');
  await typeCode(page, code);
}

/** What the browser itself writes on the console for an answer that is a refusal. */
export const refused = (status: number) => new RegExp(`^Failed to load resource: the server responded with a status of ${status} `);
