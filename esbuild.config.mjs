/** `npm run build`: `dist/` out of `src/`. With `--no-types` the type declarations are left as they are, which is quicker. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBrowserFiles } from './tools/build/bundle.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Type declarations, by the compiler. */
async function declareTypes() {
  await rm(join(root, 'dist/types'), { recursive: true, force: true });
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const child = spawn(process.execPath, [compiler, '--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The type declarations could not be made.');
}

/** Browser files, and what a script tag needs to pin them. */
async function bundle() {
  const files = await buildBrowserFiles({ root });
  const width = Math.max(...files.map(({ name }) => name.length));
  for (const { name, bytes, integrity } of files) {
    console.log(`dist/${name.padEnd(width)} ${String(bytes).padStart(7)} bytes  integrity="${integrity}"`);
  }
}

try {
  const work = process.argv.includes('--no-types') ? [bundle()] : [bundle(), declareTypes()];
  await Promise.all(work);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
