/**
 * `npm run coverage`: writes `docs/coverage.md`, and the lists that tests compare types and the built bundle with. With `--check` it writes
 * nothing and fails where they differ.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { formatted, writeGenerated } from '../generated.mjs';
import { compareTypes } from './compare.mjs';
import { coverageDocument, listsModule } from './document.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const shared = /** @type {{ version: string }} */ (JSON.parse(await readFile(`${root}node_modules/@clerk/shared/package.json`, 'utf8')));
const comparisons = compareTypes(root);

const files = /** @type {const} */ ([
  ['docs/coverage.md', coverageDocument(comparisons, shared.version)],
  ['test/types/coverage/lists.ts', listsModule(comparisons)],
]);
await writeGenerated(
  await Promise.all(files.map(async ([path, text]) => /** @type {const} */ ([path, await formatted(path, text)]))),
  'coverage',
);
