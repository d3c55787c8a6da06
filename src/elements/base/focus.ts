/** Where the focus belongs after a card has changed. */

/** Puts it on the first field with a message; `false` where there is none. */
export function focusWrongField(root: ParentNode): boolean {
  const field = root.querySelector<HTMLInputElement>('[aria-invalid=true]');
  field?.focus();
  // A code is typed anew, not mended.
  if (field?.name === 'code') field.select();
  return field !== null;
}

/** Puts it on the first field that can be filled in, else on the title, so that readers start there. */
export function focusStep(root: ParentNode): void {
  const field = ':is(input, select):not([readonly], [tabindex="-1"], [type=checkbox])';
  const target = root.querySelector<HTMLElement>(field) ?? root.querySelector<HTMLElement>('.cl-headerTitle');
  target?.focus();
}
