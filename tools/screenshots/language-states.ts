/** The screens that most people see, in other languages. */
import type { ClerkApi } from '../../src/clerk/clerk-api.ts';
import type { State } from './scenes.ts';

const { Clerk } = globalThis as unknown as { Clerk: ClerkApi };

/** In one language of each script, and in those with the longest words where buttons stand side by side. */
const shown: Record<string, string[]> = {
  'sign-in start': ['ar', 'de', 'es', 'fr', 'ja'],
  'sign-in start, phone number': ['ar', 'de', 'ja'],
  'sign-in, too many requests': ['ar', 'de', 'ja'],
  'sign-in start, passkeys': ['ar', 'de', 'fr'],
  'sign-in email code, wrong': ['ar', 'de', 'ja'],
  'sign-in methods': ['ar', 'de', 'fr', 'ja'],
  'forgotten password, new password refused': ['ar', 'de', 'ja'],
  'sign-up, every field and legal consent': ['ar', 'de', 'es', 'fr', 'ja'],
  'link by mail, waiting': ['ar', 'de', 'ja'],
  'page of a link, another browser': ['ar', 'de', 'es', 'fr', 'ja'],
  'second step, new device': ['ar', 'de', 'ja'],
  'providers, eight, one of them used last': ['ar', 'de', 'fr', 'ja'],
  passkey: ['ar', 'de', 'ja'],
};

/** The states of `states` that are shown in other languages: `sign-in start (ja)`. They are reached in English, then `load()` changes it. */
export function inOtherLanguages(states: readonly State[]): State[] {
  return Object.entries(shown).flatMap(([name, languages]) => {
    const state = states.find((each) => each.name === name);
    if (!state) throw new Error(`There is no state "${name}".`);
    return languages.map((language) => ({
      ...state,
      name: `${name} (${language})`,
      async arrive(scene) {
        await state.arrive(scene);
        await scene.page.evaluate((localization) => Clerk.load({ localization }), language);
        await scene.page.locator(`.cl-rootBox[lang=${language}], [lang=${language}] .cl-card`).first().waitFor();
      },
    })) satisfies State[];
  });
}
