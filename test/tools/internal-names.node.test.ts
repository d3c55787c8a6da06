/** Names that the build shortens mean nothing outside the core: a name too many would break a page, and only in the built file. */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import methods from '../../src/methods/index.ts';
import { internalNames } from '../../tools/build/internal-names.mjs';

const source = fileURLToPath(new URL('../../src/', import.meta.url));

async function sources(folder: string): Promise<{ path: string; text: string }[]> {
  const paths = (await readdir(join(source, folder), { recursive: true })).filter((path) => path.endsWith('.ts'));
  return Promise.all(paths.map(async (path) => ({ path: join(folder, path), text: await readFile(join(source, folder, path), 'utf8') })));
}

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
const words = (text: string) => new Set(withoutComments(text).match(/[A-Za-z_]\w*/g));
const camelCase = (name: string) => name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());

describe('internal names', async () => {
  const core = (await Promise.all(['clerk', 'methods', 'resources', 'transport', 'wire'].map(sources))).flat();
  const ui = (await Promise.all(['elements', 'flows', 'factors', 'i18n'].map(sources))).flat();

  it('are each there once, and in use', () => {
    assert.equal(new Set(internalNames).size, internalNames.length);
    const used = words(core.map(({ text }) => text).join('\n'));
    assert.deepEqual(
      internalNames.filter((name) => !used.has(name)),
      [],
    );
  });

  it('are no names that pages or the UI know', () => {
    const published = core.filter(({ path }) => /clerk-api\.ts$|resources.types\b/.test(path));
    assert.ok(published.length > 10);
    for (const { path, text } of published) {
      const known = words(text);
      assert.deepEqual(
        internalNames.filter((name) => known.has(name)),
        [],
        path,
      );
    }
    const called = Object.values(methods()).flatMap((table) => Object.keys(table));
    assert.deepEqual(
      internalNames.filter((name) => called.includes(name)),
      [],
    );
    for (const { path, text } of ui) {
      const members = new Set(
        [...withoutComments(text).matchAll(/\bclerk\??\.(\w+)|\bclerk\.\w+!?\??\.(\w+)/g)].flatMap(([, first, second]) => [first, second]),
      );
      assert.deepEqual(
        internalNames.filter((name) => members.has(name)),
        [],
        path,
      );
    }
  });

  it('are no names of the wire', () => {
    for (const { path, text } of core.filter(({ path }) => path.startsWith('wire'))) {
      const members = [...withoutComments(text).matchAll(/^ {2,}(\w+):(?! (wrapped|plain)\()/gm)].map(([, name]) => name!);
      const known = new Set(members.flatMap((name) => [name, camelCase(name)]));
      const forms = path.includes('browser-schemas')
        ? []
        : internalNames.filter((name) => known.has(name) && !new RegExp(`\\b${name}: (emptyForm|/\\* @__PURE__ \\*/ form)`).test(text));
      assert.deepEqual(forms, [], path);
    }
  });

  it('are never spelled in a string, which would not be shortened', () => {
    for (const { path, text } of core) {
      const strings = new Set([...withoutComments(text).matchAll(/'([^'\n]*)'/g)].map(([, content]) => content));
      assert.deepEqual(
        internalNames.filter((name) => strings.has(name)),
        [],
        path,
      );
    }
  });

  it('are no names of the platform', async () => {
    const folder = join(dirname(createRequire(import.meta.url).resolve('typescript')));
    const files = (await readdir(folder)).filter((name) => /^lib\..*\.d\.ts$/.test(name));
    const members = new Set<string>();
    for (const file of files) {
      const text = await readFile(join(folder, file), 'utf8');
      for (const [, name] of text.matchAll(/^\s*(?:readonly |get |set |static )*"?([A-Za-z_]\w*)"?[?(<:]/gm)) members.add(name!);
    }
    assert.ok(members.size > 5000, String(members.size));
    assert.deepEqual(
      internalNames.filter((name) => members.has(name)),
      [],
    );
  });
});
