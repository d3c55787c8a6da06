/** The looks that come together in one element, the later one counting more. */
import type { AppearanceOptions } from '../../clerk/appearance-types.ts';
import type { Complain } from './complaints.ts';

/** One look, as a page has written it: nothing in it need be what its type says. */
export type Layer = Record<string, unknown>;

/** A card that lies flat on its page. As pairs: the build shortens some of these names where they are members. */
const flush: Layer = {
  elements: Object.fromEntries([
    ['cardBox', { border: 0, borderRadius: 0, boxShadow: 'none', background: 'none' }],
    ['card', { padding: 0 }],
    ['footer', { background: 'none', borderBlockStart: 0, paddingBlockEnd: 0 }],
  ]),
};
const named: Record<string, Layer> = {
  simple: { elements: { cardBox: { boxShadow: 'none' } } },
};
const still: Layer = { elements: { spinner: { animationDuration: '4s' } } };

/** Themes of themes end here, as no page needs more. */
const deepest = 5;

const isObject = (value: unknown): value is Layer => typeof value === 'object' && value !== null;

/** The members of what may be an object. */
export const entriesOf = (value: unknown): [string, unknown][] => (isObject(value) ? Object.entries(value) : []);

/** An attribute holds JSON. */
function readJson(given: unknown, complain: Complain): unknown {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given) as unknown;
  } catch {
    complain('text that is JSON', given);
    return undefined;
  }
}

/** A look with the themes that it stands on below it. */
function unfold(given: unknown, depth = 0): Layer[] {
  if (typeof given === 'string') return [{ ...named[given], name: given }];
  if (!isObject(given) || depth > deepest) return [];
  return [...[given.theme ?? given.baseTheme].flat().flatMap((theme) => unfold(theme, depth + 1)), given];
}

/**
 * Lowest first: the page's look, its look for the component, the element's own; below each of them its themes.
 * @param component as in `appearance.signIn`
 */
export function layersOf(ofPage: unknown, component: string | undefined, own: unknown, complain: Complain): Layer[] {
  const page = readJson(ofPage, complain);
  const read = readJson(own, complain);
  const ofComponent = isObject(page) && component ? page[component] : undefined;
  return [page, ofComponent, read].filter(isObject).flatMap((look) => unfold(look));
}

/** Options of all layers; `layout` is what they were called. */
export const optionsOf = (layers: Layer[]): AppearanceOptions =>
  Object.assign({}, ...layers.flatMap(({ layout, options }) => [layout, options])) as AppearanceOptions;

/** The name of the theme that says light or dark, if one does. */
export function schemeOf(layers: Layer[]): string | undefined {
  const schemes: Layer = { light: 'light', dark: 'dark', auto: 'light dark' };
  const name = layers.findLast((layer) => typeof layer.name === 'string' && Object.hasOwn(schemes, layer.name))?.name as string;
  return schemes[name] as string | undefined;
}

/** Styles that options stand for, below all others; a dialog is never flush. */
export const withOptionStyles = (layers: Layer[], { elevation, animations }: AppearanceOptions, isModal: boolean): Layer[] => [
  ...(elevation === 'flush' && !isModal ? [flush] : []),
  ...(animations === false ? [still] : []),
  ...layers,
];
