/** The three engines as launchers for the browser test runner. */
import { ChromeLauncher } from '@web/test-runner-chrome';
import { findBrowser } from '../find-browser.mjs';
import { WebKitLauncher } from './webkit-launcher.mjs';

/** Test files at the same time in one browser. */
const concurrency = 2;

/**
 * A browser that gives each test file a profile of its own: the runner's launcher would go on with the page of the file
 * before, with its cookies and its storage.
 */
class IsolatedLauncher extends ChromeLauncher {
  /**
   * @override
   * @param {string} sessionId
   */
  async stopSession(sessionId) {
    const page = this.getPage(sessionId);
    const result = await super.stopSession(sessionId);
    // @ts-expect-error: private to the launcher, and the only way to keep it from using the page again
    this.inactivePages = this.inactivePages.filter(({ puppeteerPage }) => puppeteerPage !== page);
    await page.browserContext().close();
    return result;
  }
}

/**
 * @param {string} name
 * @param {import('puppeteer-core').LaunchOptions} options
 * @param {number} concurrency
 * @param {(page: import('puppeteer-core').Page) => Promise<void>} [prepare]
 */
function createLauncher(name, options, concurrency, prepare) {
  const launcher = new IsolatedLauncher(
    options,
    ({ browser }) => Promise.resolve(browser.defaultBrowserContext()),
    async ({ browser }) => {
      const page = await (await browser.createBrowserContext()).newPage();
      await prepare?.(page);
      return page;
    },
    undefined,
    concurrency,
  );
  launcher.name = name;
  return launcher;
}

/** Every page behaves as the one in front, although several are open: focus, timers and animation frames. */
async function keepInFront(/** @type {import('puppeteer-core').Page} */ page) {
  const session = await page.createCDPSession();
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
}

/** @typedef {import('@web/test-runner-core').BrowserLauncher} BrowserLauncher */

/** @type {Record<string, () => Promise<BrowserLauncher>>} */
const engines = {
  chromium: async () => {
    const executablePath = await findBrowser('chromium');
    const args = ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'];
    return createLauncher('Chromium', { executablePath, args }, concurrency, keepInFront);
  },
  // Over WebDriver BiDi. Only one of its pages has the focus.
  firefox: async () => createLauncher('Firefox', { browser: 'firefox', executablePath: await findBrowser('firefox'), headless: true }, 1),
  // The launcher's own types do not agree with the runner's about an optional member.
  webkit: async () => /** @type {BrowserLauncher} */ (new WebKitLauncher(await findBrowser('webkit'))),
};

/**
 * @param {string[]} names `chromium`, `firefox`, `webkit`
 * @throws {Error} for a name that is none of them, and where a browser is missing
 */
export async function launchers(names) {
  const unknown = names.find((name) => !Object.hasOwn(engines, name));
  if (unknown !== undefined) throw new Error(`There is no engine "${unknown}": expected ${Object.keys(engines).join(', ')}.`);
  return Promise.all(names.flatMap((name) => engines[name]?.() ?? []));
}
