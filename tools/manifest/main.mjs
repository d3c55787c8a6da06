/**
 * `npm run manifest`: writes `custom-elements.json`, the tables of `docs/elements.md`, the style sheet in `README.md` and the lists of
 * `docs/api-coverage.md` out of the sources. With `--check` it writes nothing and fails where they differ.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { coverageText, describedOperations } from '../descriptions/coverage.mjs';
import { servedOperations } from '../descriptions/served.mjs';
import { formatted, writeGenerated } from '../generated.mjs';
import { importSource } from '../import-source.mjs';
import { createManifest } from './manifest.mjs';
import { elementTables, fillPlace } from './tables.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

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
  return formatted(name, fill(await readFile(`${root}${name}`, 'utf8')));
}

const sheet = `\`\`\`css\n${reservedBoxes.trim()}\n\`\`\``;
const elementsDocument = await fillDocument('docs/elements.md', (text) =>
  elements.reduce((filled, element) => fillPlace(filled, element.tagName, elementTables(element)), text),
);
const readme = await fillDocument('README.md', (text) => fillPlace(text, 'clerk.css', sheet));
const routes = await servedOperations();
const known = await describedOperations(await readFile(`${root}docs/api-coverage.md`, 'utf8'));
const coverage = await fillDocument('docs/api-coverage.md', (text) => fillPlace(text, 'operations', coverageText(known, routes)));

await writeGenerated(
  [
    ['custom-elements.json', `${JSON.stringify(manifest, null, 2)}\n`],
    ['docs/elements.md', elementsDocument],
    ['README.md', readme],
    ['docs/api-coverage.md', coverage],
  ],
  'manifest',
);
