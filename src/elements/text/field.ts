/** What `field` of `<clerk-text>` names. */
import { parseFieldPath, readAtPath } from '../../rules/field-path.ts';
import type { UserResource } from '../../resources/types.ts';

/** Members of the user that a page may show; others of its object are no business of a text. */
const userFields = [
  'id',
  'externalId',
  'username',
  'firstName',
  'lastName',
  'fullName',
  'primaryEmailAddress',
  'imageUrl',
  'hasImage',
  'hasVerifiedEmailAddress',
  'passwordEnabled',
  'twoFactorEnabled',
  'lastSignInAt',
  'legalAcceptedAt',
  'createdAt',
  'updatedAt',
] as const satisfies (keyof UserResource)[];

/** Gives the value, if there is one. */
export type FieldReader = (user: UserResource) => unknown;

/**
 * Reads the name of a value: `user.` and a member of the user, `public.` or `unsafe.` and a path into that metadata.
 * @throws SyntaxError that tells the page's developer what is wrong
 * @example parseField('unsafe.address.city')
 */
export function parseField(field: string): FieldReader {
  const [kind = ''] = field.split('.');
  const name = field.slice(kind.length + 1);
  if (kind === 'public' || kind === 'unsafe') {
    const path = parseFieldPath(name);
    return (user) => readAtPath(user[kind === 'public' ? 'publicMetadata' : 'unsafeMetadata'], path);
  }
  const member = kind === 'user' && userFields.find((known) => known === name);
  if (!member)
    throw new SyntaxError(
      `field="${field}" is none of public.role, unsafe.birthday, ${userFields.map((known) => `user.${known}`).join(', ')}.`,
    );
  return (user) => {
    const value = user[member];
    // An email address is an object that says itself what it is as a text.
    return typeof value === 'object' && !(value instanceof Date) ? value?.toString() : value;
  };
}
