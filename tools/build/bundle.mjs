/**
 * The browser files out of the sources: the UI first, then the elements built against it, then the core, which knows their
 * names and hashes. See docs/decisions/0003-one-ui-file.md.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { importSource } from '../import-source.mjs';
import { checkCore, checkElement, checkUserInterface } from './guards.mjs';
import { minifyTemplates } from './minify-templates.mjs';

/**
 * @typedef {object} BuildOptions
 * @property {string} root folder of the project
 * @property {string} [outputFolder] `dist` in it
 * @property {boolean} [sourceMaps] beside the files; they are for development and never part of the package
 */

/**
 * @typedef {object} BuiltFile
 * @property {string} name in the output folder
 * @property {number} bytes
 * @property {string} integrity for a script tag
 */

/** Files of earlier builds that would stay because their names hold a hash. */
const isOurs = (/** @type {string} */ name) => /\.(js|css)(\.map)?$/.test(name);

/**
 * Builds all files, and fails where one contains what does not belong in it.
 * @param {BuildOptions} options
 * @returns {Promise<BuiltFile[]>}
 * @throws {Error} with all that is wrong, one a line; the files of the last good build are left as they were
 */
export async function buildBrowserFiles({ root, outputFolder = join(root, 'dist'), sourceMaps = false }) {
  const source = join(root, 'src');
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const { elementFiles } = await importSource(join(source, 'elements/registry.ts'));
  const { reservedBoxes } = await importSource(join(source, 'rules/reserved-boxes.ts'));
  /** @type {import('esbuild').BuildOptions & { metafile: true, write: false }} */
  const common = {
    absWorkingDir: root,
    outdir: outputFolder,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['production'],
    legalComments: 'none',
    sourcemap: sourceMaps && 'linked',
    metafile: true,
    write: false,
    logLevel: 'silent',
  };
  /** @type {import('esbuild').OutputFile[]} */
  const outputs = [];
  /** @type {Record<string, { file: string, integrity: string }>} */
  const files = {};
  /** Absolute path of a source file → the file it is built into. */
  const builtInto = new Map();

  const ui = await build({ ...common, entryPoints: ['src/ui.ts'], entryNames: '[name]-[hash]', plugins: [minifyTemplates()] });
  const uiInputs = Object.keys(ui.metafile.inputs);
  const problems = checkUserInterface(uiInputs);
  const uiFile = scriptOf(ui.outputFiles);
  files['ui'] = describe(uiFile);
  outputs.push(...ui.outputFiles);
  builtInto.set(join(source, 'ui.ts'), basename(uiFile.path));

  const shared = join(source, 'elements/shared.ts');
  for (const [tag, path] of Object.entries(elementFiles)) {
    const file = join(source, 'elements', path);
    const input = relative(root, file);
    // It is part of the UI file.
    if (uiInputs.includes(input)) continue;
    const element = await build({
      ...common,
      entryPoints: [input],
      entryNames: '[name]-[hash]',
      plugins: [redirectTo(new Map([[shared, basename(uiFile.path)]])), minifyTemplates()],
    });
    problems.push(...checkElement(tag, { file: input, inputs: Object.keys(element.metafile.inputs), uiInputs }));
    const script = scriptOf(element.outputFiles);
    files[tag] = describe(script);
    outputs.push(...element.outputFiles);
    builtInto.set(file, basename(script.path));
  }

  const core = {
    ...common,
    define: { __CLERK_LIT_VERSION__: JSON.stringify(version), __CLERK_LIT_FILES__: JSON.stringify(files) },
    // The few schemas of the wire, without the rest of zod.
    alias: { 'zod/mini': join(source, 'wire/browser-schemas.ts') },
    // A dynamic import of a source file is one of the file it was built into.
    plugins: [redirectTo(builtInto)],
  };
  const classic = await build({ ...core, format: 'iife', entryPoints: [{ in: 'src/browser.ts', out: 'clerk.browser' }] });
  const module = await build({ ...core, entryPoints: ['src/index.ts'] });
  problems.push(...checkCore('clerk.browser.js', Object.keys(classic.metafile.inputs)));
  problems.push(...checkCore('index.js', Object.keys(module.metafile.inputs)));
  outputs.push(...classic.outputFiles, ...module.outputFiles);
  if (problems.length) throw new Error(problems.join('\n'));

  await replaceFiles(outputFolder, [
    ...outputs.map(({ path, contents }) => ({ name: basename(path), contents })),
    { name: 'clerk.css', contents: Buffer.from(`${reservedBoxes.trim()}\n`) },
  ]);
  return outputs
    .filter(({ path }) => path.endsWith('.js'))
    .map((file) => ({ name: basename(file.path), bytes: file.contents.byteLength, integrity: describe(file).integrity }));
}

/**
 * Leaves imports of these files to the browser, under the names of the files they were built into.
 * @param {Map<string, string>} targets absolute path → file beside ours
 * @returns {import('esbuild').Plugin}
 */
function redirectTo(targets) {
  return {
    name: 'redirect',
    setup({ onResolve }) {
      onResolve({ filter: /^\.{1,2}\// }, ({ path, importer, kind }) => {
        if (kind === 'entry-point') return undefined;
        const target = targets.get(resolve(dirname(importer), path));
        return target === undefined ? undefined : { path: `./${target}`, external: true };
      });
    },
  };
}

/** @param {import('esbuild').OutputFile[]} outputs */
function scriptOf(outputs) {
  const script = outputs.find(({ path }) => path.endsWith('.js'));
  if (!script) throw new Error('The build gave no script.');
  return script;
}

/** @param {import('esbuild').OutputFile} file */
function describe({ path, contents }) {
  return { file: basename(path), integrity: `sha384-${createHash('sha384').update(contents).digest('base64')}` };
}

/**
 * Writes the new files first, so that a running server always finds a complete set.
 * @param {string} folder
 * @param {{ name: string, contents: Uint8Array }[]} files
 */
async function replaceFiles(folder, files) {
  await mkdir(folder, { recursive: true });
  for (const { name, contents } of files) await writeFile(join(folder, name), contents);
  const names = new Set(files.map(({ name }) => name));
  const old = (await readdir(folder)).filter((name) => isOurs(name) && !names.has(name));
  await Promise.all(old.map((name) => rm(join(folder, name))));
}
