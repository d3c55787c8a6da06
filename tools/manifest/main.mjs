/**
 * `npm run manifest`: writes `custom-elements.json`, the tables of `docs/elements.md` and the style sheet in `README.md` out of the
 * sources. With `--check` it writes nothing and fails where they differ.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { importSource } from '../import-source.mjs';
import { createManifest } from './manifest.mjs';
import { elementTables, fillPlace } from './tables.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const isCheck = process.argv.includes('--check');

const { elementFiles } = await importSource(`${root}src/elements/registry.ts`);
const manifest = await createManifest(root, elementFiles);
const elements = manifest.modules.flatMap(({ declarations }) => declarations);
const { reservedBoxes } = await importSource(`${root}src/rules/reserved-boxes.ts`);

/**
 * A document with its generated places filled, formatted as all of ours are.
 * @param {string} name
 * @param {(text: string) => string} fill
 */
async function fillDocument(name, fill) {
  const path = `${root}${name}`;
  return format(fill(await readFile(path, 'utf8')), { ...(await resolveConfig(path)), filepath: path });
}

const sheet = `\`\`\`css\n${reservedBoxes.trim()}\n\`\`\``;
const elementsDocument = await fillDocument('docs/elements.md', (text) =>
  elements.reduce((filled, element) => fillPlace(filled, element.tagName, elementTables(element)), text),
);
const readme = await fillDocument('README.md', (text) => fillPlace(text, 'clerk.css', sheet));

for (const [path, text] of /** @type {const} */ ([
  ['custom-elements.json', `${JSON.stringify(manifest, null, 2)}\n`],
  ['docs/elements.md', elementsDocument],
  ['README.md', readme],
])) {
  const known = await readFile(`${root}${path}`, 'utf8').catch(() => '');
  if (known === text) continue;
  if (isCheck) {
    console.error(`${path} is not what the sources say: run npm run manifest.`);
    process.exitCode = 1;
  } else await writeFile(`${root}${path}`, text);
}
