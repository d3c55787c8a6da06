/**
 * How a further file of the core uses what the core has: the core is a classic script, which exports nothing, so that it hands its parts over.
 * In the further file whatever it imports of the core's sources is an item of the list that it is called with, and the core makes that list
 * of exactly those: names for them would be nearly all of it. Nothing is on the page twice, and an error or a resource has one class.
 */
import { relative, resolve, dirname } from 'node:path';
import { build } from 'esbuild';

/** The list, in the further file. */
const parameter = '__core__';
const reference = new RegExp(`${parameter}\\("([^"]+)#(\\w+)"\\)`, 'g');

/** What the further file imports of the core, in the order of its first use. */
export class CoreParts {
  /** `path#name`, as they are in the list. @type {string[]} */
  #parts = [];

  /** @param {string} root folder of the project */
  constructor(root) {
    this.root = root;
  }

  /** @param {string} part */
  #placeOf(part) {
    const place = this.#parts.indexOf(part);
    return place < 0 ? this.#parts.push(part) - 1 : place;
  }

  /**
   * Makes the further file a function of the list.
   * @param {string} text a module with nothing but a default export, a function that takes nothing, or the object
   */
  asFunction(text) {
    const body = text
      .replace(reference, (_call, path, name) => `${parameter}[${this.#placeOf(`${path}#${name}`)}]`)
      .replace(/export\s*\{\s*([\w$]+) as default\s*\};?/, `return $1(${parameter})}`);
    return `export default function(${parameter}){${body}`;
  }

  /** The module that makes the list. */
  get contents() {
    const imports = this.#parts.map((part, place) => {
      const [path = '', name = ''] = part.split('#');
      return `import { ${name} as part${place} } from '${resolve(this.root, path)}';`;
    });
    return `${imports.join('\n')}\nexport const coreParts = () => [${this.#parts.map((_part, place) => `part${place}`).join(', ')}];`;
  }

  /**
   * For the core.
   * @param {string} module absolute path of the source that stands for the list
   * @returns {import('esbuild').Plugin}
   */
  inCore(module) {
    return {
      name: 'core-parts',
      setup: ({ onLoad }) =>
        void onLoad({ filter: /core-parts\.ts$/ }, ({ path }) =>
          path === module ? { contents: this.contents, loader: 'js', resolveDir: dirname(module) } : undefined,
        ),
    };
  }

  /**
   * For the further file: each export of a source of the core is a reference that is dropped where nothing uses it.
   * @param {Iterable<string>} sources of the core, from the project's folder
   * @param {import('esbuild').BuildOptions} options of the core
   * @returns {import('esbuild').Plugin}
   */
  inFurtherFile(sources, options) {
    const known = new Set(sources);
    return {
      name: 'core-references',
      setup: ({ onLoad }) =>
        void onLoad({ filter: /\.ts$/ }, async ({ path }) => {
          const source = relative(this.root, path).replaceAll('\\', '/');
          if (!known.has(source)) return undefined;
          const names = await exportsOf(path, options);
          const lines = names.map((name) => `export const ${name} = /* @__PURE__ */ ${parameter}("${source}#${name}");`);
          return { contents: lines.join('\n'), loader: 'js' };
        }),
    };
  }
}

/**
 * @param {string} file
 * @param {import('esbuild').BuildOptions} options
 */
async function exportsOf(file, options) {
  const { metafile } = await build({ ...options, plugins: [], entryPoints: [file], metafile: true, write: false, sourcemap: false });
  return Object.values(metafile.outputs).flatMap(({ exports }) => exports);
}
