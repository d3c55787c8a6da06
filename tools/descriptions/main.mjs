/**
 * Tests, and what Clerk's descriptions of the API say of the exchanges in them. `npm run test:descriptions` is the whole suite,
 * `npm run test:descriptions -- server/backend-api` the tests in Node with that in their path, `npm run test:strangers` those in which
 * packages that are not ours judge both halves.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { withExchanges } from './with-exchanges.mjs';

const parameters = process.argv.slice(2);
/** @param {string[]} command */
const run = async (...command) => {
  const [status] = await once(spawn(process.execPath, [...process.execArgv, ...command], { stdio: 'inherit' }), 'close');
  if (status !== 0) process.exitCode = 1;
};

/** Which suite they mean as a whole; with a part of a path it is none. */
const suite = parameters.length === 1 && parameters[0] === '--strangers' ? 'strangers' : undefined;

if (parameters.length) await withExchanges({ suite }, () => run('tools/test/node.mjs', ...parameters));
else await run('tools/test/all.mjs');
