/**
 * `npm run test:node [-- part of a path …]`: the tests that run in Node, the longer files in a process of their own. They and the server are
 * compiled once, and they share one PostgreSQL, which keeps a database for each API that a test starts, and one browser, which keeps
 * a profile for each visit. `npm run test:strangers` are those in which packages that are not ours judge both halves.
 */
import { once, setMaxListeners } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { countingReporter } from '../test-report/node-reporter.mjs';
import { compile } from './compile.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const support = { database: 'test/support/test-database.ts', browser: 'test/support/journey.ts', server: 'demo/server/main.ts' };
/** Files at the same time: two more than there are cores, since tests also wait, for a browser or a database. */
const concurrency = availableParallelism() + 2;
/** A test, or a file of tests, that takes this many milliseconds hangs. */
const timeout = 480_000;

/** Waits for a browser, or for a process of its own. */
const isSlow = /support\/(journey|server-process)\.ts'|own-postgres\.ts'|\/page-rows\.ts'/;
/** What keeps a file that is not slow from sharing its process: it changes what is global, or has hooks for all tests. */
const isForAll = /process\.(env|on)|globalThis|mock\.|^(before|after)/m;
/** Characters of the files that share a process: no more than the longest one has, so that nothing is waited for at the end. */
const longest = 24_000;

/** The folder of the tests with others' packages: a suite of its own. */
const strangers = 'test/strangers/';
const { values, positionals: wanted } = parseArgs({ options: { strangers: { type: 'boolean', default: false } }, allowPositionals: true });
const names = (await readdir(join(root, 'test'), { recursive: true }))
  .filter((name) => name.endsWith('.node.test.ts'))
  .map((name) => `test/${name.replaceAll('\\', '/')}`)
  .filter((name) => name.startsWith(strangers) === values.strangers)
  .filter((name) => !wanted.length || wanted.some((part) => name.includes(part)));
const texts = new Map(
  await Promise.all(names.map(async (name) => /** @type {const} */ ([name, await readFile(join(root, name), 'utf8')]))),
);

if (names.length) {
  process.exitCode = (await runCompiled(names.sort((a, b) => weight(b) - weight(a)))) ? 0 : 1;
} else {
  console.error(`No test file has ${wanted.join(' or ')} in its name.`);
  process.exitCode = 1;
}

/**
 * The heaviest come first, so that the last one to end is a short one. What takes long is a browser, or a server as a process; else
 * the longer text.
 * @param {string} name
 */
function weight(name) {
  const text = texts.get(name) ?? '';
  return text.length + (isSlow.test(text) ? 1e6 : 0);
}

/**
 * The files by the processes they run in. Starting one takes longer than most files do.
 * @param {string[]} names the longest first
 * @returns {string[][]}
 */
function shareProcesses(names) {
  /** @type {{ names: string[], room: number }[]} */
  const groups = [];
  for (const name of names) {
    const text = texts.get(name) ?? '';
    const isAlone = isSlow.test(text) || isForAll.test(text);
    const group = isAlone ? undefined : groups.find(({ room }) => room >= text.length);
    if (group) {
      group.names.push(name);
      group.room -= text.length;
    } else groups.push({ names: [name], room: isAlone ? 0 : longest - text.length });
  }
  return groups.map((group) => group.names);
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
    await compile([...names, ...Object.values(support)], folder);
    const { startSharedPostgres } = await import(pathToFileURL(compiled(support.database)).href);
    const { startSharedBrowser } = await import(pathToFileURL(compiled(support.browser)).href);
    const isDriving = [...texts.values()].some((text) => text.includes("support/journey.ts'"));
    const shared = await Promise.all([startSharedPostgres(() => undefined), ...(isDriving ? [startSharedBrowser()] : [])]);
    Object.assign(process.env, ...shared.map(({ environment }) => environment), { TEST_SERVER: compiled(support.server) });
    try {
      const groups = await Promise.all(
        shareProcesses(names).map(async (group, index) => {
          const [first = '', ...others] = group.map(compiled);
          if (!others.length) return first;
          const file = join(folder, `group-${String(index)}.mjs`);
          await writeFile(file, [first, ...others].map((path) => `import ${JSON.stringify(pathToFileURL(path).href)};`).join('\n'));
          return file;
        }),
      );
      return await runFiles(groups);
    } finally {
      await Promise.all(shared.map((each) => each.stop()));
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
  const counted = events.compose(countingReporter(values.strangers ? 'strangers' : 'node')).resume();
  await Promise.all([once(output, 'end'), once(counted, 'end')]);
  return isGood;
}
