/**
 * `npm run test:removals [-- part of a name …]`: takes each mechanism of `test/faults/removals/` away, one at a time and in a copy, and expects
 * the test of its promise to fail. A test that passes all the same shows nothing. Every one of these tests must pass in the copy before.
 */
import { copyProject } from './copy.ts';
import type { ProjectCopy } from './copy.ts';
import { readRemovals } from './removal.ts';
import type { Removal } from './removal.ts';

const parts = process.argv.slice(2);
const removals = (await readRemovals()).filter(({ name }) => !parts.length || parts.some((part) => name.includes(part)));
if (!removals.length) throw new Error(`No removal has ${parts.join(' or ')} in its name.`);

const problems: string[] = [];
const say = (isGood: boolean, line: string, output = '') => {
  console.log(`${isGood ? '✔' : '✖'} ${line}`);
  if (!isGood) problems.push(output ? `${line}\n${output}` : line);
};

/** With nothing removed; else a test that fails says nothing. */
async function passesAsItIs(copy: ProjectCopy, test: string): Promise<boolean> {
  const { passed, failed, output } = await copy.test(test);
  const isGood = passed > 0 && failed === 0;
  if (!isGood) say(false, `${test} fails with nothing removed: ${passed} passed, ${failed} failed`, output);
  return isGood;
}

async function check(copy: ProjectCopy, removal: Removal): Promise<void> {
  const line = `${removal.promise} without ${removal.removes} (${removal.name})`;
  try {
    const { passed, failed, output } = await copy.without(removal, () => copy.test(removal.test));
    const isNamed = new RegExp(`\\b${removal.promise}\\b`).test(output);
    if (passed + failed === 0) say(false, `${line}: ${removal.test} did not run`, output);
    else if (failed === 0) say(false, `${line}: not noticed by ${removal.test}`);
    else if (!isNamed) say(false, `${line}: noticed, but no test of ${removal.test} has the promise in its title`);
    else say(true, `${line}: ${failed} failed, ${passed} passed`);
  } catch (error) {
    say(false, error instanceof Error ? error.message : String(error));
  }
}

const copy = await copyProject();
try {
  for (const test of [...new Set(removals.map((removal) => removal.test))].sort()) {
    if (!(await passesAsItIs(copy, test))) continue;
    for (const removal of removals.filter((each) => each.test === test)) await check(copy, removal);
  }
} finally {
  await copy.remove();
}
if (problems.length) console.log(`\n${problems.join('\n\n')}`);
console.log(`${removals.length} removals of ${new Set(removals.map(({ promise }) => promise)).size} promises, ${problems.length} problems`);
if (problems.length) process.exitCode = 1;
