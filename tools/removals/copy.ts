/** A copy of the project to break things in. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Removal } from './removal.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const runFile = promisify(execFile);

/** What came of a test in the copy. */
export interface TestRun {
  /** Tests that passed and failed; both 0 if it did not come to run. */
  passed: number;
  failed: number;
  /** All it has printed. */
  output: string;
}

export interface ProjectCopy {
  /** Applies the patch, does the work, and takes it back. @throws Error if it does not apply. */
  without<Result>(removal: Removal, work: () => Promise<Result>): Promise<Result>;
  /** Runs one file of tests, in Node or in a browser; on built files where those are what it drives. */
  test(file: string): Promise<TestRun>;
  remove(): Promise<void>;
}

/** Copies what the repository has, changed files too, and shares the packages. */
export async function copyProject(): Promise<ProjectCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'clerk-lit-removals-'));
  const { stdout } = await runFile('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    maxBuffer: 2 ** 26,
  });
  for (const name of stdout.split('\0').filter(Boolean)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    // A file that is deleted and not committed yet is in the list, too.
    await cp(join(root, name), join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  let isBuilt = false;

  const apply = async ({ name, patch, files }: Removal, ...options: string[]) => {
    const child = spawn('git', ['apply', '--recount', ...options], { cwd: folder, stdio: ['pipe', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.stdin.end(patch);
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`${name}.patch does not apply:\n${complaint.trim()}`);
    if (files.some((file) => file.startsWith('src/') || file.startsWith('tools/build/'))) isBuilt = false;
  };

  return {
    without: async (removal, work) => {
      await apply(removal);
      try {
        return await work();
      } finally {
        await apply(removal, '--reverse');
      }
    },
    test: async (file) => {
      const isInNode = file.endsWith('.node.test.ts');
      if (isInNode && !isBuilt && (await drivesBuiltFiles(join(folder, file)))) {
        await run(folder, ['esbuild.config.mjs', '--no-types']);
        isBuilt = true;
      }
      await rm(join(folder, '.reports'), { recursive: true, force: true });
      const output = isInNode
        ? await run(folder, ['--enable-source-maps', '--test-timeout=120000', 'tools/test/node.mjs', file])
        : await run(folder, ['--import', 'tsx', 'node_modules/@web/test-runner/dist/bin.js', '--files', file]);
      const report = await readFile(join(folder, '.reports', isInNode ? 'node.json' : 'browser.json'), 'utf8').catch(() => '');
      const { passed, failed } = report ? (JSON.parse(report) as { passed: number; failed: number }) : { passed: 0, failed: 0 };
      return { passed, failed, output };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Journeys and tests of the served files need `dist/`. */
async function drivesBuiltFiles(file: string): Promise<boolean> {
  return /journey\.ts'|dist\/|strict-page|static-files/.test(await readFile(file, 'utf8'));
}

/** Runs Node in the copy until it ends; what it prints, on both ways. */
async function run(folder: string, argumentsOfNode: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, argumentsOfNode, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return output;
}
