/**
 * Markup prepared by the build: which values a template has, and where, is found here and not in the browser. Lit's parser of templates and its
 * regular expressions stay out of the files, and no page compiles or runs them (docs/decisions/0021-speed.md).
 *
 * A literal keeps its values and gets other texts: `html\`<p id="${id}-hint" class=${name}>${text}</p>\`` becomes
 * `html\`<p><?></p>${id}0id||-hint;class;1${name}${text}\``. The first text is the markup, with `<?>` where a child belongs. The second has, for
 * each part, the number of its node, counted as Lit counts them, unless it is in the same one as the part before; and for an attribute the name as it is
 * written, and the texts around its values where there are any. The other half, which reads this, is in `trim-lit.mjs`.
 */
import { parseFragment } from 'parse5';
import ts from 'typescript';

/** Stands for a value while its place is looked for: no source has this character. */
const markOf = (/** @type {number} */ value) => `\uE000${value}\uE000`;
const mark = /\uE000\d+\uE000/;

/** In the place of a child; and at the end, where a child may be the last thing: Lit finds its end by the node behind it. */
const placeholder = '<?>';

/**
 * Prepares all `html` literals of a source file, those within the values of others too.
 * @param {string} source TypeScript
 * @returns {string}
 * @throws {Error} where a value stands where no part can be
 */
export function prepareTemplates(source) {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest);
  /** @param {ts.Node} node @returns {string} */
  const textOf = (node) => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText(file) === 'html') return templateOf(node);
    let text = '';
    let end = node.getFullStart();
    ts.forEachChild(node, (child) => {
      text += source.slice(end, child.getFullStart()) + textOf(child);
      end = child.getEnd();
    });
    return text + source.slice(end, node.getEnd());
  };
  /** @param {ts.TaggedTemplateExpression} node @returns {string} */
  const templateOf = ({ tag, template }) => {
    const [head, spans] = ts.isTemplateExpression(template) ? [template.head, template.templateSpans] : [template, []];
    const [first = '', ...others] = prepareTemplate([head.text, ...spans.map(({ literal }) => literal.text)]).map(escape);
    const values = spans.map(({ expression }, index) => `\${${textOf(expression)}}${others[index]}`);
    return `${source.slice(tag.getFullStart(), tag.getEnd())}\`${first}${values.join('')}\``;
  };
  return textOf(file);
}

const escape = (/** @type {string} */ text) => text.replace(/[`\\]|\$\{/g, '\\$&');

/**
 * The texts of one literal as they are to be.
 * @param {readonly string[]} texts as they are written
 * @returns {string[]} as many
 * @throws {Error} where a value stands where no part can be
 */
export function prepareTemplate(texts) {
  const written = texts.reduce((whole, text, index) => `${whole}${markOf(index - 1)}${text.startsWith('/>') ? ' ' : ''}${text}`);
  const marked = markChildren(texts.at(-1) ? written : written + placeholder, texts);
  /** @type {string[]} */
  const parts = [];
  /** Attributes with values, which the markup does without: start and end. @type {[number, number][]} */
  const cuts = [];
  let values = 0;
  let number = -1;
  let last = -1;
  const node = () => (last === number ? '' : String((last = number)));
  for (const { nodeName, data, attrs = [], sourceCodeLocation } of nodesOf(parseFragment(marked, { sourceCodeLocationInfo: true }))) {
    if (nodeName !== '#text') number++;
    if (data === `?${markOf(values)}`) {
      parts.push(node());
      values++;
    }
    for (const { name, value } of attrs) {
      if (!value.includes(markOf(values))) continue;
      const { startOffset, endOffset } = sourceCodeLocation.attrs[name];
      const around = value.split(new RegExp(mark, 'g'));
      const part = [
        node() + marked.slice(startOffset, startOffset + name.length),
        ...(around.some(Boolean) || around.length > 2 ? around : []),
      ];
      if (/[;|]/.test(part.join(''))) throw problem(`a text with ; or | around a value of ${name}`, texts);
      parts.push(part.join('|'));
      cuts.push([startOffset - 1, endOffset]);
      values += around.length - 1;
    }
  }
  if (values !== texts.length - 1) throw problem('a value that is neither a child nor in an attribute', texts);
  const markup = cuts
    .reduceRight((whole, [start, end]) => whole.slice(0, start) + whole.slice(end), marked)
    .replaceAll(new RegExp(`<\\?${mark.source}>`, 'g'), placeholder);
  return texts.map((_, index) => [markup, parts.join(';')][index] ?? '');
}

/**
 * Puts comments around the marks of children, as Lit does it: text might be put elsewhere than a node, as in a table.
 * @param {string} written
 * @param {readonly string[]} texts for complaints
 */
function markChildren(written, texts) {
  let marked = written;
  for (const { value = '', parentNode } of nodesOf(parseFragment(written))) {
    const found = value.match(new RegExp(mark, 'g')) ?? [];
    if (found.length && /^(script|style|textarea|title)$/.test(parentNode.nodeName))
      throw problem('a value in an element of text alone', texts);
    for (const each of found) marked = marked.replace(each, `<?${each}>`);
  }
  return marked;
}

/**
 * All nodes in the order of the document. What is in a `<template>` is no part of it, for Lit neither.
 * @param {any} parent
 * @returns {Generator<any>}
 */
function* nodesOf(parent) {
  for (const node of parent.childNodes ?? []) {
    yield node;
    yield* nodesOf(node);
  }
}

const problem = (/** @type {string} */ what, /** @type {readonly string[]} */ texts) =>
  new Error(`This template cannot be prepared: ${what}, in ${texts.join('${…}').slice(0, 200)}`);
