/** The digits of a text, as 0 to 9: digits of other scripts (Arabic, Devanagari …) are digits too. All other characters are left out. */
export const digitsOf = (text: string): string => [...text.normalize('NFKC')].flatMap((character) => digitOf(character) ?? []).join('');

function digitOf(character: string): number | undefined {
  if (!/\p{Nd}/u.test(character)) return undefined;
  // Each script's ten digits follow one another, and zero is the first: how far is it from a character that is no digit?
  let value = 0;
  const code = character.codePointAt(0) ?? 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return value;
}
