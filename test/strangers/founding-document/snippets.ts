/** The snippets of the founding document, as files and as code that runs. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { transform } from 'esbuild';
import { mends } from './mends.ts';
import type { Mend, SnippetName } from './mends.ts';

const require = createRequire(import.meta.url);

/** The snippet as it was written. */
export const readSnippet = (name: string): Promise<string> => readFile(new URL(`./snippets/${name}`, import.meta.url), 'utf8');

/** @throws Error if a place to mend is not there, or is there twice */
export function mend(text: string, list: readonly Mend[]): string {
  return list.reduce((mended, { from, to }) => {
    const parts = mended.split(from);
    if (parts.length !== 2) throw new Error(`${JSON.stringify(from)} is there ${parts.length - 1} times.`);
    return parts.join(to);
  }, text);
}

export interface RunOptions {
  /** Names that the snippet takes for granted. */
  names?: Record<string, unknown>;
  /** Packages in place of those that the snippet imports. */
  packages?: Record<string, string>;
}

/** Mends and runs a snippet; gives what it exports. Packages read their keys from the environment when they are first imported. */
export async function runSnippet(name: SnippetName, { names = {}, packages = {} }: RunOptions = {}): Promise<Record<string, unknown>> {
  const { code } = await transform(mend(await readSnippet(name), mends[name]), { loader: 'ts', format: 'cjs', sourcefile: name });
  const module = { exports: {} };
  const run = compileFunction(code, ['require', 'module', 'exports', ...Object.keys(names)], { filename: name });
  run((wanted: string): unknown => require(packages[wanted] ?? wanted), module, module.exports, ...Object.values(names));
  return module.exports;
}
