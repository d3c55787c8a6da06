/** What is wrong with a translation, told by comparing it with the English. */

/** A table of errors may know codes that English leaves to the words of the API. */
const isTable = (path: string) => /^\w+\.errors$/.test(path);

/** Stand for the values of a text; as numbers too, since some texts count. */
const marks = ['zq1', 'zq2', 'zq3'];
const numbers = [7001, 7002, 7003];

export interface TranslationProblems {
  /** Texts that are left in English. */
  missing: string[];
  /** All else: keys that English does not have, other values, texts that are English. */
  wrong: string[];
}

interface Options {
  /** Texts that are the same in this language. */
  same?: readonly string[];
  /** Arguments of texts whose argument is not shown as it is. */
  values?: Record<string, unknown[]>;
}

export function translationProblems(english: object, translation: object, { same = [], values = {} }: Options = {}): TranslationProblems {
  const missing: string[] = [];
  const wrong: string[] = [];

  const say = (text: unknown, args: unknown[]): string => {
    try {
      return typeof text === 'function' ? (text as (...given: unknown[]) => string)(...args) : String(text);
    } catch {
      return '';
    }
  };
  /** The values that are in a text, each way of giving them. */
  const shown = (text: unknown, args: unknown[]) => {
    const said = say(text, args);
    const digits = said.replace(/(?<=\d)[.,\s\u00a0\u202f٬](?=\d)/gu, '');
    return args.flat().map((value) => digits.includes(String(value)));
  };
  const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join();

  const compare = (source: Record<string, unknown>, target: Record<string, unknown>, path: string) => {
    for (const key of Object.keys(target)) {
      if (!Object.hasOwn(source, key) && !isTable(path)) wrong.push(`${path}.${key}: English has no such text`);
    }
    for (const [key, text] of Object.entries(source)) {
      const place = path ? `${path}.${key}` : key;
      const translated = target[key];
      if (place === 'cards.root') continue;
      if (translated === undefined) {
        if (typeof text === 'object') compare(text as Record<string, unknown>, {}, place);
        else missing.push(place);
      } else if (typeof text === 'object') compare(text as Record<string, unknown>, translated as Record<string, unknown>, place);
      else if (typeof text !== typeof translated) wrong.push(`${place}: a ${typeof translated} in place of a ${typeof text}`);
      else checkText(place, text, translated);
    }
  };

  const checkText = (place: string, text: unknown, translated: unknown) => {
    const args = values[place] ? [values[place]] : [marks, numbers];
    for (const given of args) {
      // A text that cannot be said with such values is one for the others.
      if (!say(text, given) || !say(translated, given)) continue;
      if (shown(text, given).join() !== shown(translated, given).join() && !isOther(text, translated)) {
        wrong.push(`${place}: other values`);
        return;
      }
    }
    if (placeholders(say(text, marks)) !== placeholders(say(translated, marks))) wrong.push(`${place}: other placeholders`);
    const bare = say(text, []);
    if (bare && !bare.includes('undefined') && say(translated, []).includes('undefined'))
      wrong.push(`${place}: says "undefined" without its values`);
    const words = args[0]!;
    const said = say(translated, words);
    if (!said.trim()) wrong.push(`${place}: empty`);
    else if (said === say(text, words) && !same.includes(place)) wrong.push(`${place}: not translated`);
  };

  /** Counts are written as numbers only: as words they say nothing. */
  const isOther = (text: unknown, translated: unknown) =>
    shown(text, numbers).join() === shown(translated, numbers).join() && /NaN/.test(say(translated, marks) + say(text, marks));

  compare(english as Record<string, unknown>, translation as Record<string, unknown>, '');
  return { missing, wrong };
}
