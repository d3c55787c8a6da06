/** Prints the sum of these runners' reports as the last line; fails unless all of them ran tests and none failed. */
import { addUp, isGood, sumLine } from './counts.mjs';

const sum = await addUp(process.argv.slice(2));
for (const runner of sum.missing) console.log(`The ${runner} runner has reported no test.`);
console.log(sumLine(sum));
process.exitCode = isGood(sum) ? 0 : 1;
