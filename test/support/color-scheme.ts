/**
 * Light and dark in a browser test. Every colour of ours is a `light-dark()`, which follows the page's own `color-scheme`; what the
 * person's system prefers only some engines let a test choose.
 */
import { expect } from '@open-wc/testing';

export const colorSchemes = ['light', 'dark'] as const;

/**
 * Runs `check` while the page is light or dark, as pages say it of themselves; afterwards it says what it said before.
 * @throws what `check` throws
 */
export async function withColorScheme<Value>(scheme: (typeof colorSchemes)[number], check: () => Value): Promise<Awaited<Value>> {
  const { style } = document.documentElement;
  const former = style.colorScheme;
  const background = document.body.style.background;
  style.colorScheme = scheme;
  document.body.style.background = 'Canvas';
  try {
    expect(getComputedStyle(document.documentElement).colorScheme).to.equal(scheme);
    return await check();
  } finally {
    style.colorScheme = former;
    document.body.style.background = background;
  }
}
