/**
 * Plugin of the browser test runner: the test files and all that they import as a few scripts that they share. Module by module, each
 * of them would ask for some two hundred files, which is most of a short test's time.
 */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where what several files import is found. */
const chunks = '/test-chunks/';

/**
 * @param {string[]} files paths below the root; each is found at its own address
 * @returns {import('@web/test-runner-core').TestRunnerPlugin}
 */
export function bundlePlugin(files) {
  /** @type {Map<string, string>} */
  let scripts = new Map();
  return {
    name: 'bundle',
    async serverStart() {
      scripts = await bundle(files);
    },
    serve({ path }) {
      const body = scripts.get(path);
      return body === undefined ? undefined : { body, type: 'js' };
    },
  };
}

/**
 * @param {string[]} files
 * @returns {Promise<Map<string, string>>} the scripts by their addresses
 */
async function bundle(files) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: files,
    outbase: root,
    outdir: root,
    chunkNames: `${chunks.slice(1)}[hash]`,
    // An address keeps the name of its source, which is what reports tell.
    outExtension: { '.js': '.ts' },
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['development'],
    // Modules that only the runner has.
    external: ['/__web*'],
    define: { __CLERK_LIT_VERSION__: '"0.0.0-test"', __CLERK_LIT_FILES__: '{}' },
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'warning',
    plugins: [{ name: 'addresses', setup: keepAddresses }],
  });
  return new Map(outputFiles.map(({ path, text }) => [`/${relative(root, path).replaceAll('\\', '/')}`, text]));
}

/** @param {import('esbuild').PluginBuild} build */
function keepAddresses(build) {
  // A module imports by its own address what it imports by a name of run time, wherever it was bundled to.
  build.onLoad({ filter: /\/test\/.*\.ts$/ }, async ({ path }) => {
    const text = await readFile(path, 'utf8');
    const address = `new URL('/${relative(root, path).replaceAll('\\', '/')}', location.origin).href`;
    return { contents: text.replaceAll('import.meta.url', address), loader: 'ts' };
  });
}
