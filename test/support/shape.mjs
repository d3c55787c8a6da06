/** What a JSON value looks like: the same text for all values that a schema judges alike. */

/** Members whose content is the page's own. */
const free = /_metadata$|^claims$/;

/**
 * Words stay, since they may be members of an enumeration; other texts and numbers are alike.
 * @param {unknown} value of JSON
 * @returns {string}
 */
export function shapeOf(value) {
  if (typeof value === 'string') return /^[a-z_]{0,40}$/.test(value) ? value : '"';
  if (typeof value === 'number') return Number.isInteger(value) ? 'i' : 'n';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${[...new Set(value.map(shapeOf))].sort().join()}]`;
  const members = Object.entries(value).map(([name, member]) => `${name}:${free.test(name) ? kindOf(member) : shapeOf(member)}`);
  return `{${members.join()}}`;
}

/** @param {unknown} value */
const kindOf = (value) => (value === null ? 'null' : typeof value);
