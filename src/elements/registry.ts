/**
 * Every tag and the file of its element; one line a folder. `clerk-sign-in` is part of the UI entry (`src/ui.ts`), each other
 * one is built as a file of its own. A file exports its class as `element`.
 */
export const elementFiles = {
  'clerk-sign-in': './sign-in/sign-in.ts',
  'clerk-sign-up': './sign-up/sign-up.ts',
  'clerk-show': './show/show.ts',
  'clerk-text': './text/text.ts',
  'clerk-unsafe-field': './unsafe-field/unsafe-field.ts',
  'clerk-unsafe-form': './unsafe-form/unsafe-form.ts',
  'clerk-user-verification': './user-verification/user-verification.ts',
} as const;

export type ElementTag = keyof typeof elementFiles;
