/** What metadata may hold (security.md §3): checked before anything recurses into it and before it reaches a database. */
import { isJsonObject } from './merge-patch.ts';
import type { JsonObject } from './merge-patch.ts';

/** Bytes of one kind of metadata: UTF-8 of compact JSON. */
export const maximumMetadataBytes = 8192;

/** Levels of objects and arrays, the root included. */
export const maximumMetadataDepth = 64;

/** Why a value cannot be stored as metadata. */
export type MetadataProblem = 'not_an_object' | 'too_deep' | 'invalid_text' | 'invalid_number' | 'reserved_key';

/** Sentences for the problems, to be put after the name of the document. */
export const metadataProblems: Record<MetadataProblem, string> = {
  not_an_object: 'must be a JSON object.',
  too_deep: `must not be nested deeper than ${maximumMetadataDepth} levels.`,
  invalid_text: 'must not hold the character U+0000 or half of a surrogate pair.',
  invalid_number: 'holds a number that cannot be stored exactly: send it as text.',
  reserved_key: 'must not have a key "__proto__".',
};

const unstorable = /[\0\p{Surrogate}]/u;
const isStorableText = (text: string) => !unstorable.test(text);

/** The first problem of a parsed document, or `undefined`. */
export const metadataProblem = (document: unknown): MetadataProblem | undefined => inspectMetadata(document).problem;

/**
 * The first problem of a parsed document, and bytes that it has at the least, whatever it is merged into, if there is none: those of its keys and
 * items, so that what is far too large is known before it is merged. Iterative, so that depth costs nothing.
 */
export function inspectMetadata(document: unknown): { problem: MetadataProblem | undefined; leastBytes: number } {
  if (!isJsonObject(document)) return { problem: 'not_an_object', leastBytes: 0 };
  let leastBytes = 0;
  const open: { value: object; depth: number }[] = [{ value: document, depth: 1 }];
  for (let entry = open.pop(); entry; entry = open.pop()) {
    if (entry.depth > maximumMetadataDepth) return { problem: 'too_deep', leastBytes };
    const list: unknown[] | undefined = Array.isArray(entry.value) ? entry.value : undefined;
    // Not entries: a list for each of thousands of keys takes longer than all that is done with them.
    for (const item of list ?? Object.keys(entry.value)) {
      let value = item;
      if (list) leastBytes += 2;
      else {
        const key = item as string;
        if (key === '__proto__') return { problem: 'reserved_key', leastBytes };
        if (!isStorableText(key)) return { problem: 'invalid_text', leastBytes };
        value = (entry.value as JsonObject)[key];
        // Two quotes, a colon, and a value of at least one. What is null removes a key, and takes none.
        if (value !== null) leastBytes += key.length + 4;
      }
      if (typeof value === 'string' && !isStorableText(value)) return { problem: 'invalid_text', leastBytes };
      if (typeof value === 'number' && !Number.isFinite(value)) return { problem: 'invalid_number', leastBytes };
      if (typeof value === 'object' && value !== null) open.push({ value, depth: entry.depth + 1 });
    }
  }
  return { problem: undefined, leastBytes };
}

/** Bytes that a document counts for. Recursive: only after `metadataProblem` found nothing. */
export function metadataBytes(document: unknown): number {
  return new TextEncoder().encode(JSON.stringify(document)).length;
}

/** JSON tokens that matter here; strings are matched so that digits inside them are not. */
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses JSON so that `metadataProblem` can find numbers that a double cannot hold: `12345678901234567890` and `1e999` come out
 * as Infinity. `1.50` is as good as `1.5`.
 * @throws SyntaxError
 */
export function parseExactJson(json: string): unknown {
  // First, since the expression below is quick with JSON only: in a text whose strings do not end it would look for their ends for ever.
  const value: unknown = JSON.parse(json);
  if (!perhapsInexact.test(json)) return value;
  const marked = json.replace(stringOrNumber, (token) => (isInexact(token) ? '1e999' : token));
  return marked === json ? value : JSON.parse(marked);
}

/** Characters without an exponent that a double always holds. */
const surelyExact = /^[-.\d]{1,15}$/;

/**
 * What a text has if one of its numbers is not surely exact; most have none, and need not be looked through. Only where a number can be, since
 * keys such as `1e` are common.
 */
const perhapsInexact = /(?:^|[[:,\s])-?(?:[\d.]+e|[\d.]{16})/i;

const isInexact = (token: string) =>
  !token.startsWith('"') && !surelyExact.test(token) && decimal(token) !== decimal(String(Number(token)));

/** One spelling for each decimal value: significant digits and power of ten. */
function decimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  // By hand: an expression would try anew at each zero of a long number.
  let length = digits.length;
  while (digits[length - 1] === '0') length--;
  if (!length) return text === 'Infinity' || text === '-Infinity' ? text : '0';
  const power = Number(exponent) - fraction.length + digits.length - length;
  return `${sign}${digits.slice(0, length)}e${power}`;
}
