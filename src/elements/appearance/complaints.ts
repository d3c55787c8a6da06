/** What a page has written that has no effect is told to its developer: each once, and nowhere else than in development. */
import { elementNames, optionNames, topNames, variableNames } from './known-names.ts';
import { entriesOf } from './layers.ts';
import type { Layer } from './layers.ts';

/** @param what was looked for @param found in its place */
export type Complain = (what: string, found: string) => void;

const told = new Set<string>();

export const createComplain =
  (isDevelopment: boolean): Complain =>
  (what, found) => {
    const text = `clerk-lit: appearance: there is no ${what} "${found}".`;
    if (!isDevelopment || told.has(text)) return;
    told.add(text);
    console.warn(text);
  };

/** Names of members that nothing of ours knows. */
export function complainOfNames(layers: Layer[], complain: Complain): void {
  const check = (what: string, members: unknown, known: ReadonlySet<string>) => {
    for (const [name] of entriesOf(members)) if (!known.has(name.split('__')[0]!)) complain(what, name);
  };
  for (const layer of layers) {
    if (layer.__type === undefined) check('part', layer, topNames);
    if ('name' in layer && layer.elements === undefined && !themeNames.has(layer.name as string)) complain('theme', String(layer.name));
    check('variable', layer.variables, variableNames);
    check('element', layer.elements, elementNames);
    for (const options of [layer.options, layer.layout]) check('option', options, optionNames);
  }
}

const themeNames = new Set(['light', 'dark', 'auto', 'clerk', 'simple']);
