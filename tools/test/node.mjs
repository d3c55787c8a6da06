/**
 * `npm run test:node [-- part of a path …]`: the tests that run in Node, in processes of their own, two at a time.
 * Node 20 knows no patterns of files, so that they are listed here.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const wanted = process.argv.slice(2);
const files = (await readdir(new URL('../../test', import.meta.url), { recursive: true }))
  .filter((name) => name.endsWith('.node.test.ts'))
  .map((name) => `test/${name.replaceAll('\\', '/')}`)
  .filter((name) => !wanted.length || wanted.some((part) => name.includes(part)))
  .sort();

if (files.length) {
  const parameters = [
    // A test, or a file of tests, that takes this many milliseconds hangs.
    ...['--import', 'tsx', '--test', '--test-concurrency=2', '--test-timeout=240000'],
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./tools/test-report/node-reporter.mjs', '--test-reporter-destination=stderr'],
    ...files,
  ];
  const child = spawn(process.execPath, parameters, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
} else {
  console.error(`No test file has ${wanted.join(' or ')} in its name.`);
  process.exitCode = 1;
}
