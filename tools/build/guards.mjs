/**
 * What must not be in a built file, told from the list of source files in it. A byte count says that something leaked; this
 * says what.
 */

/** @param {string} path */
const isLit = (path) => /(^|\/)node_modules\/(lit|lit-html|lit-element|@lit|@lit-labs)\//.test(path);
/** @param {string} path */
const isZod = (path) => /(^|\/)node_modules\/zod\//.test(path);
/** @param {string} path */
const isRule = (path) => path.startsWith('src/rules/');
/** @param {string} path */
const isUserInterface = (path) =>
  /^src\/(ui\.ts|elements\/|flows\/|i18n\/|factors\/[^/]+\/(view|later-view|sign-up-view|factor)\.ts)/.test(path);
/** @param {string} path */
const isCore = (path) =>
  /^src\/(transport|resources|clerk|methods|wire)\/|^src\/factors\/[^/]+\/wire\.ts|^src\/(browser|index)\.ts/.test(path);

/**
 * @param {string} file
 * @param {string[]} paths
 * @param {string} why
 */
const complaints = (file, paths, why) => paths.map((path) => `${file} contains ${path}: ${why}.`);

/**
 * The core draws nothing.
 * @param {string} file
 * @param {string[]} inputs paths from the project's folder
 * @returns {string[]} sentences; none where all is well
 */
export function checkCore(file, inputs) {
  // The list of tags is data, and the loader reads it.
  const drawn = inputs.filter((path) => isUserInterface(path) && path !== 'src/elements/registry.ts');
  return [...complaints(file, inputs.filter(isLit), 'lit belongs to the UI'), ...complaints(file, drawn, 'it belongs to the UI')];
}

/**
 * The UI knows the core by its types alone: a value of it would be a second core with a state of its own.
 * @param {string[]} inputs
 * @returns {string[]}
 */
export function checkUserInterface(inputs) {
  return [
    ...complaints('The UI file', inputs.filter(isZod), 'zod belongs to the core'),
    ...complaints('The UI file', inputs.filter(isCore), 'it belongs to the core; import its types only'),
  ];
}

/**
 * A further element brings what is its own, and nothing that the UI file has already.
 * @param {string} tag
 * @param {{ inputs: string[], uiInputs: string[] }} built
 * @returns {string[]}
 */
export function checkElement(tag, { inputs, uiInputs }) {
  const twice = inputs.filter((path) => uiInputs.includes(path) && !isRule(path));
  const strange = inputs.filter((path) => !uiInputs.includes(path) && (isLit(path) || isZod(path) || isCore(path)));
  return [
    ...complaints(`<${tag}>`, twice, 'the UI file has it; import it from ../shared.ts'),
    ...complaints(`<${tag}>`, strange, 'an element shares lit with the UI file, and knows the core by its types'),
  ];
}
