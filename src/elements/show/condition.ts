/** What `when` of `<clerk-show>` says. */
import { parseFieldPath, readAtPath } from '../../rules/field-path.ts';
import type { UserResource } from '../../resources/types.ts';

/** Whether something is to be shown to this user; `null` is a visitor who is not signed in. */
export type Condition = (user: UserResource | null) => boolean;

/**
 * Reads a condition: `signed-in`, `signed-out`, or a place in the user's metadata. A place alone asks whether something is there: neither
 * `false`, `0`, `null` nor an empty text. With `=` it asks for that value, compared as text; lists and objects are equal to none.
 * @throws SyntaxError that tells the page's developer what is wrong
 * @example parseCondition('public:role=admin')
 */
export function parseCondition(when: string): Condition {
  if (when === 'signed-in') return (user) => user !== null;
  if (when === 'signed-out') return (user) => user === null;
  const [, kind, name = '', wanted] = /^(public|unsafe):([^=]*)(?:=(.*))?$/s.exec(when) ?? [];
  if (!kind) {
    throw new SyntaxError(
      `when="${when}" is none of signed-in, signed-out, public:role, public:role=admin, unsafe:plan, unsafe:plan=large.`,
    );
  }
  const path = parseFieldPath(name);
  return (user) => {
    const value = readAtPath(user?.[kind === 'public' ? 'publicMetadata' : 'unsafeMetadata'], path);
    if (wanted === undefined) return Boolean(value);
    return value !== undefined && typeof value !== 'object' && String(value) === wanted;
  };
}
