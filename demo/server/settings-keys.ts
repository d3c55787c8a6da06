/** Settings are written in snake_case and used in camelCase; documents of applications keep their keys. */

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Name;

type CamelizedMember<Key, Value> = Key extends `${string}_metadata` | 'claims' ? Value : Camelized<Value>;

/** The same shape with camelCase keys, except inside `…_metadata` and `claims`. */
export type Camelized<Shape> = Shape extends readonly (infer Item)[]
  ? Camelized<Item>[]
  : Shape extends object
    ? { [Key in keyof Shape as Key extends string ? CamelCase<Key> : Key]: CamelizedMember<Key, Shape[Key]> }
    : Shape;

/** Renames the keys; the argument is not changed. */
export function camelizeKeys<Shape>(value: Shape): Camelized<Shape>;
export function camelizeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => camelizeKeys<unknown>(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
      key.endsWith('_metadata') || key === 'claims' ? member : camelizeKeys<unknown>(member),
    ]),
  );
}
