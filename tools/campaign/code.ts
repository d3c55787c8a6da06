/** Which code a campaign has tried: the same mark, the same code, and what it has found holds. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';

/** Programs that are started, not imported: `new URL('./soak-server.ts', import.meta.url)`. */
const startedBeside = /new URL\('(\.\/[^']+\.(?:ts|mjs))', import\.meta\.url\)/g;

/**
 * @param root the project's folder
 * @param metafile of esbuild, with the campaign and the server as entries
 * @param entries paths of the campaign and of the server, from the project's folder
 * @returns 16 hexadecimal digits over all that the two are made of, the rest of the server's folder, the locked packages and, if a browser
 *   takes part, the files it is given
 */
export async function codeOf(root: string, metafile: Metafile, entries: readonly string[]): Promise<string> {
  const paths = new Set(entries);
  let hasBrowser = false;
  for (const path of paths)
    for (const { path: imported, external } of metafile.inputs[path]?.imports ?? [])
      if (external) hasBrowser ||= imported.includes('playwright');
      else paths.add(imported);
  for (const path of [...paths]) {
    if (path.includes('node_modules')) continue;
    const text = await readFile(join(root, path), 'utf8');
    for (const [, beside = ''] of text.matchAll(startedBeside)) {
      const started = join(dirname(path), beside);
      if (existsSync(join(root, started))) paths.add(started);
    }
  }
  for (const folder of ['demo', ...(hasBrowser ? ['dist'] : [])])
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true }))
      if (entry.isFile() && !entry.name.endsWith('.d.ts')) paths.add(join(entry.parentPath, entry.name).slice(root.length));
  paths.add('package-lock.json');

  const hash = createHash('sha256');
  for (const path of [...paths].sort()) hash.update(`${path}\0`).update(await readFile(join(root, path)));
  return hash.digest('hex').slice(0, 16);
}
