/** Runs tests while their APIs keep what they are asked and answer, and judges it afterwards. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasDescriptions } from './description.mjs';
import { judgeExchanges } from './judge.mjs';

/**
 * Prints what the descriptions say, and fails the process if they do not agree.
 * @param {import('./judge.mjs').Run} run
 * @param {() => Promise<void>} runTests in child processes, which inherit the environment
 */
export async function withExchanges(run, runTests) {
  // They hold tokens and codes of tests: readable for us alone, and gone with the run, however it ends.
  const folder = await mkdtemp(join(tmpdir(), 'clerk-lit-exchanges-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      remove();
      process.kill(process.pid, signal);
    });
  }
  try {
    if (hasDescriptions()) process.env.API_EXCHANGES = folder;
    await runTests();
    const { lines, isGood } = await judgeExchanges(folder, run);
    for (const line of lines) console.log(line);
    if (!isGood) process.exitCode = 1;
  } finally {
    remove();
  }
}
