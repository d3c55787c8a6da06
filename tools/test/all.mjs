/** `npm test`: the Node tests, then the browser tests whatever came of them, then their sum in one line. */
import { spawnSync } from 'node:child_process';
import { addUp, clearReports, isGood, sumLine } from '../test-report/counts.mjs';

await clearReports();
const results = ['test:node', 'test:browser'].map((name) =>
  // One string: npm is a batch file on Windows, which needs a shell.
  spawnSync(`npm run --silent ${name}`, { shell: true, stdio: ['ignore', 'inherit', 'inherit'] }),
);
const sum = await addUp(['node', 'browser']);
for (const runner of sum.missing) console.log(`The ${runner} runner has reported no test.`);
console.log(sumLine(sum));
process.exitCode = isGood(sum) && results.every(({ status }) => status === 0) ? 0 : 1;
