/** What a run's exchanges say about the descriptions: the counts in one line, and what has to change if they do not agree. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createComparison } from './compare.mjs';
import { descriptionsFolder, hasDescriptions, readDescriptions } from './description.mjs';
import { knownContradictions } from './known-contradictions.mjs';

/**
 * @typedef {import('../../test/support/record-exchanges.mjs').Exchange} Exchange
 * @typedef {object} Run
 * @property {'own' | 'strangers' | undefined} suite that ran as a whole, so that what is known of it has to have occurred
 */

/**
 * @param {string} folder with the exchanges
 * @param {Run} run
 * @returns {Promise<{ lines: string[], isGood: boolean }>}
 */
export async function judgeExchanges(folder, { suite }) {
  if (!hasDescriptions()) return { lines: [`No API descriptions at ${descriptionsFolder}: answers were not compared.`], isGood: true };
  const compare = createComparison(await readDescriptions());
  const counts = { answers: 0, requests: 0 };
  const operations = new Set();
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const name of await readdir(folder)) {
    const exchange = /** @type {Exchange} */ (JSON.parse(await readFile(join(folder, name), 'utf8')));
    const { operation, answer, request } = compare(exchange);
    if (operation) operations.add(operation);
    counts.answers += 1;
    counts.requests += request ? 1 : 0;
    for (const sentence of [...answer, ...(request ?? [])]) {
      if (!found.has(sentence)) found.set(sentence, `${exchange.method} ${exchange.path} ${exchange.status}`);
    }
  }
  const { unlisted, gone } = compareLists([...found.keys()], knownContradictions, suite);
  const summary =
    `${counts.answers} kinds of answers to ${operations.size} operations and ${counts.requests} kinds of requests of our script: ` +
    `${unlisted.length} contradict the API descriptions, beside ${found.size - unlisted.length} that are known.`;
  return {
    lines: [
      ...unlisted.map((sentence) => `Contradicts the API descriptions: ${sentence} (in ${found.get(sentence)})`),
      ...gone.map((sentence) => `Known as a contradiction, and occurs no more: ${sentence}`),
      ...(unlisted.length + gone.length ? ['Mend it, or tools/descriptions/known-contradictions.mjs.'] : []),
      summary,
    ],
    isGood: unlisted.length + gone.length === 0 && (counts.answers > 0 || !suite),
  };
}

/**
 * @param {string[]} found
 * @param {typeof knownContradictions} known
 * @param {Run['suite']} suite
 * @returns {{ unlisted: string[], gone: string[] }}
 */
export function compareLists(found, known, suite) {
  const patterns = known.flatMap(({ says = [], strangers = [], sometimes = [] }) => [
    ...says.map((sentence) => ({ sentence, isNeeded: suite === 'own' })),
    ...strangers.map((sentence) => ({ sentence, isNeeded: suite === 'strangers' })),
    ...sometimes.map((sentence) => ({ sentence, isNeeded: false })),
  ]);
  const fits = patterns.map(({ sentence, isNeeded }) => ({ sentence, isNeeded, fit: patternOf(sentence) }));
  return {
    unlisted: found.filter((sentence) => !fits.some(({ fit }) => fit.test(sentence))).sort(),
    gone: fits.filter(({ isNeeded, fit }) => isNeeded && !found.some((sentence) => fit.test(sentence))).map(({ sentence }) => sentence),
  };
}

/**
 * A star stands for any text.
 * @param {string} sentence
 */
const patternOf = (sentence) =>
  new RegExp(
    `^${sentence
      .split('*')
      .map((text) => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
