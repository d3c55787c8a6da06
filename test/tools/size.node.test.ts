/** The size check fails when it should: a check that never fails lets a file double unnoticed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { budgets } from '../../tools/size/budgets.mjs';

const program = fileURLToPath(new URL('../../tools/size/main.mjs', import.meta.url));

describe('npm run size', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clerk-lit-size-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Files whose brotli has about these sizes: random bytes cannot be compressed. */
  const check = async (files: Record<string, number>) => {
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), randomBytes(bytes));
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, folder], { encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const within = { 'clerk.browser.js': 10_000, 'index.js': 10_000, 'ui-AAAA1111.js': 10_000, 'sign-up-BBBB2222.js': 4_000 };

  it('passes within the budgets, and prints a table', async () => {
    const { status, stdout } = await check(within);
    assert.equal(status, 0);
    assert.match(stdout, /core \(clerk\.browser\.js\) +100\d\d +16000 +63 %/);
    assert.match(stdout, /sign-up-BBBB2222\.js +40\d\d +5000/);
  });

  const tooMuch: [what: string, files: Record<string, number>, message: RegExp][] = [
    ['the core', { 'clerk.browser.js': budgets.core }, /core \(clerk\.browser\.js\): 160\d\d bytes, \d+ over the budget of 16000/],
    ['the core as a module', { 'index.js': budgets.core }, /index\.js\): 160\d\d bytes/],
    ['core and UI together', { 'ui-AAAA1111.js': budgets.signIn - 10_000 }, /for the sign-in card: 320\d\d bytes/],
    ['an element', { 'sign-up-BBBB2222.js': budgets.element }, /sign-up-BBBB2222\.js: 50\d\d bytes/],
    ['a second UI file', { 'ui-CCCC3333.js': 10 }, /takes 3 files, 2 are allowed/],
  ];
  for (const [what, files, message] of tooMuch) {
    it(`fails when it is too much: ${what}`, async () => {
      const { status, stderr } = await check({ ...within, ...files });
      assert.equal(status, 1);
      assert.match(stderr, message);
    });
  }

  for (const missing of Object.keys(within)) {
    it(`fails without ${missing}`, async () => {
      const { status, stderr } = await check(Object.fromEntries(Object.entries(within).filter(([name]) => name !== missing)));
      assert.equal(status, 1);
      assert.match(stderr, /npm run build/);
    });
  }
});
