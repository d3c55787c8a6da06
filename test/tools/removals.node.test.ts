/** docs/security.md, the tests it names, and the removals that show that these tests can fail. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseRemoval, readRemovals, removalsFolder } from '../../tools/removals/removal.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const document = readFileSync(`${root}docs/security.md`, 'utf8');
const removals = await readRemovals();

/** Rows of the document's tables of promises. */
const rows = [...document.matchAll(/^\| ([A-Z]\d+) +\|(.*)\|$/gm)].map(([, promise = '', cells = '']) => {
  const [what = '', mechanism = '', tests = '', removed = ''] = cells.split(/(?<!\\)\|/).map((cell) => cell.trim());
  return { promise, what, mechanism, tests, removed };
});
const namesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

describe('docs/security.md', () => {
  for (const { promise, what, mechanism, tests, removed } of rows) {
    it(`has for ${promise} a mechanism, tests, and removals or why there is none`, () => {
      for (const cell of [what, mechanism, tests, removed]) assert.ok(cell.length > 2, cell);
      const paths = [...tests.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, path = '']) => path);
      assert.ok(paths.length, 'links to tests');
      for (const path of paths) assert.ok(existsSync(root + path), path);
      for (const path of namesIn(mechanism).filter((name) => /^(src|demo|tools)\//.test(name))) assert.ok(existsSync(root + path), path);
      const own = removals.filter((removal) => removal.promise === promise).map(({ name }) => name);
      assert.deepEqual(namesIn(removed).sort(), own.sort());
      if (!own.length) assert.match(removed, /^None: ./);
    });
  }

  it('has each promise once', () => {
    assert.equal(new Set(rows.map(({ promise }) => promise)).size, rows.length);
    for (const { promise, name } of removals)
      assert.ok(
        rows.some((row) => row.promise === promise),
        name,
      );
  });

  it('names each campaign', () => {
    const campaigns = readdirSync(`${root}test/faults`).flatMap((name) => /^(.+)\.campaign\.ts$/.exec(name)?.[1] ?? []);
    for (const name of campaigns) assert.match(document, new RegExp(`^\\| \`${name}\` +\\|`, 'm'));
  });
});

describe('removals', () => {
  for (const { name, promise, test, files } of removals) {
    it(`${name} applies to what is there, and its test is one of ${promise}`, () => {
      execFileSync('git', ['apply', '--check', '--recount', `${removalsFolder}${name}.patch`], { cwd: root, stdio: 'pipe' });
      for (const file of files) assert.match(file, /^(src|demo|tools)\//);
      assert.match(test, /\.security\.(node\.)?test\.ts$/);
      assert.match(readFileSync(root + test, 'utf8'), new RegExp(`\\b${promise}\\b`));
    });
  }

  const diff = 'diff --git a/src/a.ts b/src/a.ts\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-a\n+b\n';
  const head = 'Promise: E4\nRemoves: a\nTest: test/a.security.node.test.ts\n';
  for (const [what, name, text, message] of [
    ['no test', 'e4-a', `Promise: E4\nRemoves: a\n${diff}`, /e4-a\.patch: expected a line "Test: …" before the diff/],
    ['no diff', 'e4-a', head, /e4-a\.patch: expected a diff as git writes it/],
    ['the name of another promise', 'e5-a', head + diff, /e5-a\.patch: expected a name that begins with e4-/],
  ] as const) {
    it(`are refused with ${what}`, () => {
      assert.throws(() => parseRemoval(name, text), message);
    });
  }
});
