/** Variables by Clerk's names as custom properties, and what follows from colours of the page's own. */
import { entriesOf } from './layers.ts';
import type { Layer } from './layers.ts';

const formerNames: Record<string, string> = {
  colorText: 'colorForeground',
  colorTextOnPrimaryBackground: 'colorPrimaryForeground',
  colorTextSecondary: 'colorMutedForeground',
  colorInputText: 'colorInputForeground',
  colorInputBackground: 'colorInput',
  spacingUnit: 'spacing',
};

/** `colorPrimary` → `color-primary`; `WebkitMaskImage` → `-webkit-mask-image`. */
export const hyphenated = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Of Clerk's scales the step that they are named after. */
const stepOf = (value: unknown): unknown => {
  const scale = Object.fromEntries(entriesOf(value));
  return typeof value === 'object' ? (scale['500'] ?? scale.md ?? scale.normal) : value;
};

/** `--clerk-color-primary` → its value. */
export type Properties = Map<string, string>;

export function propertiesOf(layers: Layer[]): Properties {
  const properties: Properties = new Map();
  for (const { variables } of layers) {
    for (const [name, given] of entriesOf(variables)) {
      const value = stepOf(given);
      const isText = typeof value === 'string' || typeof value === 'number';
      if (isText) properties.set(`--clerk-${hyphenated(Object.hasOwn(formerNames, name) ? formerNames[name]! : name)}`, String(value));
    }
  }
  return properties;
}

const background = '--clerk-color-background';
const primary = '--clerk-color-primary';
const primaryForeground = '--clerk-color-primary-foreground';

/**
 * Surfaces that follow a background of the page's own: ours would be of another hue. By Clerk's names, since ours are known only further in.
 */
const surfaces: [name: string, value: string][] = [
  ['muted', 'var(--clerk-color-foreground,light-dark(#1b1b22,#ececf1)) 4%'],
  ['input', 'light-dark(#fff,#000) 35%'],
  ['shimmer', 'var(--clerk-color-foreground,light-dark(#1b1b22,#ececf1)) 8%'],
];

/** A colour that does not change with the page: others are the page's to care for. */
const isFixed = (color: string | undefined): color is string => color !== undefined && !/var\(|light-dark\(/.test(color);

/** Relative luminance (WCAG 2.2) of `color(srgb 0.1 0.2 0.3)`. */
function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+(e-\d+)?/g) ?? []).map((text) => {
    const value = Number(text);
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Black text can be read on what is lighter than this, white text on what is darker. */
const middle = 0.179;

/**
 * What a page has left open beside its own colours: a card with a dark background is dark throughout, and the text on a light primary colour is
 * dark.
 * @param root our part of the element, in the document
 * @param sheet holds the page's own colours already, and is adopted
 */
export function completeColors(properties: Properties, scheme: string | undefined, root: HTMLElement, sheet: CSSStyleSheet): Properties {
  const completed: Properties = new Map();
  const computed = getComputedStyle(root);
  /** Resolved by the browser, whatever way it is written. */
  const resolve = (name: string) => {
    const index = sheet.insertRule(
      `[data-clerk-root='${root.dataset.clerkRoot}']{outline-color:color-mix(in srgb,var(${name}),var(${name}))}`,
    );
    const color = computed.outlineColor;
    sheet.deleteRule(index);
    return luminanceOf(color);
  };
  if (scheme) completed.set('color-scheme', scheme);
  else if (isFixed(properties.get(background))) completed.set('color-scheme', resolve(background) > middle ? 'light' : 'dark');
  for (const [surface, mixed] of properties.has(background) ? surfaces : []) {
    const name = `--clerk-color-${surface}`;
    if (!computed.getPropertyValue(name)) completed.set(name, `color-mix(in srgb,${mixed},var(${background}))`);
  }
  if (isFixed(properties.get(primary)) && !computed.getPropertyValue(primaryForeground)) {
    completed.set(primaryForeground, resolve(primary) > middle ? '#0b0b0f' : '#fff');
  }
  return completed;
}
