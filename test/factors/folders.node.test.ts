/** A factor is one folder of the cards and one file of the server: what else there is knows it by a line in an index. */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Relative imports of all modules below a folder: who imports what, as paths below the root. */
async function importsBelow(folder: string): Promise<{ from: string; to: string }[]> {
  const names = (await readdir(join(root, folder), { recursive: true })).filter((name) => name.endsWith('.ts'));
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(root, folder, name);
      const specifiers = [...(await readFile(path, 'utf8')).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)];
      return specifiers.map(([, specifier = '']) => ({
        from: relative(root, path).replaceAll('\\', '/'),
        to: relative(root, join(dirname(path), specifier)).replaceAll('\\', '/'),
      }));
    }),
  );
  return found.flat();
}

/** What imports from a factor's place, without what belongs to it and other factors. */
const importersOf = (imports: { from: string; to: string }[], factors: string, place: string) =>
  imports
    .filter(({ to, from }) => to.startsWith(place) && !from.startsWith(place))
    .filter(({ from }) => dirname(from) === factors || !from.startsWith(`${factors}/`))
    .map(({ from }) => from);

describe('a factor', async () => {
  const browser = await importsBelow('src');
  const server = await importsBelow('demo/server');
  const strategies = (await readdir(join(root, 'src/factors'), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  it('has a folder', () => assert.ok(strategies.length >= 9, strategies.join(', ')));

  for (const strategy of strategies) {
    it(`${strategy} has its folder, and one line in each index of the cards`, () => {
      const importers = importersOf(browser, 'src/factors', `src/factors/${strategy}/`);
      assert.ok(importers.includes('src/factors/index.ts'));
      assert.deepEqual(
        importers.filter((name) => !/^src\/factors\/(index|later-screens|sign-up-screens)\.ts$/.test(name)),
        [],
      );
      assert.equal(new Set(importers).size, importers.length, `more than one line: ${importers.join(', ')}`);
    });

    it(`${strategy} has its file, and one line in the index of the server`, () => {
      const importers = importersOf(server, 'demo/server/factors', `demo/server/factors/${strategy}.ts`);
      // Opening a link is a step of its own, which no code has.
      const own = strategy === 'email-link' ? ['demo/server/domain/open-link.ts'] : [];
      const others = importers.filter((name) => !name.startsWith('demo/server/factors/') || name.endsWith('/index.ts'));
      assert.deepEqual(others.sort(), [...own, 'demo/server/factors/index.ts'].sort());
    });
  }
});
