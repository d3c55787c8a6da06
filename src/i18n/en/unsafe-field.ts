import { catalogue } from '../../rules/page-texts.ts';

const bytes = (used: number, limit: number) =>
  `With it, your data takes ${used.toLocaleString('en')} bytes of ${limit.toLocaleString('en')}.`;

/** Texts of `<clerk-unsafe-field>`. */
export const en = catalogue('field', {
  saving: 'Saving…',
  saved: 'Saved',
  notSaved: (why: string) => `Not saved. ${why}`,
  signedOut: 'Sign in to change this.',
  notShown: (json: string) => `The stored value ${json} cannot be shown here. A change replaces it.`,
  bytes,
  tooLarge: (used: number, limit: number) => `This does not fit. ${bytes(used, limit)}`,
});
