/**
 * The languages that the elements speak beside English, and the file of each. Each is built as a file of its own, fetched where a
 * page wants that language. To add one, add a file, a line here, and one in `localization.ts`.
 */
export const languageFiles = {
  ar: './ar.ts',
  de: './de.ts',
  es: './es.ts',
  fr: './fr.ts',
  ja: './ja.ts',
} as const;

export type Language = keyof typeof languageFiles;
