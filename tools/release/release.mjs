/** What has to fit together before a release: its tag, its version, its files, what pins them, and what the package holds (security.md, B12, S6). */
import { createHash } from 'node:crypto';

/**
 * @typedef {object} Release
 * @property {string | undefined} tag that is to be published: `v1.2.3`
 * @property {{ version: string, publishConfig?: { provenance?: boolean } }} manifest `package.json`
 * @property {string} changelog
 * @property {Map<string, Buffer>} built contents by name, directly in `dist/`
 * @property {string[]} packed paths of the files in the package
 * @property {string[]} typed paths below `dist/types`, from the project's folder
 */

/** Whose names stay the same in each release: the version in the address tells them apart. */
const entries = ['clerk.browser.js', 'index.js', 'clerk.css'];
const beside = ['CHANGELOG.md', 'LICENSE', 'README.md', 'custom-elements.json', 'package.json'];

/**
 * @param {Release} release
 * @returns {string[]} what does not fit, a sentence each
 */
export function releaseMistakes({ tag, manifest, changelog, built, packed, typed }) {
  const { version, publishConfig } = manifest;
  const mistakes = [];
  if (tag !== `v${version}`) mistakes.push(`The tag is ${tag ?? 'missing'}, and the version v${version}.`);
  if (!new RegExp(`^## ${version.replaceAll('.', '\\.')}\\b`, 'm').test(changelog))
    mistakes.push(`CHANGELOG.md has no heading for ${version}.`);
  if (publishConfig?.provenance !== true) mistakes.push('package.json: expected publishConfig.provenance to be true.');
  for (const name of entries.filter((each) => each.endsWith('.js'))) {
    if (!built.get(name)?.includes(`"${version}"`)) mistakes.push(`dist/${name} was built of another version than ${version}.`);
  }
  mistakes.push(...pinMistakes(built));
  const files = [...built.keys()].filter((name) => !name.endsWith('.map')).map((name) => `dist/${name}`);
  mistakes.push(...differences(packed, [...beside, ...files, ...typed]));
  return mistakes;
}

/**
 * The list by which a pinned core takes its files names each of them, with the digest of what is there.
 * @param {Map<string, Buffer>} built
 */
function pinMistakes(built) {
  const lists = [...built.keys()].filter((name) => /^pins-\w+\.json$/.test(name));
  const [list = ''] = lists;
  if (lists.length !== 1) return [`Expected one list of pins in dist/, got ${lists.length}.`];
  const contents = built.get(list) ?? Buffer.alloc(0);
  const mistakes = [];
  if (!built.get('clerk.browser.js')?.includes(integrityOf(contents)))
    mistakes.push(`dist/clerk.browser.js pins another list than dist/${list}.`);
  /** @type {Map<string, string>} */
  const pins = new Map(Object.entries(JSON.parse(contents.toString())));
  for (const [name, integrity] of pins) {
    const file = built.get(name);
    if (!file || integrityOf(file) !== integrity) mistakes.push(`dist/${name} is not what dist/${list} says.`);
  }
  for (const name of built.keys())
    if (name.endsWith('.js') && !entries.includes(name) && !pins.has(name)) mistakes.push(`dist/${name} is not in dist/${list}.`);
  return mistakes;
}

/** @param {Buffer} contents */
const integrityOf = (contents) => `sha384-${createHash('sha384').update(contents).digest('base64')}`;

/**
 * @param {string[]} packed
 * @param {string[]} meant
 */
function differences(packed, meant) {
  return [
    ...packed.filter((path) => !meant.includes(path)).map((path) => `The package has ${path}, which is not meant to be in it.`),
    ...meant.filter((path) => !packed.includes(path)).map((path) => `The package lacks ${path}.`),
  ];
}
