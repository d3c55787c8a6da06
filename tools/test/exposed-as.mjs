/** Server command of browser tests: the role and the name that the engine gives an element, in whichever way its driver tells them. */

/**
 * @typedef {{ selector: string, role: string, name: string }} Question
 * @typedef {{ type: string, getPage(id: string): import('puppeteer-core').Page }} PuppeteerLauncher
 * @typedef {{ type: string, isExposedAs(question: Question): Promise<boolean> }} WebDriverLauncher
 */

/** @returns {import('@web/test-runner-core').TestRunnerPlugin<Question>} */
export function exposedAsPlugin() {
  return {
    name: 'exposed-as-command',
    async executeCommand({ command, payload, session }) {
      if (command !== 'is-exposed-as') return undefined;
      if (!payload) throw new Error('is-exposed-as needs a selector, a role and a name.');
      const browser = /** @type {PuppeteerLauncher | WebDriverLauncher} */ (/** @type {unknown} */ (session.browser));
      if ('isExposedAs' in browser) return browser.isExposedAs(payload);
      const { selector, role, name } = payload;
      // Over CDP and BiDi alike this asks the accessibility tree for the exact name.
      const found = await browser.getPage(session.id).$$(`aria/${name}[role="${role}"]`);
      const fits = await Promise.all(found.map((node) => node.evaluate((element, wanted) => element.matches(wanted), selector)));
      return fits.includes(true);
    },
  };
}
