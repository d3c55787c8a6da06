/** Writes `docs/founding-document.md` out of the list of statements and the list of mends. */
import { writeFile } from 'node:fs/promises';
import { documentation, documentationUrl } from './table.ts';

await writeFile(documentationUrl, await documentation());
