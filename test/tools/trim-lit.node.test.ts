import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parts, trimModule } from '../../tools/build/trim-lit.mjs';

const root = join(import.meta.dirname, '../..');

/** What is left out of Lit, as a source would ask for it. */
const leftOut: [what: string, pattern: RegExp][] = [
  ['directives', /from 'lit\/(directives?\b|async-directive|static-html)|from 'lit-html/],
  ['kinds of templates other than HTML', /\b(svg|mathml)`/],
  ['decorators', /from 'lit\/decorators|addInitializer|^\s*@(property|state|customElement|query)\b/m],
  ['attributes that follow properties', /\breflect:|\buseDefault:/],
  ['parts within comments', /<!--(?:(?!-->)[^`])*\$\{/],
  ['parts within elements that hold text alone', /<(script|style|textarea|title)\b[^<]*>[^<]*\$\{[^<]*<\/\1/],
  ['properties named by symbols', /: PropertyDeclarations = \{[^;]*?^\s*\[/m],
  ['attributes other than text and flags', /\bconverter:|\btype: (Number|Object|Array|String)\b/],
];

/** What a file declares as properties of elements, and what accessors it has. */
const declared = (source: string) =>
  [...source.matchAll(/: PropertyDeclarations = \{(.*?)\};/gs)].flatMap(([, block = '']) =>
    [...block.matchAll(/(\w+): \{/g)].map(([, name]) => name!),
  );
const accessors = (source: string) => [...source.matchAll(/^ {2}(?:override )?[gs]et (\w+)\(/gm)].map(([, name]) => name!);

const sources = async () => {
  const names = (await readdir(join(root, 'src'), { recursive: true })).filter((name) => name.endsWith('.ts'));
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(root, 'src', name), 'utf8') })));
};

describe('trimModule()', () => {
  for (const [name, list] of Object.entries(parts)) {
    it(`finds each of its ${list.length} parts once in ${name}`, async () => {
      const packageName = name === 'reactive-element.js' ? '@lit/reactive-element' : name.replace('.js', '');
      const text = await readFile(join(root, 'node_modules', packageName, name), 'utf8');
      assert.ok(trimModule(name, text).length < text.length, name);
    });

    it(`refuses another ${name}`, () => {
      assert.throws(() => trimModule(name, 'export class Other {}'), /Lit has changed/);
    });
  }

  it('leaves other modules alone', () => {
    assert.equal(trimModule('other.js', 'text'), 'text');
  });

  for (const [what, pattern] of leftOut) {
    it(`leaves out ${what}: no source asks for them`, async () => {
      const asking = (await sources()).filter(({ text }) => pattern.test(text)).map(({ name }) => name);
      assert.deepEqual(asking, []);
    });
  }

  it('leaves out accessors beside declared properties: no class has one', async () => {
    const all = (await sources()).filter(({ name }) => /^elements\/.*(?<!-controller)\.ts$/.test(name));
    const properties = new Set(all.flatMap(({ text }) => declared(text)));
    assert.ok(
      ['when', 'helpText', 'clerk'].every((name) => properties.has(name)),
      'the declarations are found',
    );
    const both = all.flatMap(({ name, text }) => accessors(text).flatMap((each) => (properties.has(each) ? `${name}: ${each}` : [])));
    assert.deepEqual(both, []);
  });
});
