/** `npm run size [-- folder]`: sizes of the built files as a table; fails where a budget is passed or a file is missing. */
import { fileURLToPath } from 'node:url';
import { compare, measure } from './budgets.mjs';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../dist/', import.meta.url));
const { rows, mistakes } = compare(await measure(folder));
const width = Math.max(...rows.map(({ what }) => what.length));
console.log(`${'brotli 11'.padEnd(width)}    bytes   budget  used`);
for (const { what, bytes, budget } of rows) {
  const used = `${Math.round((bytes / budget) * 100)} %`;
  console.log(`${what.padEnd(width)}  ${String(bytes).padStart(7)}  ${String(budget).padStart(7)}  ${used.padStart(4)}`);
}
for (const mistake of mistakes) console.error(`- ${mistake}`);
process.exitCode = mistakes.length ? 1 : 0;
