/** The browser's reader and zod agree, over every operation and all that the browser reads: on what passes, and on what comes out of it. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import fc from 'fast-check';
import { endpoints } from '../../src/wire/endpoints.ts';

interface Reader {
  shape?: Record<string, Reader>;
  safeParse(value: unknown): { error?: unknown; data?: unknown };
}

/** The tables as the browser has them. */
async function browserEndpoints(): Promise<Record<string, { response: Reader }>> {
  const path = (name: string) => fileURLToPath(new URL(`../../src/wire/${name}`, import.meta.url));
  const tables = (await readdir(path('.'))).filter((name) => name.endsWith('.ts') && !/^(browser-schemas|endpoints)\.ts$/.test(name));
  const { outputFiles } = await build({
    stdin: {
      contents: tables.map((name, index) => `export * as table${index} from ${JSON.stringify(path(name))};`).join('\n'),
      resolveDir: path('.'),
    },
    bundle: true,
    format: 'esm',
    write: false,
    alias: { 'zod/mini': path('browser-schemas.ts') },
    logLevel: 'silent',
  });
  const code = outputFiles[0]!.text.replaceAll('string().check(', 'unused(');
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as Record<string, Record<string, object>>;
  return Object.assign(
    {},
    ...Object.values(module).flatMap((table) =>
      Object.entries(table)
        .filter(([name]) => name.endsWith('Endpoints'))
        .map(([, entry]) => entry),
    ),
  ) as never;
}

describe('the schemas of the browser', async () => {
  const browser = await browserEndpoints();
  const names = new Set<string>();
  const collect = (schema: Reader | undefined) => {
    for (const name in schema?.shape) names.add(name);
  };
  // What servers alone name is as unknown to the browser as anything else.
  for (const { response } of Object.values(browser)) collect(response);
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<unknown>(null, undefined, '', 'text', 0, 1, -1.5, true, false),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names, 'unknown', 'toString'), tie('any'), { maxKeys: 4 }),
    ),
  })).any;
  const known = fc.record({
    id: fc.constant('id_1'),
    status: fc.constant('open'),
    jwt: fc.constant('a.b.c'),
    sessions: fc.constant([]),
    deleted: fc.constant(true),
  });
  const document = fc.oneof(
    value,
    fc.tuple(known, value).map(([base, more]) => (typeof more === 'object' && more && !Array.isArray(more) ? { ...base, ...more } : base)),
  );

  for (const [name, { response }] of Object.entries(endpoints)) {
    it(`read the answer of ${name} as zod does`, () => {
      const ours = browser[name]?.response;
      assert.ok(ours, 'the browser has it');
      fc.assert(
        fc.property(document, (input) => {
          const theirs = response.safeParse(structuredClone(input));
          const result = ours.safeParse(structuredClone(input));
          assert.equal(!result.error, theirs.success);
          if (theirs.success) assert.deepEqual(JSON.stringify(sorted(result.data)), JSON.stringify(sorted(theirs.data)));
        }),
        { numRuns: 300, seed: 7 },
      );
    });
  }
});

/** Key order says nothing. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
