/** No name that our elements draw by Clerk's types is complained of. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { elementNames } from '../../../src/elements/appearance/known-names.ts';

const source = fileURLToPath(new URL('../../../src/', import.meta.url));

it('knows every one of Clerk’s names that is drawn', async () => {
  const types = new URL('../../../node_modules/@clerk/react/dist/', import.meta.url);
  const file = /"\.\/(types-[\w-]+)\.mjs"/.exec(await readFile(new URL('index.d.mts', types), 'utf8'))?.[1];
  assert.ok(file);
  const published = await readFile(new URL(`${file}.d.mts`, types), 'utf8');
  const theirs = new Set([...published.matchAll(/^ {2}([a-zA-Z]+): WithOptions/gm)].map(([, name]) => name!));
  assert.ok(theirs.has('formButtonPrimary'));
  const drawn = new Set<string>();
  for (const folder of ['elements', 'factors']) {
    for (const path of await readdir(join(source, folder), { recursive: true })) {
      if (!path.endsWith('.ts')) continue;
      const text = await readFile(join(source, folder, path), 'utf8');
      for (const [, name] of text.matchAll(/(?:\bcl-|(?:classNames|actionLink)\(')([a-zA-Z]+)/g)) drawn.add(name!);
    }
  }
  const wanted = [...drawn].filter((name) => theirs.has(name));
  assert.ok(wanted.length > 50, wanted.join(' '));
  assert.deepEqual(
    wanted.filter((name) => !elementNames.has(name)),
    [],
  );
});
