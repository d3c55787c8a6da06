/** The tests as JavaScript: compiled once together, instead of by each test process on its own, which is most of a short test's time. */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Packages of the server, which every test of it loads: hundreds of small files that are quicker to read as a few. */
const serverPackages = [
  ...['hono', '@hono/node-server', 'kysely', 'pg', 'zod', 'jose', 'oidc-provider', 'openid-client', 'otpauth', 'nodemailer'],
  ...['libphonenumber-js', '@simplewebauthn/server', 'bowser', 'standardwebhooks'],
];
/** @param {string} specifier */
const isBundled = (specifier) => serverPackages.some((name) => specifier === name || specifier.startsWith(`${name}/`));

/**
 * Compiles files and what they import; a module that several of them import is written once.
 * @param {string[]} files paths below the root
 * @param {string} folder where the same paths are found afterwards, ending with `.mjs`; below the root, so that packages are found
 * @returns what each of them was made of
 */
export async function compile(files, folder) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: files,
    outbase: root,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: `node${process.versions.node}`,
    // As when tsx compiles them: names of classes and functions stay, and so does every import.
    keepNames: true,
    ignoreAnnotations: true,
    define: { 'import.meta.url': 'moduleUrl', 'import.meta.dirname': 'moduleFolder' },
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
    metafile: true,
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module';\nconst require = createRequireOfBundle(import.meta.url);",
    },
    plugins: [{ name: 'tests', setup }],
  });
  return metafile;
}

/** @param {import('esbuild').PluginBuild} build */
function setup(build) {
  build.onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
    const isOurs = kind !== 'entry-point' && !importer.includes('node_modules');
    return isOurs && !isBundled(path) ? { path, external: true } : undefined;
  });
  // A module is where its source is, wherever it was compiled to.
  build.onLoad({ filter: /\.(ts|mjs)$/ }, async ({ path }) => {
    if (path.includes('node_modules')) return undefined;
    const text = await readFile(path, 'utf8');
    // On the first line, so that the others keep their numbers.
    const place = `const moduleUrl = ${JSON.stringify(pathToFileURL(path).href)}, moduleFolder = ${JSON.stringify(dirname(path))};`;
    const contents = text.includes('import.meta') ? place + text : text;
    return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' };
  });
}
