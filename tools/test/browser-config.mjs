/** Configuration of the browser tests: the sources, with the real local API and its database beside them. */
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { startApi } from '../../test/support/api.ts';
import { everyWayIn } from '../../test/support/every-way-in.ts';
import { withSecondFactors } from '../../test/support/second-factors.ts';
import { elementFiles } from '../../src/elements/registry.ts';
import { countingReporter } from '../test-report/browser-reporter.mjs';
import { bundlePlugin } from './bundle.mjs';
import { exposedAsPlugin } from './exposed-as.mjs';
import { launchers } from './launchers.mjs';
import { testAddresses, testPage } from './page.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What test pages ask for by an address: the tests, what runs before them, and what they import by a name of run time. */
const bundled = async () => [
  ...(await readdir(`${root}test`, { recursive: true }))
    .filter((name) => name.endsWith('.test.ts') && !name.endsWith('.node.test.ts'))
    .map((name) => `test/${name.replaceAll('\\', '/')}`),
  'test/support/page-setup.ts',
  'test/types/recipe/page.ts',
  ...Object.values(elementFiles).map((file) => file.replace('./', 'src/elements/')),
];

const isWatching = process.argv.includes('--watch');

/** Module by module: after a change, only what has changed is compiled anew. */
const moduleByModule = () =>
  esbuildPlugin({
    ts: true,
    target: 'es2022',
    // Without it the plugin assumes decorators and class fields of its own liking.
    tsconfig: `${root}tsconfig.json`,
    define: { __CLERK_LIT_VERSION__: '"0.0.0-test"', __CLERK_LIT_FILES__: '{}' },
  });

/**
 * @param {string[]} engines `chromium`, `firefox`, `webkit`
 * @returns {Promise<import('@web/test-runner').TestRunnerConfig>}
 */
export async function createBrowserConfig(engines) {
  /** @type {import('./page.mjs').TestApis | undefined} */
  let apis;
  const runningApis = () => {
    if (!apis) throw new Error('The local API is not running.');
    return apis;
  };
  return {
    files: ['test/**/*.test.ts', '!test/**/*.node.test.ts'],
    hostname: '127.0.0.1',
    nodeResolve: isWatching,
    plugins: [
      isWatching ? moduleByModule() : bundlePlugin(await bundled()),
      exposedAsPlugin(),
      {
        name: 'local-api',
        serverStart: async () => {
          const [usual, wide] = await Promise.all([startApi({ instance: withSecondFactors }), startApi({ instance: everyWayIn })]);
          apis = { usual, wide };
        },
        serverStop: async () => {
          for (const api of Object.values(apis ?? {})) await api.stop();
        },
      },
    ],
    middleware: [testAddresses(runningApis)],
    testRunnerHtml: (testFramework) => testPage(testFramework, runningApis()),
    browsers: await launchers(engines),
    // What takes so many milliseconds, a test or a file, hangs: long enough for a machine that does much else.
    testFramework: { config: { timeout: '30000' } },
    testsFinishTimeout: 300_000,
    // One browser after the other, since they share two cores; how many files each of them takes at a time is the launcher's.
    concurrentBrowsers: 1,
    concurrency: 1,
    filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
    reporters: [defaultReporter(), countingReporter('browser')],
  };
}
