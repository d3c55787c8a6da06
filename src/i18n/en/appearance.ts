import { catalogue } from '../../rules/page-texts.ts';

/** Texts that only the `appearance` option asks for. */
export const en = catalogue('appearance', {
  help: 'Help',
  privacy: 'Privacy',
  terms: 'Terms',
});
