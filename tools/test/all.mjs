/**
 * `npm test`: the Node tests and the browser tests at the same time, since each of them waits for what it drives more than it computes;
 * then what each of them said, what Clerk's descriptions of the API say of all answers, and the sum of the tests in one line.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { withExchanges } from '../descriptions/with-exchanges.mjs';
import { addUp, clearReports, isGood, sumLine } from '../test-report/counts.mjs';

await clearReports();
await withExchanges({ suite: 'own' }, async () => {
  // One string: npm is a batch file on Windows, which needs a shell.
  const node = spawn('npm run --silent test:node', { shell: true, stdio: ['ignore', 'inherit', 'inherit'] });
  const browser = spawn('npm run --silent test:browser 2>&1', { shell: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const results = Promise.all([node, browser].map((runner) => once(runner, 'close')));
  const browserOutput = text(browser.stdout);
  if ((await results).some(([status]) => status !== 0)) process.exitCode = 1;
  // Not before the other one has ended: two reports in one another are none.
  process.stdout.write(await browserOutput);
});
const sum = await addUp(['node', 'browser']);
for (const runner of sum.missing) console.log(`The ${runner} runner has reported no test.`);
console.log(sumLine(sum));
if (!isGood(sum)) process.exitCode = 1;
