/** Which browser the tests take: the one that was named, else the first that is installed. */
import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { findBrowser, findCommand } from '../../tools/find-browser.mjs';

describe('findBrowser()', () => {
  const { PATH, CHROME_PATH, FIREFOX_PATH } = process.env;
  let folder = '';

  const addProgram = async (path: string, mode = 0o755) => {
    await writeFile(join(folder, path), '#!/bin/sh\n');
    await chmod(join(folder, path), mode);
    return join(folder, path);
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clerk-lit-browsers-'));
    await mkdir(join(folder, 'first/chromium'), { recursive: true });
    await mkdir(join(folder, 'second'));
  });

  afterEach(() => {
    for (const [name, value] of Object.entries({ PATH, CHROME_PATH, FIREFOX_PATH })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('takes the one that CHROME_PATH names', async () => {
    process.env['CHROME_PATH'] = await addProgram('mine');
    assert.equal(await findBrowser(), join(folder, 'mine'));
  });

  it('says what is wrong with CHROME_PATH instead of taking another one', async () => {
    process.env['CHROME_PATH'] = join(folder, 'missing');
    await assert.rejects(findBrowser(), /^Error: CHROME_PATH is .*missing, which is not a program\.$/);
    process.env['CHROME_PATH'] = folder;
    await assert.rejects(findBrowser(), /not a program/);
  });

  it('takes an installed one, and neither a folder nor a file that cannot be run', async () => {
    delete process.env['CHROME_PATH'];
    process.env['PATH'] = ['first', 'second'].map((name) => join(folder, name)).join(delimiter);
    await addProgram('first/google-chrome', 0o644);
    const installed = await addProgram('second/google-chrome');
    assert.equal(await findBrowser(), installed);
    assert.equal(findCommand('google-chrome'), installed);
    assert.equal(findCommand('chromium'), undefined);
  });

  it('finds each engine by its own variable', async () => {
    process.env['FIREFOX_PATH'] = await addProgram('fox');
    assert.equal(await findBrowser('firefox'), join(folder, 'fox'));
  });
});
