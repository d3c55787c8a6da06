import { catalogue } from '../../rules/page-texts.ts';

/** Texts of `<clerk-unsafe-form>`. */
export const en = catalogue('form', {
  save: 'Save',
  discard: 'Discard changes',
  saving: 'Saving…',
  saved: 'Saved',
  notSaved: (why: string) => `Not saved. ${why}`,
  unchanged: 'There are no changes to save.',
});
