/** What a browser tells assistive technology of an element; by way of the test runner, which may ask. */
import { executeServerCommand } from '@web/test-runner-commands';

/** Whether the one element that fits `selector` has this role and this accessible name, in the engine's own reckoning. */
export const isExposedAs = (selector: string, expected: { role: string; name: string }): Promise<boolean> =>
  executeServerCommand('is-exposed-as', { selector, ...expected });
