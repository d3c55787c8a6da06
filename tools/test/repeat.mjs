/** `npm run test:repeat [-- 5]`: the whole suite so many times. Fails if any run failed; all runs take place. */
import { spawnSync } from 'node:child_process';

const times = Number(process.argv[2] ?? 5);
if (!Number.isSafeInteger(times) || times < 1) throw new Error('Expected how many times: npm run test:repeat -- 5');

const results = [];
for (let run = 1; run <= times; run++) {
  const start = Date.now();
  const { status } = spawnSync('npm test --silent', { shell: true, stdio: ['ignore', 'inherit', 'inherit'] });
  const seconds = Math.round((Date.now() - start) / 1000);
  results.push(`Run ${run} of ${times}: ${status === 0 ? 'passed' : 'failed'} in ${seconds} s`);
  console.log(results.at(-1));
  if (status !== 0) process.exitCode = 1;
}
console.log(results.join('\n'));
