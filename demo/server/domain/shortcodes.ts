/**
 * Shortcodes, by which claims name what they are to hold: `{{user.public_metadata.role || 'guest'}}` (dossier part 1, §6.4).
 * Values are put in as they are: what looks like a shortcode in somebody's metadata is text.
 */
import { readAtPath } from '../../../src/rules/field-path.ts';
import { isJsonObject } from '../../../src/rules/merge-patch.ts';
import type { JsonObject } from '../../../src/rules/merge-patch.ts';

type Operand = { literal: string | number | boolean } | { path: string[] };

/** Braces may stand inside of a literal in single quotes only. */
const expression = "(?:[^{}']|'[^']*')*";
const anyShortcode = new RegExp(`\\{\\{(${expression})\\}\\}`, 'g');
const nothingElse = new RegExp(`^\\{\\{(${expression})\\}\\}$`);

/**
 * The claims that a template stands for. A text that is one shortcode becomes a value with its own JSON type; inside of a longer text
 * values are written out, `null` as that word. What is unknown, missing or cannot be read is `null`. Names of claims are left alone.
 * Recursive: check the depth of the template first (`claim-rules.ts`).
 * @param values what paths lead to, by their first word: `{ user: { id: 'user_1' } }`. Followed through own members of objects only.
 */
export function evaluateClaims(template: JsonObject, values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, evaluate(value, values)]));
}

function evaluate(value: unknown, values: JsonObject): unknown {
  if (typeof value === 'string') return evaluateText(value, values);
  if (Array.isArray(value)) return value.map((item) => evaluate(item, values));
  return isJsonObject(value) ? evaluateClaims(value, values) : value;
}

function evaluateText(text: string, values: JsonObject): unknown {
  const [, only] = nothingElse.exec(text) ?? [];
  if (only !== undefined) return valueOf(only, values);
  return text.replace(anyShortcode, (_shortcode, inner: string) => asText(valueOf(inner, values)));
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** The first operand that is neither null nor false; else the last, whatever it is. */
function valueOf(text: string, values: JsonObject): unknown {
  let value: unknown = null;
  for (const operand of parseOperands(text)) {
    value = 'literal' in operand ? operand.literal : lookUp(operand.path, values);
    if (value !== null && value !== false) return value;
  }
  return value;
}

/** Of a whole user or session nothing is known: claims name what they need. */
const lookUp = (path: string[], values: JsonObject) => (path.length > 1 ? (readAtPath(values, path) ?? null) : null);

/** None, if the text is not made of operands with `||` between them. */
function parseOperands(text: string): Operand[] {
  const next = /\s*(?:'([^']*)'|([^\s'|{}]+))\s*(\|\||$)/y;
  const operands: Operand[] = [];
  for (let more = true; more;) {
    const [, quoted, word, separator] = next.exec(text) ?? [];
    if (quoted !== undefined) operands.push({ literal: quoted });
    else if (word !== undefined) operands.push(readWord(word));
    else return [];
    more = separator !== '';
  }
  return operands;
}

function readWord(word: string): Operand {
  if (word === 'true' || word === 'false') return { literal: word === 'true' };
  return /^-?\d+(\.\d+)?$/.test(word) ? { literal: Number(word) } : { path: word.split('.') };
}
