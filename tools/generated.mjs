/** Files that are made out of others and committed. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * A text as all of ours are formatted.
 * @param {string} path from the project's folder
 * @param {string} text
 */
export async function formatted(path, text) {
  return format(text, { ...(await resolveConfig(`${root}${path}`)), filepath: `${root}${path}` });
}

/**
 * Writes what has changed; with `--check` on the command line it writes nothing and the process fails instead.
 * @param {(readonly [path: string, text: string])[]} files
 * @param {string} script that writes them
 */
export async function writeGenerated(files, script) {
  for (const [path, text] of files) {
    const known = await readFile(`${root}${path}`, 'utf8').catch(() => '');
    if (known === text) continue;
    if (process.argv.includes('--check')) {
      console.error(`${path} is not what the sources say: run npm run ${script}.`);
      process.exitCode = 1;
    } else await writeFile(`${root}${path}`, text);
  }
}
