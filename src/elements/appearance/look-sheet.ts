/** One look as a style sheet, for all elements of a tag that have it. */
import type { CSSResult } from 'lit';
import type { AppearanceOptions } from '../../clerk/appearance-types.ts';
import type { Complain } from './complaints.ts';
import { scopeOf } from './element-selectors.ts';
import { entriesOf } from './layers.ts';
import type { Layer } from './layers.ts';
import { addRule, fillRule } from './rules.ts';
import { completeColors, propertiesOf } from './variables.ts';
import type { Properties } from './variables.ts';

const mark = 'data-clerk-root';

/** By what they are made of. */
const known = new Map<string, LookSheet>();
let count = 0;

export class LookSheet {
  readonly styleSheet = new CSSStyleSheet();
  readonly #id = ++count;
  readonly #key: string;
  readonly #properties: Properties;
  readonly #scheme: string | undefined;
  readonly #hosts: CSSStyleRule;
  #isComplete = false;

  /** The sheet of that look: a new one, or the one that is there. */
  static of(tag: string, layers: Layer[], { elevation }: AppearanceOptions, scheme: string | undefined, complain: Complain): LookSheet {
    const properties = propertiesOf(layers);
    const elements = layers.flatMap((layer) => entriesOf(layer.elements)).filter(([, styles]) => typeof styles === 'object');
    const key = JSON.stringify([tag, scheme, elevation, [...properties], elements]);
    const sheet = known.get(key) ?? new LookSheet(tag, key, properties, scheme);
    if (!known.has(key)) sheet.#fill(tag, elements, elevation === 'flush', complain);
    known.set(key, sheet);
    return sheet;
  }

  private constructor(tag: string, key: string, properties: Properties, scheme: string | undefined) {
    this.#key = key;
    this.#properties = properties;
    this.#scheme = scheme;
    const { hosts } = scopeOf(this.#id, tag);
    this.styleSheet.insertRule(`${hosts}{}`);
    this.#hosts = this.styleSheet.cssRules[0] as CSSStyleRule;
    this.#set(properties);
  }

  /** An element puts it on, with all that it takes along. */
  dress(element: HTMLElement & { renderRoot: unknown }, sheets: Set<CSSResult>): void {
    const root = element.renderRoot as HTMLElement;
    root.setAttribute(mark, String(this.#id));
    const { adoptedStyleSheets } = element.getRootNode() as Partial<DocumentOrShadowRoot>;
    for (const { styleSheet } of sheets.add(this as unknown as CSSResult)) {
      if (adoptedStyleSheets?.includes(styleSheet!) === false) adoptedStyleSheets.push(styleSheet!);
    }
    if (this.#isComplete) return;
    this.#isComplete = true;
    this.#set(completeColors(this.#properties, this.#scheme, root, this.styleSheet));
  }

  /** An element takes it off; where nobody else wears it, the sheet goes. */
  leave(element: HTMLElement & { renderRoot: unknown }, sheets: Set<CSSResult>): void {
    (element.renderRoot as HTMLElement).setAttribute(mark, '');
    sheets.delete(this as unknown as CSSResult);
    const place = element.getRootNode() as Document | ShadowRoot;
    if (!place.adoptedStyleSheets || place.querySelector(`[${mark}='${this.#id}']`)) return;
    place.adoptedStyleSheets = place.adoptedStyleSheets.filter((sheet) => sheet !== this.styleSheet);
    known.delete(this.#key);
  }

  #set(properties: Properties): void {
    for (const [name, value] of properties) this.#hosts.style.setProperty(name, value);
  }

  #fill(tag: string, elements: [string, unknown][], isFlush: boolean, complain: Complain): void {
    const { selectorOf, pageFields } = scopeOf(this.#id, tag);
    if (isFlush) this.styleSheet.insertRule(`${pageFields}{margin-inline:0}`, 1);
    for (const [name, styles] of elements) {
      const rule = addRule(this.styleSheet, selectorOf(name), complain);
      if (rule) fillRule(rule, styles, complain);
    }
  }
}
