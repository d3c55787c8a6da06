/**
 * ESLint rule `layers`: who may import whom (ARCHITECTURE.md). Imports of types alone are free. `import-x/no-restricted-paths`
 * would do, but it knows no difference between a type and a value.
 */
import { dirname, relative, resolve } from 'node:path';

/**
 * Path from the project's folder → layer; the first that fits.
 * @type {[pattern: RegExp, layer: string][]}
 */
const layers = [
  [/^src\/(wire\/|factors\/[^/]+\/wire\.ts$)/, 'wire'],
  [/^src\/rules\//, 'rules'],
  [/^src\/errors\.ts$/, 'errors'],
  [/^src\/i18n\//, 'i18n'],
  [/^src\/transport\//, 'transport'],
  [/^src\/resources\//, 'resources'],
  [/^src\/clerk\//, 'clerk'],
  [/^src\/methods\//, 'methods'],
  [/^src\/elements\/registry\.ts$/, 'registry'],
  [/^src\/(elements\/|factors\/(index|later-screens|sign-up-screens)\.ts$|factors\/[^/]+\/(later-|sign-up-)?view\.ts$)/, 'elements'],
  [/^src\/(flows|factors)\//, 'flows'],
  [/^src\/(browser|index|ui)\.ts$/, 'entries'],
  [/^src\//, 'other'],
  [/^demo\/server\//, 'server'],
  [/^demo\/backend\//, 'backend'],
  [/^demo\//, 'pages'],
];

/**
 * What a layer may import values of, beside itself: layers, and packages of those that are restricted.
 * @type {Record<string, string[]>}
 */
const allowed = {
  wire: ['zod'],
  rules: [],
  errors: ['rules'],
  i18n: ['rules'],
  registry: [],
  transport: ['wire', 'errors', 'rules'],
  resources: ['wire', 'transport', 'errors', 'rules'],
  clerk: ['resources', 'wire', 'transport', 'errors', 'rules', 'registry'],
  methods: ['clerk', 'resources', 'wire', 'transport', 'errors', 'rules'],
  flows: ['rules'],
  elements: ['lit', 'flows', 'i18n', 'rules', 'registry'],
  entries: ['zod', 'lit', 'wire', 'errors', 'i18n', 'transport', 'resources', 'clerk', 'methods', 'flows', 'elements', 'registry', 'rules'],
  other: [],
  server: ['zod', 'wire', 'rules', 'backend'],
  backend: [],
  pages: [],
};

/** @param {string} path from the project's folder */
const layerOf = (path) => layers.find(([pattern]) => pattern.test(path))?.[1];

/**
 * What a specifier names, if the rule cares: a layer, or a restricted package.
 * @param {string} specifier
 * @param {{ file: string, root: string }} place
 */
function targetOf(specifier, { file, root }) {
  const [, name] = /^(?:@(lit)\/|(lit|lit-html|lit-element|zod)(?:\/|$))/.exec(specifier)?.filter(Boolean) ?? [];
  if (name) return name.startsWith('lit') ? 'lit' : name;
  if (!specifier.startsWith('.')) return undefined;
  return layerOf(relative(root, resolve(dirname(file), specifier)).replaceAll('\\', '/'));
}

/**
 * @param {{ importKind?: string, exportKind?: string, specifiers?: { importKind?: string, exportKind?: string }[] }} node
 */
function isTypeOnly({ importKind, exportKind, specifiers }) {
  if (importKind === 'type' || exportKind === 'type') return true;
  const kinds = specifiers?.map((specifier) => specifier.importKind ?? specifier.exportKind) ?? [];
  return kinds.length > 0 && kinds.every((kind) => kind === 'type');
}

/** @type {import('eslint').Rule.RuleModule} */
export const layersRule = {
  meta: {
    type: 'problem',
    docs: { description: 'Imports of values follow the layers of ARCHITECTURE.md.' },
    schema: [],
    messages: {
      restricted: '{{layer}} must not import values of {{target}} (ARCHITECTURE.md, Layers).',
    },
  },
  create(context) {
    const file = context.filename;
    const root = context.cwd;
    const layer = layerOf(relative(root, file).replaceAll('\\', '/'));
    if (layer === undefined) return {};
    /** @param {any} node */
    const check = (node) => {
      if (typeof node.source?.value !== 'string' || isTypeOnly(node)) return;
      const target = targetOf(node.source.value, { file, root });
      if (target === undefined || target === layer || allowed[layer]?.includes(target)) return;
      context.report({ node: node.source, messageId: 'restricted', data: { layer, target } });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};
