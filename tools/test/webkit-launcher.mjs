/** WebKitGTK behind its own WebDriver, on a display that nobody sees. Both end with the tests. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { WebdriverLauncher } from '@web/test-runner-webdriver';
import { findCommand } from '../find-browser.mjs';

/** Where distributions keep WebKit's own small browser. */
const miniBrowsers = ['x86_64-linux-gnu', 'aarch64-linux-gnu', '']
  .flatMap((architecture) => ['4.1', '6.0', '4.0'].map((version) => `${architecture}/webkit2gtk-${version}/MiniBrowser`))
  .flatMap((path) => [`/usr/lib/${path}`, `/usr/libexec/${path}`]);

/**
 * Code points that WebDriver has for keys without a character.
 * @type {Record<string, string>}
 */
const keyCodes = { Backspace: '\ue003', Tab: '\ue004', Enter: '\ue007', Escape: '\ue00c', ArrowDown: '\ue015', Delete: '\ue017' };

async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

export class WebKitLauncher extends WebdriverLauncher {
  /** @type {import('node:child_process').ChildProcess[]} */
  #processes = [];
  #driver;

  /** @param {string} driver path of `WebKitWebDriver` */
  constructor(driver) {
    const binary = miniBrowsers.find((path) => existsSync(path));
    if (!binary) throw new Error('WebKitWebDriver is there, but MiniBrowser is not: install libwebkit2gtk-4.1-0.');
    super({
      automationProtocol: 'webdriver',
      hostname: '127.0.0.1',
      port: 0,
      path: '/',
      capabilities: /** @type {WebdriverIO.Capabilities} */ ({
        browserName: 'MiniBrowser',
        'wdio:enforceWebDriverClassic': true,
        'webkitgtk:browserOptions': { binary, args: ['--automation'] },
      }),
    });
    this.#driver = driver;
  }

  /**
   * @override
   * @param {import('@web/test-runner-core').TestRunnerCoreConfig} config
   */
  async initialize(config) {
    const port = await findFreePort();
    const display = await this.#startDisplay();
    // Without a language of the environment's the browser would say that the person's is "C".
    const environment = {
      ...process.env,
      LANGUAGE: 'en_US',
      LC_ALL: 'en_US.UTF-8',
      DISPLAY: display,
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    };
    this.#start(this.#driver, [`--port=${port}`], environment);
    // @ts-expect-error: private to the launcher, which reads it at the first session
    this.options.port = port;
    await super.initialize(config);
    this.name = 'WebKit';
  }

  /**
   * The runner may ask twice, and what has ended answers no more.
   * @override
   */
  async stop() {
    const processes = this.#processes.splice(0);
    if (!processes.length) return;
    await super.stop();
    for (const child of processes) child.kill();
  }

  /**
   * One key after the other. The launcher's own way holds them all down until the last, and a key that is down is not pressed again.
   * @override
   * @param {string} _sessionId the only one
   * @param {string[]} keys characters and names of keys
   */
  async sendKeys(_sessionId, keys) {
    const driver = this.#session;
    const actions = keys.flatMap((key) => {
      const value = keyCodes[key] ?? key;
      return ['keyDown', 'keyUp'].map((type) => ({ type, value }));
    });
    await driver.performActions([{ type: 'key', id: 'keyboard', actions }]);
    await driver.releaseActions();
  }

  /** @param {import('./exposed-as.mjs').Question} question */
  async isExposedAs({ selector, role, name }) {
    const driver = this.#session;
    const reference = await driver.findElement('css selector', selector);
    const id = Object.values(/** @type {Record<string, string>} */ (/** @type {unknown} */ (reference)))[0] ?? '';
    return (await driver.getElementComputedRole(id)) === role && (await driver.getElementComputedLabel(id)) === name;
  }

  get #session() {
    // @ts-expect-error: private to the launcher, whose own commands are too few
    const driver = /** @type {import('webdriverio').Browser | undefined} */ (this.driver);
    if (!driver) throw new Error('WebKit has no session.');
    return driver;
  }

  async #startDisplay() {
    const program = findCommand('Xvfb');
    if (!program) throw new Error('Xvfb was not found: install the package xvfb.');
    const child = this.#start(program, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], process.env);
    const lines = createInterface({ input: /** @type {import('node:stream').Readable} */ (child.stdio[3]) });
    const [number] = await once(lines, 'line');
    return `:${number}`;
  }

  /**
   * @param {string} program
   * @param {string[]} parameters
   * @param {NodeJS.ProcessEnv} env
   */
  #start(program, parameters, env) {
    const child = spawn(program, parameters, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    this.#processes.push(child);
    process.once('exit', () => child.kill());
    return child;
  }
}
