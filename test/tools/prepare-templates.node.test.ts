/** Templates prepared by the build: each of the sources' is drawn as Lit itself draws it. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';
import type { Page } from 'playwright-core';
import ts from 'typescript';
import { prepareTemplate, prepareTemplates } from '../../tools/build/prepare-templates.mjs';
import { trimLit } from '../../tools/build/trim-lit.mjs';
import { closeBrowser, openBrowser } from '../support/journey.ts';

const root = join(import.meta.dirname, '../..');

describe('prepareTemplate()', () => {
  const examples: [what: string, texts: string[], prepared: string[]][] = [
    ['a template without values', ['<p class="a">text</p>'], ['<p class="a">text</p>']],
    ['nothing at all', [''], ['<?>']],
    ['children, by the number of their node', ['<p>', ' and ', '</p>!'], ['<p><?> and <?></p>!', '1;2', '']],
    ['a child at the end, and the node behind it', ['', ''], ['<?><?>', '0']],
    [
      'attributes, properties, flags and listeners by their names',
      ['<a b="c" href=', ' .ariaLabel=', ' ?hidden=', ' @click=', '></a>'],
      ['<a b="c"></a>', '0href;.ariaLabel;?hidden;@click', '', '', ''],
    ],
    ['texts around values', ['<p id="', '-', '" class="cl-', '"></p>'], ['<p></p>', '0id||-|;class|cl-|', '', '']],
    ['a node with parts after one without any', ['<i></i><p id=', '>', '</p>.'], ['<i></i><p><?></p>.', '1id;2', '']],
    ['a value before the end of a tag', ['<br id=', '/>'], ['<br />', '0id']],
    ['a child that stays in a table', ['<table>', '</table>.'], ['<table><?></table>.', '1']],
    ['a comment of its own', ['<!-- one --><p>', '</p>.'], ['<!-- one --><p><?></p>.', '2']],
  ];
  for (const [what, texts, prepared] of examples) {
    it(`says where values belong: ${what}`, () => assert.deepEqual(prepareTemplate(texts), prepared));
  }

  const refused: [what: string, texts: string[]][] = [
    ['a comment', ['<!-- ', ' -->']],
    ['an element of text alone', ['<textarea>', '</textarea>']],
    ['the name of an element', ['<h', '></h>']],
    ['the name of an attribute', ['<p ', '=a></p>']],
    ['a separator', ['<p style="color: red; width: ', '"></p>']],
  ];
  for (const [what, texts] of refused) {
    it(`refuses a value in ${what}`, () => assert.throws(() => prepareTemplate(texts), /cannot be prepared/));
  }
});

describe('prepareTemplates()', () => {
  it('prepares literals within the values of others, and leaves all else as it is', () => {
    const source =
      'const a: string = `<p>${1}</p>`; // html`<p>${a}</p>`\nexport const b = (c?: string) => html`<p>${c && html`<i id=${c}>\\`</i>`}</p>`;';
    const prepared =
      'const a: string = `<p>${1}</p>`; // html`<p>${a}</p>`\nexport const b = (c?: string) => html`<p><?></p>${c && html`<i>\\`</i>${c}0id`}1`;';
    assert.equal(prepareTemplates(source), prepared);
  });
});

describe('a prepared template', () => {
  let page: Page;

  before(async () => {
    page = await (await openBrowser()).newPage();
    // tsx wraps functions in calls of this.
    await page.addScriptTag({ content: 'globalThis.__name = (value) => value' });
    await page.addScriptTag({ content: await litAs('whole') });
    await page.addScriptTag({ content: await litAs('trimmed', [trimLit()]) });
  });
  after(closeBrowser);

  it('is drawn, and drawn again, as Lit draws it as it is written: every one of the sources', async () => {
    const templates = await literalsOfSources();
    assert.ok(templates.length > 100, String(templates.length));
    const drawn = await page.evaluate(
      draw,
      templates.map((texts) => ({ texts, prepared: prepareTemplate(texts), kinds: kindsOf(texts) })),
    );
    assert.deepEqual(
      drawn.filter(({ whole, trimmed }) => whole !== trimmed),
      [],
    );
    assert.ok(drawn.some(({ whole }) => whole.includes('one-hint') && whole.includes('two-hint')));
  });
});

/** Lit's templates as a script that makes a global variable. */
async function litAs(globalName: string, plugins: Plugin[] = []): Promise<string> {
  const contents = "export { html, render } from 'lit';";
  const stdin = { contents, resolveDir: root };
  const { outputFiles } = await build({
    stdin,
    globalName,
    plugins,
    bundle: true,
    format: 'iife',
    write: false,
    conditions: ['production'],
  });
  return outputFiles[0]!.text;
}

/** The texts of all `html` literals. */
async function literalsOfSources(): Promise<string[][]> {
  const names = (await readdir(join(root, 'src'), { recursive: true })).filter((name) => name.endsWith('.ts'));
  const found: string[][] = [];
  for (const name of names) {
    const look = (node: ts.Node): void => {
      if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'html') {
        const { template } = node;
        found.push(
          ts.isTemplateExpression(template)
            ? [template.head.text, ...template.templateSpans.map((span) => span.literal.text)]
            : [template.text],
        );
      }
      ts.forEachChild(node, look);
    };
    look(ts.createSourceFile(name, await readFile(join(root, 'src', name), 'utf8'), ts.ScriptTarget.Latest, true));
  }
  return found;
}

/** What each value is for, by the text before it: `@` a listener, `?` a flag, anything else a text. */
const kindsOf = (texts: readonly string[]) => texts.slice(0, -1).map((text) => /([@?])[\w-]+=["']?$/.exec(text)?.[1] ?? '');

interface Lit {
  html(texts: TemplateStringsArray, ...values: unknown[]): unknown;
  render(value: unknown, container: HTMLElement): void;
}

/** In the page: draws each template twice by each Lit, and says what there is afterwards, values of fields too. */
function draw(templates: { texts: string[]; prepared: string[]; kinds: string[] }[]) {
  const { whole, trimmed } = window as unknown as { whole: Lit; trimmed: Lit };
  const drawBy = ({ html, render }: Lit, texts: string[], kinds: string[]) => {
    const strings = Object.assign(texts, { raw: texts });
    const container = document.createElement('div');
    return ['one', 'two'].map((value) => {
      const clicks: string[] = [];
      const values = kinds.map((kind) => (kind === '@' ? () => clicks.push(value) : kind === '?' ? value === 'one' : value));
      render(html(strings, ...values), container);
      const nodes = [...container.querySelectorAll<HTMLInputElement>('*')];
      for (const node of nodes) for (const type of ['click', 'input', 'keydown']) node.dispatchEvent(new Event(type));
      return [container.innerHTML.replace(/<!--.*?-->/g, '<!---->'), nodes.map((node) => node.value), clicks];
    });
  };
  return templates.map(({ texts, prepared, kinds }) => ({
    whole: JSON.stringify(drawBy(whole, texts, kinds)),
    trimmed: JSON.stringify(drawBy(trimmed, prepared, kinds)),
  }));
}
