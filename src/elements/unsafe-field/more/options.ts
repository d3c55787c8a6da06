/** The `<option>`s that the page has put into a field. They stay where they are. */

/** In the order of the page; without those of our own select. */
export const optionsOf = (field: Element): HTMLOptionElement[] =>
  [...field.querySelectorAll('option')].filter((option) => !option.closest('[data-clerk-root]'));

/** The text of a value, if one of `options` has it. */
export function optionText(value: unknown, options: readonly { value: string }[]): string | undefined {
  const text = typeof value === 'object' && value ? JSON.stringify(value) : String(value ?? '');
  return !text || options.some((option) => option.value === text) ? text : undefined;
}
