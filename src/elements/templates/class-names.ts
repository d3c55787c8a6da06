/**
 * Clerk's class names for one of its elements: `classNames('formFieldInput', 'identifier')` is
 * `cl-formFieldInput cl-formFieldInput__identifier`; states (`cl-error`, `cl-loading`) stand beside them.
 */
export function classNames(element: string, id?: string, ...states: (string | false | undefined)[]): string {
  const names = [element, id && `${element}__${id}`, ...states];
  return names.flatMap((name) => (name ? [`cl-${name}`] : [])).join(' ');
}
