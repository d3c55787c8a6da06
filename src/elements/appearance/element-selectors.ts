/** Clerk's names of elements as selectors. */
const states = ['loading', 'error', 'open', 'active'];

/**
 * `formFieldInput__identifier__error` → `.cl-formFieldInput.cl-formFieldInput__identifier.cl-error`: who says more counts more, wherever it stands.
 */
export function classSelector(name: string): string {
  const [element = '', ...parts] = name.split('__');
  return [element, ...parts.map((part) => (states.includes(part) ? part : `${element}__${part}`))]
    .map((each) => `.${CSS.escape(`cl-${each}`)}`)
    .join('');
}

const modal = 'dialog.cl-modalContent';

/** Where one look is: our part of each element that wears it, the element itself, and the dialog around it. */
export function scopeOf(id: number, tag: string) {
  const root = `[data-clerk-root='${id}']`;
  const dialog = `${modal}:has(>${tag}>${root})`;
  const within = `:where(${root},${root} *,${dialog},${dialog} *)`;
  return {
    root,
    hosts: `${tag}:has(>${root}),${dialog}`,
    pageFields: `${tag}:has(>${root})>[slot=fields]`,
    selectorOf: (name: string) => (name === 'modalBackdrop' ? `${dialog}::backdrop` : within + classSelector(name)),
  };
}
