const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * `a as b` and `c`, split.
 * @param {string} list
 */
const partsOf = (list) => list.split(',').map((part) => /** @type {[string, string?]} */ (part.split(' as ')));

/**
 * What the UI file shares with the files of further elements has long names only in the sources. Works on minified modules, whose
 * `export{…}` and `import{…}from"…"` have one spelling.
 * @param {string[]} kept names that others import too
 */
export function createShortExports(kept) {
  /** @type {Map<string, string>} */
  const names = new Map();

  /** @param {string} name */
  const shorten = (name) => {
    if (kept.includes(name)) return name;
    if (!names.has(name)) names.set(name, letters[names.size] ?? `_${names.size}`);
    return names.get(name) ?? name;
  };

  return {
    /** The file that exports, with short names. @param {string} text */
    inExports: (text) =>
      text.replace(/export\{([^{}]*)\};?\s*$/, (_clause, list) => {
        const parts = partsOf(list);
        return `export{${parts.map(([local, name]) => `${local} as ${shorten(name ?? local)}`).join(',')}};`;
      }),
    /** A file that imports from `file`. @param {string} text @param {string} file */
    inImports: (text, file) =>
      text.replace(/import\{([^{}]*)\}from"([^"]*)"/g, (clause, list, specifier) => {
        if (specifier !== `./${file}`) return clause;
        const parts = partsOf(list);
        return `import{${parts.map(([name, local]) => `${shorten(name)} as ${local ?? name}`).join(',')}}from"${specifier}"`;
      }),
  };
}
