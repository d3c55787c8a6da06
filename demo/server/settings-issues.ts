/** Says to people what zod has found wrong with a settings file. What may be a secret is never quoted. */
import type * as z from 'zod/mini';

const expectations: Record<string, string> = {
  boolean: 'true or false',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** Whether what stands at a path must not be quoted. Addresses of webhooks may hold passwords. */
const isSecret = ([block, , name]: PropertyKey[]) =>
  block === 'webhooks' || (block === 'users' && (name === 'password' || name === 'private_metadata')) || name === 'signing_key';

/** Sentences about one issue, each beginning with the path of what it is about. */
export function describeIssue(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.join('.') || '(the whole file)';
  const got = isSecret(issue.path) ? '' : `, got ${quote(issue.input)}`;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => `${[...issue.path, key].join('.')}: unknown setting`);
    case 'invalid_type':
      return [`${path}: expected ${expectations[issue.expected] ?? issue.expected}${got}`];
    case 'invalid_value':
      return [`${path}: expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}${got}`];
    case 'invalid_union': {
      // An object was meant: say what is wrong inside it.
      const inside = issue.errors.find((issues) => issues.every(({ path: within }) => within.length));
      if (inside?.length) return inside.flatMap((inner) => describeIssue({ ...inner, path: [...issue.path, ...inner.path] }));
      return [`${path}: expected "off", "hosted" or an object with limits${got}`];
    }
    default:
      return [`${path}: ${issue.message.replace(/\.$/, '')}${got}`];
  }
}

function quote(value: unknown): string {
  if (value === undefined) return 'nothing';
  const json = JSON.stringify(value);
  return json.length > 80 ? `${json.slice(0, 79)}…` : json;
}
