import { catalogue } from '../../rules/page-texts.ts';

/** What a new password has to be; for every file that asks for one. */
export const en = catalogue('passwordRules', {
  minLength: (count: number) => `at least ${count} characters`,
  maxLength: (count: number) => `at most ${count} characters`,
  uppercase: 'an uppercase letter',
  lowercase: 'a lowercase letter',
  number: 'a number',
  special: 'a special character',
  unmet: (rules: string[]) => `Your password needs ${list(rules)}.`,
  met: 'Your password meets all the requirements.',
});

const list = (items: string[]) => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`);
