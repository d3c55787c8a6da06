/** What is published is one release (security.md, B12, S6): tag, version, files, pins and package fit together. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { releaseMistakes } from '../../tools/release/release.mjs';
import { releasedSbom } from '../../tools/release/sbom.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  publishConfig?: object;
  dependencies: Record<string, string>;
};
const integrityOf = (content: string) => `sha384-${createHash('sha384').update(content).digest('base64')}`;

/** A release that fits. */
function release() {
  const ui = 'export const ui = 1;';
  const pins = JSON.stringify({ 'ui-AA.js': integrityOf(ui) });
  const core = `const version = "1.2.3", pins = "${integrityOf(pins)}";`;
  const contents = {
    'clerk.browser.js': core,
    'index.js': core,
    'clerk.css': '',
    'ui-AA.js': ui,
    'ui-AA.js.map': '',
    'pins-AA.json': pins,
  };
  return {
    tag: 'v1.2.3' as string | undefined,
    manifest: { version: '1.2.3', publishConfig: { provenance: true } },
    changelog: '# Changelog\n\n## Unreleased\n\n## 1.2.3 - 2026-12-01\n',
    built: new Map(Object.entries(contents).map(([name, text]) => [name, Buffer.from(text)])),
    packed: [
      ...['CHANGELOG.md', 'LICENSE', 'README.md', 'custom-elements.json', 'package.json', 'dist/types/index.d.ts'],
      ...['clerk.browser.js', 'index.js', 'clerk.css', 'ui-AA.js', 'pins-AA.json'].map((name) => `dist/${name}`),
    ],
    typed: ['dist/types/index.d.ts'],
  };
}

describe('B12: a release that does not fit is named', () => {
  it('and one that fits is not', () => {
    assert.deepEqual(releaseMistakes(release()), []);
  });

  const change = (name: string, content: string) => (it: ReturnType<typeof release>) => void it.built.set(name, Buffer.from(content));
  const cases: [string, (it: ReturnType<typeof release>) => void, RegExp][] = [
    ['no tag', (it) => void (it.tag = undefined), /^The tag is missing, and the version v1\.2\.3\.$/],
    ['the tag of another version', (it) => void (it.tag = 'v1.2.4'), /^The tag is v1\.2\.4, and the version v1\.2\.3\.$/],
    ['no heading', (it) => void (it.changelog = '## 1.2.30'), /^CHANGELOG\.md has no heading for 1\.2\.3\.$/],
    ['a changed byte', change('ui-AA.js', 'export const ui = 2;'), /^dist\/ui-AA\.js is not what dist\/pins-AA\.json says\.$/],
    ['a file that is gone', (it) => void it.built.delete('ui-AA.js'), /^dist\/ui-AA\.js is not what dist\/pins-AA\.json says\.$/],
    ['a file without a pin', change('more-AA.js', ''), /^dist\/more-AA\.js is not in dist\/pins-AA\.json\.$/],
    ['another list of pins', change('pins-AA.json', '{}'), /^dist\/clerk\.browser\.js pins another list than dist\/pins-AA\.json\.$/],
    ['two lists of pins', change('pins-BB.json', '{}'), /^Expected one list of pins in dist\/, got 2\.$/],
    [
      'a core of another version',
      change('index.js', 'const version = "1.2.2";'),
      /^dist\/index\.js was built of another version than 1\.2\.3\.$/,
    ],
    ['a file too many', (it) => void it.packed.push('.env'), /^The package has \.env, which is not meant to be in it\.$/],
    ['a file too few', (it) => void it.packed.shift(), /^The package lacks CHANGELOG\.md\.$/],
  ];
  for (const [name, spoil, message] of cases) {
    it(`with ${name}`, () => {
      const spoilt = release();
      spoil(spoilt);
      const [first = 'nothing'] = releaseMistakes(spoilt);
      assert.match(first, message);
    });
  }
});

describe('S6: a release says where it comes from and what it is made of', () => {
  it('with provenance, which the check asks for', () => {
    assert.deepEqual(manifest.publishConfig, { access: 'public', provenance: true });
    const without = release();
    without.manifest.publishConfig.provenance = false;
    assert.deepEqual(releaseMistakes(without), ['package.json: expected publishConfig.provenance to be true.']);
  });

  it('with a list of its packages, each of its exact version', () => {
    const given = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
    const all = JSON.parse(
      execFileSync('npm', given, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26, stdio: ['ignore', 'pipe', 'pipe'] }),
    ) as Parameters<typeof releasedSbom>[0];
    const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as Parameters<typeof releasedSbom>[1];
    const { components, dependencies, metadata } = releasedSbom(all, lock);
    const names = components.map(({ name, version }) => `${name}@${version}`);
    const released = Object.entries(lock.packages).filter(([, each]) => !each.dev && !each.devOptional && !each.optional);
    assert.equal(names.length, released.length - 1);
    for (const name of ['lit', 'zod']) assert.ok(names.includes(`${name}@${manifest.dependencies[name]}`), names.join());
    assert.deepEqual([metadata.component.name, dependencies.length], ['clerk-lit', released.length]);
    assert.doesNotMatch(JSON.stringify([components, dependencies]), /esbuild|playwright/, 'nothing of development');
    for (const { version, name } of components) assert.match(version, /^\d+\.\d+\.\d+$/, name);
  });
});
