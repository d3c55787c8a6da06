/** Texts of `<clerk-unsafe-field>`. */
export const en = {
  saving: 'Saving…',
  saved: 'Saved',
  notSaved: (why: string) => `Not saved. ${why}`,
  signedOut: 'Sign in to change this.',
  notShown: (json: string) => `The stored value ${json} cannot be shown here. A change replaces it.`,
  tooLarge: (bytes: number, limit: number) =>
    `This does not fit: your data would take ${bytes.toLocaleString('en')} bytes, and at most ${limit.toLocaleString('en')} are allowed.`,
};
