/**
 * What a browser downloads, against the budgets of the project. Bytes are brotli at its best quality, of the files that are
 * really sent; a kilobyte is 1000 of them.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

/** Bytes, and files. */
export const budgets = {
  /** The headless API. */
  core: 16_000,
  /** All that shows the sign-in card: core and UI. */
  signIn: 32_000,
  signInFiles: 2,
  /** Each further file: elements, later screens, methods. */
  element: 5_000,
};

/** @typedef {{ name: string, bytes: number }} Measured */
/** @typedef {{ what: string, bytes: number, budget: number }} Row */

/**
 * Every script of a folder.
 * @param {string} folder
 * @returns {Promise<Measured[]>}
 */
export async function measure(folder) {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.js')).sort();
  return Promise.all(
    names.map(async (name) => {
      const compressed = await promisify(brotliCompress)(await readFile(join(folder, name)), {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
      });
      return { name, bytes: compressed.byteLength };
    }),
  );
}

/**
 * Compares. A file that is missing is a mistake, never a small one.
 * @param {Measured[]} files
 * @returns {{ rows: Row[], mistakes: string[] }}
 */
export function compare(files) {
  const core = files.find(({ name }) => name === 'clerk.browser.js');
  const module = files.find(({ name }) => name === 'index.js');
  const ui = files.filter(({ name }) => /^ui-[A-Z0-9]+\.js$/.test(name));
  const elements = files.filter((file) => file !== core && file !== module && !ui.includes(file));
  const mistakes = [];
  if (!core) mistakes.push('clerk.browser.js is missing: run npm run build');
  if (!module) mistakes.push('index.js is missing: run npm run build');
  if (!ui.length) mistakes.push('ui-….js is missing: run npm run build');
  if (!elements.length) mistakes.push('there is no file of a further element: run npm run build');
  const signInFiles = [...(core ? [core] : []), ...ui];
  if (signInFiles.length > budgets.signInFiles) {
    mistakes.push(`the sign-in card takes ${signInFiles.length} files, ${budgets.signInFiles} are allowed`);
  }
  const rows = [
    ...(core ? [{ what: 'core (clerk.browser.js)', bytes: core.bytes, budget: budgets.core }] : []),
    ...(module ? [{ what: 'core as a module (index.js)', bytes: module.bytes, budget: budgets.core }] : []),
    { what: 'core and UI, for the sign-in card', bytes: signInFiles.reduce((sum, { bytes }) => sum + bytes, 0), budget: budgets.signIn },
    ...elements.map(({ name, bytes }) => ({ what: name, bytes, budget: budgets.element })),
  ];
  for (const { what, bytes, budget } of rows) {
    if (bytes > budget) mistakes.push(`${what}: ${bytes} bytes, ${bytes - budget} over the budget of ${budget}`);
  }
  return { rows, mistakes };
}
