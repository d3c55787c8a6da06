/**
 * `npm run manifest`: writes `custom-elements.json` and the tables of `docs/elements.md` out of the sources. With `--check` it
 * writes nothing and fails where they differ.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { importSource } from '../import-source.mjs';
import { createManifest } from './manifest.mjs';
import { fillTables } from './tables.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const isCheck = process.argv.includes('--check');

const { elementFiles } = await importSource(`${root}src/elements/registry.ts`);
const manifest = await createManifest(root, elementFiles);
const elements = manifest.modules.flatMap(({ declarations }) => declarations);
const document = `${root}docs/elements.md`;
const tables = await format(fillTables(await readFile(document, 'utf8'), elements), {
  ...(await resolveConfig(document)),
  filepath: document,
});

for (const [path, text] of /** @type {const} */ ([
  ['custom-elements.json', `${JSON.stringify(manifest, null, 2)}\n`],
  ['docs/elements.md', tables],
])) {
  const known = await readFile(`${root}${path}`, 'utf8').catch(() => '');
  if (known === text) continue;
  if (isCheck) {
    console.error(`${path} is not what the sources say: run npm run manifest.`);
    process.exitCode = 1;
  } else await writeFile(`${root}${path}`, text);
}
