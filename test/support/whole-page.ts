/** axe on a whole page, as a journey sees it. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The elements of a page with the names of their attributes: what axe looks at, but for texts. */
const outline = `[matchMedia('(prefers-color-scheme: dark)').matches, innerWidth, ...Array.from(document.querySelectorAll('*'), (element) =>
  [element.localName, element.className, ...element.getAttributeNames()].join(' '))].join()`;

/** Outlines of pages without a violation. */
const checked = new Set<string>();

/** A sentence for each violation. What looks the same is checked once in a file, since most stories begin on the same screens. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const looks = await page.evaluate<string>(outline);
  if (checked.has(looks)) return [];
  await page.evaluate(axe);
  const problems = await page.evaluate<string[]>(
    'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`))',
  );
  if (!problems.length) checked.add(looks);
  return problems;
}

/** Waits for the screen of that title, which must be accessible. */
export async function shows(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { name: title, exact: true }).waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
}
