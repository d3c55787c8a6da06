/** Rows of the database as text in which a secret can be looked for. Plain JSON would hide one: there bytes are a list of numbers. */

/** All values, one a line; bytes as the characters that they may be, and in the spellings that secrets have. */
export function textOfRows(rows: readonly object[]): string {
  const values = rows.flatMap((row) => Object.values(row) as unknown[]);
  const texts = values.flatMap((value) =>
    Buffer.isBuffer(value) ? (['latin1', 'base64url', 'hex'] as const).map((encoding) => value.toString(encoding)) : JSON.stringify(value),
  );
  return texts.join('\n');
}
