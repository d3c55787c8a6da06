/** What every screen must stand: to be operated without a pointer, and to be read by everybody. */
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { colorSchemes, withColorScheme } from './color-scheme.ts';
import { until } from './until.ts';

/** Waits for a button or a link, and presses it by keyboard. */
export async function press(root: Element, name: string | RegExp): Promise<void> {
  const labelOf = (node: HTMLElement) => node.ariaLabel ?? node.textContent.trim().replaceAll(/\s+/g, ' ');
  const isMeant = (node: HTMLElement) => (typeof name === 'string' ? labelOf(node) === name : name.test(labelOf(node)));
  const button = await until(() => [...root.querySelectorAll<HTMLElement>('button, a')].find(isMeant), `a button ${String(name)}`);
  button.focus();
  expect(document.activeElement).to.equal(button);
  await sendKeys({ press: 'Enter' });
}

/** Asks axe, light and dark. */
export async function isAccessible(element: Element): Promise<void> {
  for (const scheme of colorSchemes) await withColorScheme(scheme, () => expect(element).to.be.accessible());
}
