/** A removal: a small patch that takes one mechanism away, and the test of a promise that has to notice it. */
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export const removalsFolder = fileURLToPath(new URL('../../test/faults/removals/', import.meta.url));

export interface Removal {
  /** Of the file, without `.patch`. */
  name: string;
  /** Number in security.md: `E4`. */
  promise: string;
  /** What it takes away, for people. */
  removes: string;
  /** The test that has to fail, from the project's folder. */
  test: string;
  /** A unified diff. */
  patch: string;
  /** What the diff changes, from the project's folder. */
  files: string[];
}

/** @throws Error with what is missing in the head of the file. */
export function parseRemoval(name: string, text: string): Removal {
  const value = (label: string) => {
    const found = new RegExp(`^${label}: (.+)$`, 'm').exec(text)?.[1]?.trim();
    if (!found) throw new Error(`${name}.patch: expected a line "${label}: …" before the diff.`);
    return found;
  };
  const patch = text.slice(Math.max(0, text.search(/^diff --git /m)));
  const files = [...patch.matchAll(/^\+\+\+ b\/(.+)$/gm)].map(([, file = '']) => file);
  if (!files.length) throw new Error(`${name}.patch: expected a diff as git writes it.`);
  const promise = value('Promise');
  if (!name.startsWith(`${promise.toLowerCase()}-`))
    throw new Error(`${name}.patch: expected a name that begins with ${promise.toLowerCase()}-.`);
  return { name, promise, removes: value('Removes'), test: value('Test'), patch, files };
}

/** All there are, by name. */
export async function readRemovals(folder = removalsFolder): Promise<Removal[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.patch')).sort();
  return Promise.all(names.map(async (name) => parseRemoval(name.slice(0, -'.patch'.length), await readFile(`${folder}/${name}`, 'utf8'))));
}
