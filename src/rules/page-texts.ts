/**
 * Where the texts of this page are. Every file of the UI brings its own catalogue and says here that it is there; whoever says them in
 * another language (`i18n/speak.ts`) comes in a file of its own, earlier or later, and finds them all.
 */

/** Each catalogue by its name. */
export interface PageTexts extends Array<[name: string, texts: object]> {
  /** What is said instead; the later one wins. */
  layers?: (Record<string, object> | undefined)[];
  /** How each catalogue was before anything else was said. */
  originals?: WeakMap<object, object>;
}

const place = Symbol.for('clerk-lit.texts');

/** A symbol, since elements of the page can shadow a name (security.md, B6). */
export const pageTexts = (): PageTexts => ((globalThis as { [place]?: PageTexts })[place] ??= []);

/** Makes a catalogue one of the page. It is changed in place: read a text when it is shown, never before. */
export function catalogue<Texts extends object>(name: string, texts: Texts): Texts {
  pageTexts().push([name, texts]);
  return texts;
}
