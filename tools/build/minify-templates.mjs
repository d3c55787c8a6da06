/** Style sheets and markup in template literals, which esbuild leaves as they are written. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { prepareTemplates } from './prepare-templates.mjs';

/** A tagged literal without substitutions. */
const sheets = /\bcss`([^`$\\]*)`/g;

/**
 * Shortens `css` literals as esbuild shortens style sheets, the names of our own custom properties in them, and line breaks in `html`
 * literals.
 * @returns {import('esbuild').Plugin}
 */
export function minifyTemplates() {
  return {
    name: 'minify-templates',
    setup({ onLoad, initialOptions }) {
      const names = customProperties(join(initialOptions.absWorkingDir ?? '', 'src/elements/styles'));
      onLoad({ filter: /[\\/]src[\\/](elements|factors)[\\/].*\.ts$/ }, async ({ path }) => ({
        contents: prepareTemplates(shortenMarkup(await shortenSheets(await readFile(path, 'utf8'), await names))),
        loader: 'ts',
      }));
    },
  };
}

/**
 * The custom properties that our sheets declare for themselves (`--cl-…`; a page sets the `--clerk-…` ones), in an order that is the
 * same in every build.
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
async function customProperties(folder) {
  const files = (await readdir(folder).catch(() => [])).sort();
  const sources = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return [...new Set(sources.join('\n').match(/--cl-[\w-]+(?=:)/g))].sort();
}

/**
 * @param {string} source
 * @param {string[]} names of custom properties
 */
async function shortenSheets(source, names) {
  const found = [...source.matchAll(sheets)];
  const short = await Promise.all(
    found.map(async ([, text = '']) => (await transform(text, { loader: 'css', minify: true, logLevel: 'silent' })).code.trim()),
  );
  let index = 0;
  return source.replaceAll(sheets, () => `css\`${shortenValues(short[index++] ?? '', names)}\``);
}

/**
 * What esbuild leaves as it is written: values of custom properties, and their names.
 * @param {string} sheet
 * @param {string[]} names
 */
const shortenValues = (sheet, names) =>
  sheet
    .replace(/(--cl-[\w-]+): /g, '$1:')
    .replace(/, /g, ',')
    .replace(/\) \* /g, ')*')
    .replace(/--cl-[\w-]+/g, (name) => (names.includes(name) ? `--cl-${names.indexOf(name).toString(36)}` : name));

/**
 * Line breaks of a template with their indentation: nothing beside a tag, as in JSX, one space anywhere else. Substitutions nest templates, so the literal's own text is told by counting
 * back quotes and braces.
 * @param {string} source
 */
export function shortenMarkup(source) {
  let result = '';
  /** What is open: a literal, marked by its tag, or a brace. @type {string[]} */
  const open = [];
  for (let index = 0; index < source.length; index++) {
    const character = source[index] ?? '';
    const inside = open.at(-1);
    const literal = inside === 'html' || inside === 'plain';
    if (character === '\\' && literal) {
      result += character + source[++index];
    } else if (literal && character === '`') {
      open.pop();
      result += character;
    } else if (literal && character === '$' && source[index + 1] === '{') {
      open.push('{');
      result += '${';
      index++;
    } else if (inside === 'html' && character === '\n') {
      while (/\s/.test(source[index + 1] ?? '')) index++;
      if (!/[>`]$/.test(result) && !/[<>`]/.test(source[index + 1] ?? '')) result += ' ';
    } else {
      const skipped = literal ? 0 : skip(source, index);
      if (skipped) {
        result += source.slice(index, index + skipped);
        index += skipped - 1;
        continue;
      }
      if (!literal && character === '`') open.push(/\b(html|svg)$/.test(result) ? 'html' : 'plain');
      else if (!literal && character === '{') open.push('{');
      else if (!literal && character === '}') open.pop();
      result += character;
    }
  }
  return result;
}

/** Length of the comment or string that starts here, in which quotes and braces mean nothing. @param {string} source @param {number} index */
function skip(source, index) {
  const rest = source.slice(index, index + 2);
  if (rest === '//') return Math.max(1, source.indexOf('\n', index) - index);
  if (rest === '/*') return source.indexOf('*/', index) + 2 - index;
  const quote = source[index];
  if (quote !== "'" && quote !== '"') return 0;
  let end = index + 1;
  while (source[end] !== quote && end < source.length) end += source[end] === '\\' ? 2 : 1;
  return end + 1 - index;
}
