/**
 * What Lit's modules do beside their work: they look for polyfills of shadow roots and for hydration, and write down their version for
 * warnings of other copies. Elements of ours have no shadow root, are drawn by browsers alone, and warn of nothing.
 */
import { readFile } from 'node:fs/promises';

/** What goes, and what takes its place. */
const parts = /** @type {const} */ ([
  [/[\w$]+\.\w+HydrateSupport\?\.\([^)]*\)/g, 'void 0'],
  [/[\w$]+\.\w+PolyfillSupport\b/g, 'void 0'],
  [/\([\w$]+\.\w+Versions\?\?=\[\]\)\.push\("[^"]*"\)/g, '0'],
]);

/**
 * @param {string} text a module of Lit, as it is published for production
 * @throws {Error} where nothing of it is found, as after an upgrade that names things anew
 */
export function trimModule(text) {
  const trimmed = parts.reduce((rest, [pattern, replacement]) => rest.replaceAll(pattern, replacement), text);
  if (trimmed === text) throw new Error('Lit has changed: see tools/build/trim-lit.mjs.');
  return trimmed;
}

/** @returns {import('esbuild').Plugin} */
export function trimLit() {
  return {
    name: 'trim-lit',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/](reactive-element|lit-html|lit-element)\.js$/ }, async ({ path }) => ({
        contents: trimModule(await readFile(path, 'utf8')),
        loader: 'js',
      }));
    },
  };
}
