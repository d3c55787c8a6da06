/**
 * Finds the browsers that the tests run in. In this order: the one named by an environment variable, an installed one, then
 * (Debian and Ubuntu, as root) the distribution's package, then Playwright's own download; else one clear sentence.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { chromium, firefox } from 'playwright-core';

/**
 * @typedef {object} Engine
 * @property {string} name
 * @property {string} variable environment variable that names the program
 * @property {string[]} commands looked for on the PATH
 * @property {string[]} places absolute paths
 * @property {string[][]} packages of Debian and Ubuntu: the first of these groups that there is
 * @property {{ executablePath(): string } | undefined} playwright
 * @property {string} advice
 */

/** Folders that programs are installed in on Windows. */
const programFolders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);

/** @type {Record<'chromium' | 'firefox' | 'webkit', Engine>} */
const engines = {
  chromium: {
    name: 'Chromium',
    variable: 'CHROME_PATH',
    // The first one has no window to draw, and takes a third of the others' time for a page.
    commands: [
      'chromium-headless-shell',
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      'microsoft-edge',
      'microsoft-edge-stable',
    ],
    places: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ...programFolders.flatMap((folder) => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Microsoft/Edge/Application/msedge.exe'),
      ]),
    ],
    packages: [['chromium-headless-shell'], ['chromium']],
    playwright: chromium,
    advice: 'Install Chrome, Chromium or Edge, or set CHROME_PATH to the program.',
  },
  firefox: {
    name: 'Firefox',
    variable: 'FIREFOX_PATH',
    commands: ['firefox', 'firefox-esr'],
    places: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      ...programFolders.map((folder) => join(folder, 'Mozilla Firefox/firefox.exe')),
    ],
    packages: [['firefox-esr']],
    playwright: firefox,
    advice: 'Install Firefox, or set FIREFOX_PATH to the program.',
  },
  webkit: {
    name: 'WebKitGTK',
    variable: 'WEBKIT_DRIVER_PATH',
    commands: ['WebKitWebDriver'],
    places: [],
    packages: [['webkit2gtk-driver', 'xvfb']],
    // Playwright's WebKit speaks a protocol of its own, which the test runner does not.
    playwright: undefined,
    advice: 'Install the Debian or Ubuntu packages webkit2gtk-driver and xvfb, or set WEBKIT_DRIVER_PATH to WebKitWebDriver.',
  },
};

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Path of a command that a shell would find.
 * @param {string} command
 * @returns {string | undefined}
 */
export function findCommand(command) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, command)).find(isProgram);
}

/** @param {Engine} engine */
function findInstalled(engine) {
  for (const command of engine.commands) {
    const found = findCommand(command);
    if (found) return found;
  }
  return engine.places.find(isProgram);
}

/**
 * Runs a program with its output on stderr, so that ours stays readable for programs.
 * @param {string} program
 * @param {string[]} parameters
 */
function run(program, parameters) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(program, parameters, { env: environment, stdio: ['ignore', 2, 2] }).status === 0;
}

/** @param {Engine} engine */
function installPackages(engine) {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/etc/debian_version') || !findCommand('apt-get')) return;
  console.error(`${engine.name} is missing: installing ${engine.packages.map((group) => group.join(' and ')).join(', or else ')} …`);
  const install = () => engine.packages.some((group) => run('apt-get', ['install', '--yes', '--no-install-recommends', ...group]));
  // The list of packages may be missing or old.
  if (!install() && run('apt-get', ['update'])) install();
}

/** @param {Engine} engine */
function download(engine) {
  const { playwright } = engine;
  if (!playwright) return undefined;
  if (!isProgram(playwright.executablePath())) {
    console.error(`${engine.name} is missing: downloading Playwright’s …`);
    const cli = createRequire(import.meta.url).resolve('playwright-core/cli.js');
    run(process.execPath, [cli, 'install', engine.name.toLowerCase()]);
  }
  const path = playwright.executablePath();
  return isProgram(path) ? path : undefined;
}

/**
 * Path of the engine's program; for `webkit` of its WebDriver. Installs it where it is missing and that can be done.
 * @param {keyof typeof engines} [name]
 * @returns {Promise<string>}
 * @throws {Error} with a sentence that says what to install
 */
export async function findBrowser(name = 'chromium') {
  const engine = engines[name];
  const given = process.env[engine.variable];
  if (given) {
    if (isProgram(given)) return given;
    throw new Error(`${engine.variable} is ${given}, which is not a program.`);
  }
  const installed = findInstalled(engine);
  if (installed) return installed;
  installPackages(engine);
  const found = findInstalled(engine) ?? download(engine);
  if (found) return found;
  throw new Error(`No ${engine.name} was found. ${engine.advice}`);
}
