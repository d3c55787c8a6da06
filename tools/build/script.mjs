/** One built script: bundled by esbuild, made small by terser, and named by its content where it may be cached for ever. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { build } from 'esbuild';
import { minify } from 'terser';

/**
 * @typedef {object} Script
 * @property {string} name in the output folder
 * @property {Uint8Array} contents
 * @property {string} integrity for a script tag
 * @property {string[]} inputs the sources in it, by their paths from the project's folder
 * @property {string[]} used those of them that are really in it, and not dropped whole
 * @property {Record<string, string | false> | undefined} names that were shortened
 * @property {{ name: string, contents: Uint8Array } | undefined} map
 */

/**
 * @param {import('esbuild').BuildOptions} options of one entry
 * @param {object} [output]
 * @param {boolean} [output.isHashed] whether the name holds a hash of the content
 * @param {(text: string) => string} [output.enclose] changes the bundled text
 * @param {(text: string) => string} [output.rewrite] changes the minified text; a file with a map stays as it is
 * @returns {Promise<Script>}
 */
export async function buildScript(options, { isHashed = false, enclose = (text) => text, rewrite = (text) => text } = {}) {
  const result = await build({ ...options, metafile: true, write: false });
  const output = result.outputFiles.find(({ path }) => path.endsWith('.js'));
  if (!output) throw new Error('The build gave no script.');
  const map = result.outputFiles.find(({ path }) => path.endsWith('.map'));
  // A file with a map is for development: quick, and still what the map says.
  const text = enclose(output.text);
  const contents = Buffer.from(map ? text : rewrite(await compress(text, options.format !== 'iife')));
  const name = basename(output.path);
  const named = nameByContent(name, contents);
  return {
    ...named,
    name: isHashed ? named.name : name,
    inputs: Object.keys(result.metafile.inputs),
    used: Object.values(result.metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs).filter((path) => inputs[path]?.bytesInOutput)),
    names: result.mangleCache,
    map: map && { name: basename(map.path), contents: map.contents },
  };
}

/**
 * A file whose name holds a hash of its content, with what a page pins it by.
 * @param {string} name
 * @param {string | Uint8Array} content
 */
export function nameByContent(name, content) {
  const contents = Buffer.from(content);
  return {
    name: name.replace(/\.\w+$/, (ending) => `-${hash('sha256', contents, 'hex').slice(0, 10).toUpperCase()}${ending}`),
    contents,
    integrity: `sha384-${hash('sha384', contents, 'base64')}`,
  };
}

/**
 * The names that a script imports from a file beside it.
 * @param {import('esbuild').BuildOptions} options of one entry, from which that file is left out
 * @param {string} file
 * @returns {Promise<Set<string>>}
 */
export async function importedNames(options, file) {
  const { outputFiles } = await build({ ...options, minify: false, sourcemap: false, write: false });
  const text = outputFiles?.[0]?.text ?? '';
  const clauses = [...text.matchAll(/^import \{([^{}]*)\} from "\.\/([^"]*)";$/gm)].filter(([, , target]) => target === file);
  return new Set(clauses.flatMap(([, list = '']) => list.split(',').map((name) => name.trim().replace(/ as .*/, ''))));
}

/**
 * esbuild's minifier is quick; this one finds 3 % more.
 * @param {string} text
 * @param {boolean} isModule
 */
async function compress(text, isModule) {
  const { code } = await minify(text, {
    ecma: 2020,
    module: isModule,
    toplevel: true,
    compress: { passes: 3, unsafe_arrows: true },
    format: { comments: false },
  });
  if (code === undefined) throw new Error('The minifier gave no script.');
  return code;
}

/**
 * @param {string} algorithm
 * @param {Uint8Array} contents
 * @param {import('node:crypto').BinaryToTextEncoding} encoding
 */
const hash = (algorithm, contents, encoding) => createHash(algorithm).update(contents).digest(encoding);
