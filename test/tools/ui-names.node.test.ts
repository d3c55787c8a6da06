/** Names of the UI that the build shortens mean nothing outside of it: a name too many would break a page, and only in the built files. */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { elementFiles } from '../../src/elements/registry.ts';
import { createShortExports } from '../../tools/build/short-exports.mjs';
import { uiNames } from '../../tools/build/ui-names.mjs';

const source = fileURLToPath(new URL('../../src/', import.meta.url));

async function sources(folder: string): Promise<string[]> {
  const paths = (await readdir(join(source, folder), { recursive: true })).filter((path) => path.endsWith('.ts'));
  return Promise.all(paths.map((path) => readFile(join(source, folder, path), 'utf8')));
}

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

describe('names of the UI', async () => {
  const ui = (await Promise.all(['elements', 'flows', 'factors', 'i18n'].map(sources))).flat().map(withoutComments);

  it('are each there once, and in use', () => {
    assert.equal(new Set(uiNames).size, uiNames.length);
    const used = new Set(ui.join('\n').match(/[A-Za-z_]\w*/g));
    assert.deepEqual(
      uiNames.filter((name) => !used.has(name)),
      [],
    );
  });

  it('are no members of the core that the UI uses', async () => {
    const paths = (await readdir(join(source, 'resources/types'))).map((file) => join('resources/types', file));
    for (const path of ['clerk/clerk-api.ts', ...paths]) {
      const text = withoutComments(await readFile(join(source, path), 'utf8'));
      const members = new Set([...text.matchAll(/^\s+(?:readonly )?(\w+)\??[:(]/gm)].map(([, name]) => name!));
      assert.ok(members.size, path);
      assert.deepEqual(
        uiNames.filter((name) => members.has(name)),
        [],
        path,
      );
    }
  });

  it('are no exports that are members of what import() gives, which esbuild never renames', async () => {
    const fetched = [...ui.join('\n').matchAll(/import\('\.\/([\w-]+\.ts)'\)/g)].map(([, file]) => file!);
    assert.ok(fetched.includes('more-fields.ts'));
    const further = (await readdir(source, { recursive: true })).filter((path) => fetched.some((file) => path.endsWith(`/${file}`)));
    const entryPoints = [...Object.values(elementFiles).map((path) => join('elements', path)), ...further];
    const { metafile } = await build({
      ...{ entryPoints, absWorkingDir: source, bundle: true, packages: 'external', format: 'esm', outdir: 'nowhere' },
      ...{ metafile: true, write: false, logLevel: 'silent' },
    });
    const outputs = Object.values(metafile.outputs);
    assert.ok(outputs.length >= entryPoints.length);
    // Of the UI file the core takes this one; all else is imported by name.
    assert.ok(!uiNames.includes('startUserInterface'));
    for (const { entryPoint, exports } of outputs) {
      assert.deepEqual(
        uiNames.filter((name) => exports.includes(name)),
        [],
        entryPoint,
      );
    }
  });

  it('are no attributes and properties that pages set', () => {
    const members = new Set(ui.flatMap((text) => [...text.matchAll(/^ {2}declare (\w+):/gm)].map(([, name]) => name!)));
    assert.deepEqual(
      uiNames.filter((name) => members.has(name)),
      [],
    );
  });

  it('are no members that the documentation of the elements names', async () => {
    const manifest = JSON.parse(await readFile(join(source, '../custom-elements.json'), 'utf8')) as {
      modules: { declarations?: { members?: { name: string; privacy?: string }[] }[] }[];
    };
    const declarations = manifest.modules.flatMap((module) => module.declarations ?? []);
    const members = declarations
      .flatMap((declaration) => declaration.members ?? [])
      .filter(({ privacy }) => !privacy || privacy === 'public');
    assert.ok(members.length > 10);
    const names = new Set(members.map(({ name }) => name));
    assert.deepEqual(
      uiNames.filter((name) => names.has(name)),
      [],
    );
  });

  it('are no names that lit looks for', async () => {
    const require = createRequire(import.meta.url);
    const lit = await Promise.all(
      ['@lit/reactive-element', 'lit-html', 'lit-element'].map((name) => readFile(require.resolve(name), 'utf8')),
    );
    const members = new Set(lit.join('\n').match(/(?<=[.{,;])[A-Za-z]{3,}(?=\b)/g));
    const own = ['action', 'part'];
    assert.deepEqual(
      uiNames.filter((name) => members.has(name) && !own.includes(name)),
      [],
    );
  });
});

describe('createShortExports()', () => {
  it('gives both sides the same names, and keeps what others import', () => {
    const { inExports, inImports } = createShortExports(['start']);
    assert.equal(inExports('code;export{a as html,b as start,css};'), 'code;export{a as a,b as start,css as b};');
    assert.equal(
      inImports('import{css as x,html}from"./ui-1.js";import{css}from"./other.js";', 'ui-1.js'),
      'import{b as x,a as html}from"./ui-1.js";import{css}from"./other.js";',
    );
  });
});
