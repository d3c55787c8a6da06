/**
 * `npm run test:node [-- part of a path …]`: the tests that run in Node, each file in a process of its own. They are compiled once, and
 * share one PostgreSQL, which keeps a database for each API that a test starts.
 */
import { once, setMaxListeners } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath, pathToFileURL } from 'node:url';
import countingReporter from '../test-report/node-reporter.mjs';
import { compile } from './compile.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const support = 'test/support/test-database.ts';
/** Files at the same time: one more than there are cores, since tests also wait, for a browser or a database. */
const concurrency = availableParallelism() + 1;
/** A test, or a file of tests, that takes this many milliseconds hangs. */
const timeout = 240_000;

const wanted = process.argv.slice(2);
const names = (await readdir(join(root, 'test'), { recursive: true }))
  .filter((name) => name.endsWith('.node.test.ts'))
  .map((name) => `test/${name.replaceAll('\\', '/')}`)
  .filter((name) => !wanted.length || wanted.some((part) => name.includes(part)));

if (names.length) {
  process.exitCode = (await runCompiled(await longestFirst(names))) ? 0 : 1;
} else {
  console.error(`No test file has ${wanted.join(' or ')} in its name.`);
  process.exitCode = 1;
}

/**
 * So that the last one to end is a short one. What takes long is a browser, or a server as a process; else the longer text.
 * @param {string[]} names
 */
async function longestFirst(names) {
  const weighed = names.map(async (name) => {
    const text = await readFile(join(root, name), 'utf8');
    const isWhole = /support\/(journey|server-process)\.ts'|own-postgres\.ts'|founding-document/.test(text);
    return { name, weight: text.length + (isWhole ? 1e6 : 0) };
  });
  return (await Promise.all(weighed)).sort((a, b) => b.weight - a.weight).map(({ name }) => name);
}

/**
 * @param {string[]} names
 * @returns {Promise<boolean>} whether all passed
 */
async function runCompiled(names) {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'clerk-lit-tests-'));
  /** @param {string} name */
  const compiled = (name) => join(folder, name.replace(/\.ts$/, '.mjs'));
  try {
    await compile([...names, support], folder);
    const { startSharedPostgres } = await import(pathToFileURL(compiled(support)).href);
    const postgres = await startSharedPostgres(() => undefined);
    Object.assign(process.env, postgres.environment);
    try {
      return await runFiles(names.map(compiled));
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string[]} files
 * @returns {Promise<boolean>}
 */
async function runFiles(files) {
  const interruption = new AbortController();
  // Every file listens to it.
  setMaxListeners(0, interruption.signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => interruption.abort());
  const events = run({ files, concurrency, timeout, signal: interruption.signal });
  let isGood = true;
  events.on('test:fail', ({ todo }) => void (isGood &&= todo !== undefined && todo !== false));
  const output = events.compose(new spec());
  output.pipe(process.stdout);
  const counted = events.compose(countingReporter).resume();
  await Promise.all([once(output, 'end'), once(counted, 'end')]);
  return isGood;
}
