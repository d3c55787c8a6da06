/**
 * The browser files out of the sources: the UI first, then the elements built against it, then the core, which knows their
 * names and hashes. See docs/decisions/0003-one-ui-file.md.
 */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { importSource } from '../import-source.mjs';
import { CoreParts } from './core-parts.mjs';
import { checkCore, checkElement, checkUserInterface } from './guards.mjs';
import { internalNamePattern } from './internal-names.mjs';
import { minifyTemplates } from './minify-templates.mjs';
import { buildScript, importedNames, nameByContent } from './script.mjs';
import { createShortExports } from './short-exports.mjs';
import { trimLit } from './trim-lit.mjs';
import { shortNames } from './ui-names.mjs';

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
const isOurs = (/** @type {string} */ name) => /\.(js|css|json)(\.map)?$/.test(name);

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
  const { languageFiles } = await importSource(join(source, 'i18n/languages.ts'));
  const { reservedBoxes } = await importSource(join(source, 'rules/reserved-boxes.ts'));
  /** @type {import('esbuild').BuildOptions} */
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
    logLevel: 'silent',
  };
  const drawn = { ...common, ...shortNames };
  const inputOf = (/** @type {string} */ file) => relative(root, file).replaceAll('\\', '/');
  /** Absolute path of a source file → the script it is built into. */
  const builtInto = new Map();

  // What the UI imports dynamically is built first: the UI file holds its name.
  /** @type {import('./script.mjs').Script[]} */
  const later = [];
  /** @param {string} file */
  const buildLater = async (file) => {
    const plugins = [laterFiles, minifyTemplates()];
    const script = await buildScript({ ...drawn, entryPoints: [inputOf(file)], plugins }, { isHashed: true });
    later.push(script);
    builtInto.set(file, script.name);
    return script.name;
  };
  // They may fetch others in turn.
  const laterFiles = redirectDynamicImports(buildLater);
  const uiPlugins = [
    laterFiles,
    // The part of Lit's styles that light-DOM elements use, without the rest.
    replaceModule(/\/css-tag\.js$/, join(source, 'elements/base/css-tag.ts')),
    trimLit(),
    minifyTemplates(),
  ];
  const exported = createShortExports(['startUserInterface']);
  const uiOptions = { ...drawn, entryPoints: ['src/ui.ts'], plugins: uiPlugins };
  const ui = await buildScript(uiOptions, { isHashed: true, rewrite: exported.inExports });
  const problems = checkUserInterface(ui.inputs);
  for (const { name, inputs } of later) problems.push(...checkElement(name, { inputs, uiInputs: ui.inputs }));
  const scripts = [ui, ...later];
  /** @type {Record<string, string>} */
  const files = { ui: ui.name };
  builtInto.set(join(source, 'ui.ts'), ui.name);

  const shared = join(source, 'elements/shared.ts');
  // Every catalogue of texts imports it, also those of the UI file.
  const texts = join(source, 'rules/page-texts.ts');
  const sharedElsewhere = redirectTo(
    new Map([
      [shared, ui.name],
      [texts, ui.name],
    ]),
  );
  /**
   * @param {string} name for complaints
   * @param {string} file
   * @param {import('esbuild').Plugin[]} [plugins]
   */
  const buildElement = async (name, file, plugins = []) => {
    const options = { ...drawn, entryPoints: [inputOf(file)] };
    const names = await importedNames({ ...options, plugins: [...plugins, sharedElsewhere] }, ui.name);
    const script = await buildScript(
      { ...options, plugins: [...plugins, importOnce([shared, texts], ui.name, names), minifyTemplates()] },
      { isHashed: true, rewrite: (text) => exported.inImports(text, ui.name) },
    );
    problems.push(...checkElement(name, { inputs: script.inputs, uiInputs: ui.inputs }));
    scripts.push(script);
    builtInto.set(file, script.name);
    return script.name;
  };
  // What an element imports dynamically is built before it: the element's file holds its name.
  const fetched = redirectDynamicImports((file) => buildElement(basename(file), file));
  for (const [tag, path] of Object.entries(elementFiles)) {
    const file = join(source, 'elements', path);
    // It is part of the UI file.
    if (!ui.inputs.includes(inputOf(file))) files[tag] = await buildElement(tag, file, [fetched]);
  }

  // Texts: the core fetches, beside the UI, the file that knows the languages; that one fetches the page's.
  for (const [language, path] of Object.entries(languageFiles)) {
    const file = join(source, 'i18n', path);
    const name = `locale-${language}`;
    const script = await buildScript({ ...drawn, entryPoints: [{ in: inputOf(file), out: name }] }, { isHashed: true });
    problems.push(...checkElement(name, { inputs: script.inputs, uiInputs: ui.inputs }));
    scripts.push(script);
    builtInto.set(file, script.name);
  }
  const localization = join(source, 'i18n/localization.ts');
  const readsKeys = await buildScript(
    { ...drawn, entryPoints: [inputOf(localization)], plugins: [redirectTo(builtInto)] },
    { isHashed: true },
  );
  scripts.push(readsKeys);
  files.localization = readsKeys.name;

  /** @type {import('esbuild').BuildOptions} */
  const core = {
    ...common,
    define: { __CLERK_LIT_VERSION__: JSON.stringify(version), __CLERK_LIT_FILES__: '{}', __CLERK_LIT_PINS__: '{}' },
    // The few schemas of the wire, without the rest of zod.
    alias: { 'zod/mini': join(source, 'wire/browser-schemas.ts') },
    mangleProps: internalNamePattern,
    mangleCache: {},
  };
  const classicEntry = { ...core, format: /** @type {const} */ ('iife'), entryPoints: [{ in: 'src/browser.ts', out: 'clerk.browser' }] };
  // What is in the core, and under which short names, decides how the methods use it; the core holds the name of their file.
  const draft = await buildScript(classicEntry);
  core.mangleCache = draft.names ?? {};
  const parts = new CoreParts(root);
  const methodsEntry = join(source, 'methods/index.ts');
  /**
   * @param {string} file
   * @param {string} out
   * @param {import('esbuild').Plugin[]} [plugins]
   */
  const buildMethods = async (file, out, plugins = []) => {
    const script = await buildScript(
      { ...core, entryPoints: [{ in: inputOf(file), out }], plugins: [...plugins, parts.inFurtherFile(draft.used, core)] },
      { isHashed: true, enclose: (text) => parts.asFunction(text) },
    );
    scripts.push(script);
    return script;
  };
  // What the methods import dynamically is built before them: their file holds its name.
  const inTurn = redirectDynamicImports(async (file) => (await buildMethods(file, basename(file, '.ts'))).name);
  const methods = await buildMethods(methodsEntry, 'methods', [inTurn]);
  files.methods = methods.name;
  builtInto.set(methodsEntry, methods.name);
  problems.push(...checkCore(methods.name, methods.inputs));

  // Only a page that pins the core needs them, so they cost no other one a byte. By name: which file is built first is chance, and the
  // same sources make the same files.
  const entries = scripts.map(({ name, integrity }) => [name, integrity]).sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
  const pins = nameByContent('pins.json', JSON.stringify(Object.fromEntries(entries)));
  const complete = {
    define: {
      ...core.define,
      __CLERK_LIT_FILES__: JSON.stringify(files),
      __CLERK_LIT_PINS__: JSON.stringify({ file: pins.name, integrity: pins.integrity }),
    },
    mangleCache: core.mangleCache,
    // A dynamic import of a source file is one of the file it was built into.
    plugins: [redirectTo(builtInto), parts.inCore(join(source, 'clerk/core-parts.ts'))],
  };
  const classic = await buildScript({ ...classicEntry, ...complete });
  const module = await buildScript({ ...core, ...complete, entryPoints: ['src/index.ts'] });
  scripts.push(classic, module);
  for (const { name, inputs } of [classic, module]) problems.push(...checkCore(name, inputs));
  if (problems.length) throw new Error(problems.join('\n'));

  await replaceFiles(outputFolder, [
    ...scripts.flatMap(({ name, contents, map }) => [{ name, contents }, ...(map ? [map] : [])]),
    pins,
    { name: 'clerk.css', contents: Buffer.from(`${reservedBoxes.trim()}\n`) },
  ]);
  return scripts.map(({ name, contents, integrity }) => ({ name, bytes: contents.byteLength, integrity }));
}

/**
 * Puts a file of ours in the place of a module.
 * @param {RegExp} filter of the import
 * @param {string} path absolute
 * @returns {import('esbuild').Plugin}
 */
function replaceModule(filter, path) {
  return { name: 'replace', setup: ({ onResolve }) => void onResolve({ filter }, () => ({ path })) };
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

/**
 * Puts one import of a built file in the place of modules whose exports it has too. Left to the browser as it is, the file would be
 * imported anew by each source file, each name with it.
 * @param {string[]} modules absolute paths
 * @param {string} target file beside ours
 * @param {Iterable<string>} names that are imported
 * @returns {import('esbuild').Plugin}
 */
function importOnce(modules, target, names) {
  const namespace = 'import-once';
  return {
    name: namespace,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.{1,2}\// }, ({ path, importer }) =>
        modules.includes(resolve(dirname(importer), path)) ? { path: modules.join(), namespace } : undefined,
      );
      onResolve({ filter: /^/, namespace }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /^/, namespace }, () => ({ contents: `export { ${[...names].join(',')} } from './${target}'` }));
    },
  };
}

/**
 * Has the target of each dynamic import built as a file of its own.
 * @param {(file: string) => Promise<string>} buildFile gives the name of what an absolute path was built into
 * @returns {import('esbuild').Plugin}
 */
function redirectDynamicImports(buildFile) {
  /** Several builds ask for the same file. @type {Map<string, Promise<string>>} */
  const built = new Map();
  return {
    name: 'redirect-dynamic-imports',
    setup({ onResolve }) {
      onResolve({ filter: /^\.{1,2}\// }, async ({ path, importer, kind }) => {
        if (kind !== 'dynamic-import') return undefined;
        const [source = '', query] = path.split(/(?=\?)/);
        const file = resolve(dirname(importer), source);
        const name = built.get(file) ?? buildFile(file);
        built.set(file, name);
        return { path: `./${await name}${query ?? ''}`, external: true };
      });
    },
  };
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
