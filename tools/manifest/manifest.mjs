/** `custom-elements.json` out of the doc blocks above the elements: what pages, editors and documentation need to know. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
// @ts-expect-error: the package's types leave them out
import { create, ts } from '@custom-elements-manifest/analyzer/index.js';
// @ts-expect-error: it has no types
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';

/**
 * @typedef {object} Named
 * @property {string} name
 * @property {string} [description]
 * @property {{ text: string }} [type]
 * @property {string} [default]
 * @property {string} [fieldName]
 */
/** @typedef {Named & { kind: string, privacy?: string, readonly?: boolean, static?: boolean, attribute?: string }} Member */
/**
 * @typedef {object} ElementDeclaration
 * @property {string} tagName
 * @property {string} [description]
 * @property {Member[]} [members]
 * @property {Named[]} [attributes]
 * @property {Named[]} [slots]
 * @property {Named[]} [events]
 * @property {Named[]} [cssStates]
 */
/** @typedef {{ schemaVersion: string, modules: { path: string, declarations: ElementDeclaration[] }[] }} Manifest */

/**
 * @param {string} root folder of the project
 * @param {Record<string, string>} elementFiles tag → file, from `src/elements`
 * @returns {Promise<Manifest>}
 * @throws {Error} where a file of the registry has no documented element
 */
export async function createManifest(root, elementFiles) {
  const names = (await readdir(join(root, 'src/elements'), { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const modules = await Promise.all(
    names.map(async (name) => {
      const path = `src/elements/${name.replaceAll('\\', '/')}`;
      return ts.createSourceFile(path, await readFile(join(root, path), 'utf8'), ts.ScriptTarget.ES2022, true);
    }),
  );
  const analyzed = create({ modules, plugins: litPlugin() });
  const found = Object.entries(elementFiles).map(([tag, file]) => {
    const path = `src/elements/${file.replace('./', '')}`;
    const module = analyzed.modules.find((/** @type {any} */ candidate) => candidate.path === path);
    const declaration = module?.declarations.find((/** @type {any} */ candidate) => candidate.kind === 'class' && candidate.superclass);
    if (!declaration?.description) throw new Error(`<${tag}>: ${path} has no class with a doc block.`);
    return { kind: 'javascript-module', path, declarations: [toElement(tag, declaration)], exports: exportsOf(path, tag, declaration) };
  });
  return { schemaVersion: '1.0.0', modules: found };
}

/**
 * @param {string} path
 * @param {string} tag
 * @param {any} declaration
 */
function exportsOf(path, tag, { name }) {
  const target = { name, module: path };
  return [
    { kind: 'js', name: 'element', declaration: target },
    { kind: 'custom-element-definition', name: tag, declaration: target },
  ];
}

/**
 * The public part of a class.
 * @param {string} tagName
 * @param {any} declaration
 * @returns {ElementDeclaration}
 */
function toElement(tagName, { members = [], attributes = [], events, cssStates, ...rest }) {
  const shown = members.filter(isPublic);
  return {
    ...rest,
    // Without a line of the doc block it is what the analyzer has made of a `dispatchEvent()`, such as the name of a variable.
    ...(events && { events: events.filter((/** @type {Named} */ { description }) => description) }),
    ...(cssStates && { cssStates: spread(cssStates) }),
    ...link(spread(attributes.map(inLowerCase)), shown),
    tagName,
    customElement: true,
  };
}

/**
 * As HTML has it: `readOnly` and `readonly` are one attribute.
 * @param {Named} attribute
 * @returns {Named}
 */
const inLowerCase = (attribute) => ({ ...attribute, name: attribute.name.toLowerCase() });

/**
 * Ties attributes and properties of one name together where the properties are declared by a loop that the analyzer cannot read.
 * @param {Named[]} attributes
 * @param {Member[]} members
 */
function link(attributes, members) {
  const camelCase = (/** @type {string} */ name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const memberOf = (/** @type {Named} */ { name, fieldName = camelCase(name) }) =>
    members.find((member) => member.kind === 'field' && member.name.toLowerCase() === fieldName.toLowerCase());
  const attributeOf = new Map(attributes.map((attribute) => [memberOf(attribute), attribute]));
  return {
    attributes: attributes.map((attribute) => {
      const member = memberOf(attribute);
      return member ? { ...attribute, fieldName: member.name, ...(member.type && { type: member.type }) } : attribute;
    }),
    members: members.map((member) => {
      const attribute = attributeOf.get(member);
      return attribute ? { ...member, attribute: attribute.name } : member;
    }),
  };
}

/** @param {Member} member */
const isPublic = ({ name, privacy, static: isStatic }) =>
  !isStatic && !name.startsWith('#') && !name.startsWith('_') && (privacy === undefined || privacy === 'public');

/**
 * A line such as `@attr min, max - as on a native control` speaks of several: gives each of them its text.
 * @param {Named[]} items
 * @returns {Named[]}
 */
export function spread(items) {
  /** @type {Map<string, Named>} */
  const result = new Map();
  /** @param {Named} item */
  const add = (item) => result.set(item.name, { ...item, ...result.get(item.name) });
  for (const item of items) {
    if (!item.name.endsWith(',')) {
      add(item);
      continue;
    }
    const [list = '', ...description] = `${item.name} ${item.description ?? ''}`.split(' - ');
    const text = description.join(' - ').trim();
    for (const name of list.split(',').map((part) => part.trim())) {
      if (name) add({ name, ...(text && { description: text }) });
    }
  }
  return [...result.values()];
}
