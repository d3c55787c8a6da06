/** Tests run compiled: what they import behaves as if it were where its source is. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as source from '../../demo/server/store/migrate.ts';
import { compile } from '../../tools/test/compile.mjs';

describe('compile()', () => {
  let folder = '';
  const load = async (path: string) => (await import(pathToFileURL(join(folder, path)).href)) as unknown;

  before(async () => {
    const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
    await mkdir(cache, { recursive: true });
    folder = await mkdtemp(join(cache, 'clerk-lit-compile-'));
    await compile(['demo/server/store/migrate.ts', 'demo/server/start-error.ts', 'demo/server/store/database.ts'], folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('lets a module find the files beside its source', async () => {
    const { readMigrations } = (await load('demo/server/store/migrate.mjs')) as typeof source;
    assert.deepEqual(await readMigrations(), await source.readMigrations());
  });

  it('writes a module once for all that import it, under its own names', async () => {
    const { migrate } = (await load('demo/server/store/migrate.mjs')) as typeof source;
    const { StartError } = (await load('demo/server/start-error.mjs')) as { StartError: new () => Error };
    assert.equal(StartError.name, 'StartError');
    const newer = { rows: [{ number: 9999, name: '9999_newer.sql', checksum: '' }] };
    const connection = { query: () => Promise.resolve(newer) } as unknown as Parameters<typeof migrate>[0];
    await assert.rejects(migrate(connection, []), (error) => error instanceof StartError);
  });

  it('bundles the packages of the server, with what they require of Node', async () => {
    const { isDatabaseUnavailable } = (await load('demo/server/store/database.mjs')) as { isDatabaseUnavailable(error: unknown): boolean };
    assert.equal(isDatabaseUnavailable(Object.assign(new Error(), { code: '57P01' })), true);
  });
});
