/** Tables of the elements for `docs/elements.md`, and how generated text is put into a document. */

/** @typedef {import('./manifest.mjs').ElementDeclaration} ElementDeclaration */

/** @param {string | undefined} text */
const cell = (text) => (text ?? '').replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
/** @param {string | undefined} text */
const code = (text) => (text ? `\`${cell(text)}\`` : '');

/**
 * @param {string} title
 * @param {string[]} heads
 * @param {string[][]} rows
 */
function table(title, heads, rows) {
  if (!rows.length) return [];
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [`**${title}**`, '', line(heads), line(heads.map(() => '---')), ...rows.map(line), ''];
}

/**
 * @param {ElementDeclaration} element
 * @returns {string} Markdown
 */
export function elementTables({ description, attributes = [], members = [], slots = [], events = [], cssStates = [] }) {
  const fields = members.filter(({ kind, attribute }) => kind === 'field' && attribute === undefined);
  const methods = members.filter(({ kind }) => kind === 'method');
  return [
    description ?? '',
    '',
    ...table(
      'Attributes',
      ['Attribute', 'Property', 'Meaning'],
      attributes.map(({ name, fieldName, description: text }) => [code(name), code(fieldName), cell(text)]),
    ),
    ...table(
      'Properties without an attribute',
      ['Property', 'Type', 'Meaning'],
      fields.map(({ name, type, readonly, description: text }) => [
        code(name),
        code(type?.text),
        cell(`${readonly ? 'Read only. ' : ''}${text ?? ''}`),
      ]),
    ),
    ...table(
      'Methods',
      ['Method', 'Meaning'],
      methods.map(({ name, description: text }) => [code(`${name}()`), cell(text)]),
    ),
    ...table(
      'Slots',
      ['Slot', 'Meaning'],
      slots.map(({ name, description: text }) => [name ? code(name) : '(none)', cell(text)]),
    ),
    ...table(
      'Events',
      ['Event', 'When'],
      events.map(({ name, description: text }) => [code(name), cell(text)]),
    ),
    ...table(
      'States, for `:state(…)`',
      ['State', 'Meaning'],
      cssStates.map(({ name, description: text }) => [code(name), cell(text)]),
    ),
  ]
    .join('\n')
    .trim();
}

/**
 * Puts `content` between the markers of a document that name its place.
 * @param {string} text
 * @param {string} place
 * @param {string} content
 * @throws {Error} where the document has no such place
 */
export function fillPlace(text, place, content) {
  const start = `<!-- generated: ${place} -->`;
  const end = `<!-- end: ${place} -->`;
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${start} and ${end} are missing.`);
  return `${before}${start}\n\n${content}\n\n${end}${after}`;
}
