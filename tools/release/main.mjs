/**
 * `npm run release:check [-- v1.2.3]`: whether what is built and packed is one release, that of this tag or of the one that is checked out;
 * leaves the list of what it is made of in `.reports/sbom.json` (CycloneDX). Sends nothing anywhere.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { releaseMistakes } from './release.mjs';
import { releasedSbom } from './sbom.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** @param {string} command @param {string[]} given */
const run = async (command, given) => (await promisify(execFile)(command, given, { cwd: root, maxBuffer: 2 ** 26 })).stdout;
const read = (/** @type {string} */ path) => readFile(root + path);

const tag = process.argv[2] ?? (await run('git', ['tag', '--points-at', 'HEAD'])).split('\n').find((name) => /^v\d/.test(name));
const names = await readdir(`${root}dist`, { withFileTypes: true });
const built = new Map(
  await Promise.all(
    names.filter((entry) => entry.isFile()).map(async ({ name }) => /** @type {const} */ ([name, await read(`dist/${name}`)])),
  ),
);
const declared = await readdir(`${root}dist/types`, { withFileTypes: true, recursive: true }).catch(() => []);
const typed = declared.filter((entry) => entry.isFile()).map(({ parentPath, name }) => `${parentPath}/${name}`.slice(root.length));
const [pack] = JSON.parse(await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']));
const packed = pack.files.map((/** @type {{ path: string }} */ { path }) => path);
const manifest = JSON.parse((await read('package.json')).toString());
const mistakes = releaseMistakes({ tag, manifest, changelog: (await read('CHANGELOG.md')).toString(), built, packed, typed });
if (!typed.length) mistakes.push('dist/types is missing: expected npm run build.');

const installed = JSON.parse(await run('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']));
const sbom = releasedSbom(installed, JSON.parse((await read('package-lock.json')).toString()));
await mkdir(`${root}.reports`, { recursive: true });
await writeFile(`${root}.reports/sbom.json`, `${JSON.stringify(sbom, undefined, 2)}\n`);
console.log(
  `${manifest.name} ${manifest.version}: ${packed.length} files, made of ${sbom.components.length} packages (.reports/sbom.json)`,
);
for (const mistake of mistakes) console.error(`- ${mistake}`);
process.exitCode = mistakes.length ? 1 : 0;
