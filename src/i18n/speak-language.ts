import type { Translation } from './catalogues.ts';
import { speak } from './speak.ts';

/** What the file of a language gives: has the page say these texts, and nothing of its own. */
export const speakLanguage = (texts: Translation) => (): void => {
  speak(1, undefined);
  speak(0, texts);
};
