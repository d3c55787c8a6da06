/** The build on a small tree of the same shape: which files come out, what they import, and what is refused. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildBrowserFiles } from '../../tools/build/bundle.mjs';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** Smallest sources that have every part. */
const sources: Record<string, string> = {
  'package.json': '{ "version": "1.2.3" }',
  'src/rules/reserved-boxes.ts': 'export const reservedBoxes = "clerk-show:not(:defined) { display: none; }";',
  'src/rules/rule.ts': 'export const rule = "a rule";',
  'src/wire/browser-schemas.ts': 'export const string = () => "a schema";',
  'src/wire/user.ts': 'import * as z from "zod/mini"; export const user = z.string();',
  'src/i18n/languages.ts': 'export const languageFiles = { de: "./de.ts" } as const;',
  'src/i18n/de.ts': 'import { rule } from "../rules/rule.ts"; export const texts = ["Weiter", rule];',
  'src/i18n/localization.ts': 'export const languages = { de: () => import("./de.ts") };',
  'src/elements/registry.ts': 'export const elementFiles = { "clerk-card": "./card/card.ts", "clerk-field": "./field/field.ts" } as const;',
  'src/elements/base.ts': 'import { html } from "lit"; export const base = () => html`base`;',
  'src/elements/base/css-tag.ts': await readFile(join(project, 'src/elements/base/css-tag.ts'), 'utf8'),
  'src/elements/shared.ts': 'export { base } from "./base.ts";',
  'src/elements/card/card.ts':
    'import { base } from "../base.ts"; import { rule } from "../../rules/rule.ts"; export const element = [base, rule];',
  'src/elements/field/field.ts':
    'import { base } from "../shared.ts"; import { rule } from "../../rules/rule.ts"; export const element = { base, rule };',
  'src/ui.ts': 'export * from "./elements/shared.ts"; export { element } from "./elements/card/card.ts";',
  'src/resources/user.ts': 'export class User { userChanged() { return "a change"; } }; export const unused = "not used";',
  'src/clerk/core-parts.ts': 'export const coreParts = () => ({});',
  'src/methods/index.ts':
    'import * as z from "zod/mini"; import { User, unused } from "../resources/user.ts"; import { own } from "./own.ts"; class Admin extends User { rename() { return [this.userChanged(), z.string(), own]; } } export default () => Admin;',
  'src/methods/own.ts': 'export const own = "a method of its own";',
  'src/browser.ts':
    'import { user } from "./wire/user.ts"; import { User } from "./resources/user.ts"; import { coreParts } from "./clerk/core-parts.ts"; globalThis.result = { user, version: __CLERK_LIT_VERSION__, files: __CLERK_LIT_FILES__, changed: new User().userChanged(), coreParts };',
  'src/index.ts':
    'export const files = __CLERK_LIT_FILES__; export const pins = __CLERK_LIT_PINS__; export const field = () => import("./elements/field/field.ts"); export const ui = () => import("./ui.ts"); export const methods = () => import("./methods/index.ts"); export { coreParts } from "./clerk/core-parts.ts";',
};

/** As a browser checks it. */
const integrityOf = (content: string) => `sha384-${createHash('sha384').update(content).digest('base64')}`;

describe('buildBrowserFiles()', () => {
  const folders: string[] = [];
  let root = '';

  const write = async (files: Record<string, string>) => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
    }
  };
  const output = async () => (await readdir(join(root, 'dist'))).sort();
  const read = (name: string) => readFile(join(root, 'dist', name), 'utf8');
  const find = async (start: string) => (await output()).find((name) => name.startsWith(start)) ?? '';

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'clerk-lit-build-'));
    folders.push(root);
    await symlink(join(project, 'node_modules'), join(root, 'node_modules'));
    await write(sources);
  });

  after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  it('makes the core twice, the UI, one file for each further element, and the style sheet', async () => {
    await buildBrowserFiles({ root });
    const names = (await output()).map((name) => name.replace(/-[A-F0-9]{10}\./, '-HASH.'));
    assert.deepEqual(names, [
      'clerk.browser.js',
      'clerk.css',
      'field-HASH.js',
      'index.js',
      'locale-de-HASH.js',
      'localization-HASH.js',
      'methods-HASH.js',
      'pins-HASH.json',
      'ui-HASH.js',
    ]);
    assert.equal(await read('clerk.css'), 'clerk-show:not(:defined) { display: none; }\n');
  });

  it('builds an element against the UI file', async () => {
    await buildBrowserFiles({ root });
    const ui = await find('ui-');
    const field = await read(await find('field-'));
    assert.ok(field.includes(`from"./${ui}"`), field);
    assert.ok(field.includes('a rule'));
    assert.ok(!field.includes('html`'));
  });

  it('puts our part of styles in the place of that of lit', async () => {
    await write({
      'src/elements/base.ts':
        'import { LitElement, css } from "lit"; export class base extends LitElement { static styles = css`p { color: red; }`; }',
    });
    await buildBrowserFiles({ root });
    const ui = await read(await find('ui-'));
    assert.ok(ui.includes('replaceSync'));
    // What Lit makes where sheets cannot be constructed.
    assert.ok(!ui.includes('createElement("style")'));
  });

  it('leaves out what no element asks of lit', async () => {
    await write({ 'src/elements/base.ts': 'import { LitElement } from "lit"; export class base extends LitElement {}' });
    await buildBrowserFiles({ root });
    const ui = await read(await find('ui-'));
    assert.ok(ui.includes('requestUpdate'));
    assert.doesNotMatch(ui, /PolyfillSupport|HydrateSupport|(html|Element)Versions|litDirective|litPropertyMetadata|<math>/i);
  });

  it('tells the core the version, and names and hashes of the files', async () => {
    const built = await buildBrowserFiles({ root });
    const index = await read('index.js');
    const { files, pins } = (await import(`data:text/javascript,${encodeURIComponent(index)}`)) as {
      files: Record<string, string>;
      pins: { file: string; integrity: string };
    };
    const names = {
      ui: await find('ui-'),
      'clerk-field': await find('field-'),
      localization: await find('localization-'),
      methods: await find('methods-'),
    };
    assert.deepEqual(files, names);
    const list = await read(pins.file);
    assert.equal(pins.integrity, integrityOf(list));
    // The same sources make the same files, in whatever order they were ready.
    const listed = Object.keys(JSON.parse(list) as object);
    assert.deepEqual(listed, [...listed].sort());
    const integrities = JSON.parse(list) as Record<string, string>;
    // Another file names the languages.
    assert.deepEqual(Object.keys(integrities).sort(), [...Object.values(names), await find('locale-de-')].sort());
    for (const [file, integrity] of Object.entries(integrities)) {
      assert.equal(integrity, integrityOf(await read(file)));
      assert.equal(built.find(({ name }) => name === file)?.integrity, integrity);
    }
    assert.ok((await read('clerk.browser.js')).includes('1.2.3'));
  });

  it('turns dynamic imports of sources into imports of the built files', async () => {
    await buildBrowserFiles({ root });
    const index = await read('index.js');
    assert.ok(index.includes(`import("./${await find('ui-')}")`), index);
    assert.ok(index.includes(`import("./${await find('field-')}")`), index);
    assert.ok(index.includes(`import("./${await find('methods-')}")`), index);
  });

  for (const sourceMaps of [false, true]) {
    it(`lets the methods use what the core has, under its short names, and has nothing of it twice${sourceMaps ? ', also with source maps' : ''}`, async () => {
      await buildBrowserFiles({ root, sourceMaps });
      const withoutSourceMap = (script: string) => script.replace(/^\/\/# sourceMappingURL.*$/m, '');
      const text = withoutSourceMap(await read(await find('methods-')));
      assert.ok(text.includes('a method of its own'));
      assert.doesNotMatch(text, /a change|a schema|not used|userChanged/);
      const browser = withoutSourceMap(await read('clerk.browser.js'));
      assert.equal(browser.match(/a change/g)?.length, 1);
      assert.doesNotMatch(browser, /not used|a method of its own|userChanged/);
      const load = async (script: string) =>
        (await import(`data:text/javascript,${encodeURIComponent(withoutSourceMap(script))}`)) as Record<string, unknown>;
      const { result } = (await load(`${browser};\nexport const { result } = globalThis;`)) as { result: { coreParts(): object } };
      const createAdmin = (await load(text)).default as (parts: object) => new () => { rename(): string[] };
      for (const coreParts of [result.coreParts, (await load(await read('index.js'))).coreParts as () => object]) {
        const Admin = createAdmin(coreParts());
        assert.deepEqual(new Admin().rename(), ['a change', 'a schema', 'a method of its own']);
      }
    });
  }

  it('removes the files of the build before', async () => {
    await buildBrowserFiles({ root, sourceMaps: true });
    const before = await output();
    await write({ 'src/elements/base.ts': 'import { html } from "lit"; export const base = () => html`changed`;' });
    await buildBrowserFiles({ root });
    const now = await output();
    assert.equal(now.length, 9);
    assert.notEqual(
      now.find((name) => name.startsWith('ui-')),
      before.find((name) => name.startsWith('ui-')),
    );
  });

  it('makes a file of what the UI imports dynamically, also in turn, and lists it for pages that pin the core', async () => {
    await write({
      'src/elements/card/card.ts': 'export { base } from "../base.ts"; export const element = () => import("../late.ts");',
      'src/elements/late.ts': 'export const late = ["comes late", () => import("./last.ts")];',
      'src/elements/last.ts': 'export const last = "comes last";',
    });
    await buildBrowserFiles({ root });
    const late = await find('late-');
    const last = await find('last-');
    assert.match(await read(late), /comes late/);
    assert.ok((await read(late)).includes(`import("./${last}")`));
    assert.doesNotMatch(await read(late), /comes last/);
    assert.match(await read(last), /comes last/);
    assert.ok((await read(await find('ui-'))).includes(`import("./${late}")`));
    const { file } = ((await import(`data:text/javascript,${encodeURIComponent(await read('index.js'))}`)) as { pins: { file: string } })
      .pins;
    const pins = JSON.parse(await read(file)) as object;
    for (const name of [late, last]) assert.ok(name in pins, name);
  });

  it('makes a file of what an element imports dynamically, built against the UI file as the element is', async () => {
    await write({
      'src/elements/field/field.ts': 'import { base } from "../shared.ts"; export const element = [base, () => import("./rare.ts")];',
      'src/elements/field/rare.ts': 'import { base } from "../shared.ts"; export const rare = [base, "seldom"];',
    });
    const built = await buildBrowserFiles({ root });
    const rare = await find('rare-');
    assert.equal(built.filter(({ name }) => name === rare).length, 1);
    assert.ok((await read(rare)).includes('seldom'));
    assert.ok((await read(rare)).includes(`from"./${await find('ui-')}"`));
    assert.ok((await read(await find('field-'))).includes(`import("./${rare}")`));
    assert.ok((await read(await find('pins-'))).includes(rare));
  });

  it('imports the UI file once into an element, whatever many source files import of it', async () => {
    await write({
      'src/elements/field/field.ts':
        'import { base } from "../shared.ts"; import { part } from "./part.ts"; export const element = [base, part];',
      'src/elements/field/part.ts': 'import { base } from "../shared.ts"; export const part = base;',
    });
    await buildBrowserFiles({ root });
    assert.equal((await read(await find('field-'))).match(/import\{/g)?.length, 1);
  });

  const refused: [what: string, files: Record<string, string>, message: RegExp][] = [
    [
      'lit in the core',
      { 'src/browser.ts': 'import { html } from "lit"; globalThis.x = html;' },
      /clerk\.browser\.js contains .*node_modules\/lit\/.*: lit belongs to the UI/,
    ],
    [
      'an element in the core',
      { 'src/index.ts': 'export { element } from "./elements/card/card.ts";' },
      /index\.js contains src\/elements\/card\/card\.ts: it belongs to the UI/,
    ],
    [
      'a schema in the UI',
      { 'src/elements/base.ts': 'export { user as base } from "../wire/user.ts";' },
      /The UI file contains src\/wire\/user\.ts: it belongs to the core/,
    ],
    [
      'a resource in the UI',
      { 'src/resources/client.ts': 'export const base = 1;', 'src/elements/base.ts': 'export { base } from "../resources/client.ts";' },
      /The UI file contains src\/resources\/client\.ts/,
    ],
    [
      'an element in the methods',
      { 'src/methods/own.ts': 'export { element as own } from "../elements/card/card.ts";' },
      /methods-\w+\.js contains src\/elements\/card\/card\.ts: it belongs to the UI/,
    ],
    [
      'a second copy of a shared part in an element',
      { 'src/elements/field/field.ts': 'import { base } from "../base.ts"; export const element = base;' },
      /<clerk-field> contains src\/elements\/base\.ts: the UI file has it/,
    ],
    [
      'a schema in an element',
      { 'src/elements/field/field.ts': 'import { user } from "../../wire/user.ts"; export const element = user;' },
      /<clerk-field> contains src\/wire\/user\.ts: an element shares lit/,
    ],
  ];
  for (const [what, files, message] of refused) {
    it(`refuses ${what}, and leaves the last good files`, async () => {
      await buildBrowserFiles({ root });
      const before = await output();
      await write(files);
      await assert.rejects(buildBrowserFiles({ root }), message);
      assert.deepEqual(await output(), before);
    });
  }
});
