/** Generated metadata: documents as applications and attackers write them. */
import fc from 'fast-check';
import type { JsonObject } from '../../src/rules/merge-patch.ts';
import { inheritedNames } from './inherited-names.ts';

/** How many to generate: `PROPERTY_RUNS` for a long run, else what a test asks for. */
export const runs = (usual: number): number => Number(process.env['PROPERTY_RUNS'] ?? usual);

const isStorable = (text: string) => !text.includes('\0') && text !== '__proto__';

/** Text of any script, with control characters, quotes and characters outside of the first plane. */
const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\u001f', 'é', '𝄞', '\u2028', 'x') }),
  )
  .filter(isStorable);

const key = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c', 'd') }, fc.constantFrom(...inheritedNames), text);

const scalar = fc.oneof(
  text,
  fc.boolean(),
  fc.integer(),
  // JSON knows no negative zero.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
);

const { object, value } = fc.letrec<{ object: JsonObject; value: unknown }>((tie) => ({
  object: fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: scalar },
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
}));

/** A document that may be stored, `null` members included. */
export const document: fc.Arbitrary<JsonObject> = object.map(plain);

/** A value of a member. */
export const anyValue: fc.Arbitrary<unknown> = value.map(plain);

/** A document without `null` members: one that merge patches can make. `null` in arrays stays. */
export const mergedDocument: fc.Arbitrary<JsonObject> = document.map(withoutNulls);

/** The same value as JSON has it: plain objects whose keys are their own. */
export function plain<Value>(document: Value): Value {
  return JSON.parse(JSON.stringify(document)) as Value;
}

/** What remains of a document if `null` members mean "none" (RFC 7396). */
export function withoutNulls(document: JsonObject): JsonObject {
  const members = Object.entries(document).filter(([, member]) => member !== null);
  return Object.fromEntries(
    members.map(([name, member]) => [
      name,
      typeof member === 'object' && !Array.isArray(member) ? withoutNulls(member as JsonObject) : member,
    ]),
  );
}
