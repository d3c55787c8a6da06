/** Puts the elements' style sheets into a cascade layer, so that layers of the page that come after it win whatever they say. */
import type { CSSResult } from 'lit';
import type { Complain } from './complaints.ts';
import type { Layer } from './layers.ts';

const layered = new WeakSet<CSSStyleSheet>();

/** The name that the looks ask for, the nearest one; one that is no name is refused. */
export function layerNameOf(looks: Layer[], complain: Complain): string | undefined {
  const name = looks.findLast(({ cssLayerName }) => cssLayerName)?.cssLayerName;
  if (name === undefined || (typeof name === 'string' && /^[a-z_][\w-]*(\.[a-z_][\w-]*)*$/i.test(name))) return name;
  complain('layer', JSON.stringify(name));
  return undefined;
}

/** Each sheet once: elements share them. */
export function moveIntoLayer(name: string, sheets: Iterable<CSSResult>): void {
  for (const { styleSheet } of sheets) {
    if (!styleSheet || layered.has(styleSheet)) continue;
    layered.add(styleSheet);
    styleSheet.replaceSync(`@layer ${name}{${Array.from(styleSheet.cssRules, ({ cssText }) => cssText).join('')}}`);
  }
}
