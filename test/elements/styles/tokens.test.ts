import { expect, fixture, html } from '@open-wc/testing';
import { css } from 'lit';
import { cardStyles } from '../../../src/elements/styles/card.ts';
import { createCodeStyles } from '../../../src/elements/styles/code.ts';
import { controls } from '../../../src/elements/styles/controls.ts';
import { dialogStyles } from '../../../src/elements/styles/dialog.ts';
import { hostStyles } from '../../../src/elements/styles/host.ts';
import { reset } from '../../../src/elements/styles/reset.ts';
import { tokens } from '../../../src/elements/styles/tokens.ts';
import { unsafeFieldStyles } from '../../../src/elements/unsafe-field/unsafe-field.styles.ts';
import { colorSchemes, withColorScheme } from '../../support/color-scheme.ts';

/** Clerk's names (dossier part 3, §3). */
const names = [
  'color-primary color-primary-foreground color-danger color-success color-warning color-neutral color-foreground',
  'color-muted-foreground color-muted color-background color-input color-input-foreground color-shimmer color-ring color-shadow',
  'color-border color-modal-backdrop font-family font-family-buttons font-size font-weight border-radius spacing',
].flatMap((line) => line.split(' '));

const text: [string, string][] = [
  ['foreground', 'background'],
  ['foreground', 'muted'],
  ['muted-foreground', 'background'],
  ['muted-foreground', 'muted'],
  ['muted-foreground', 'input'],
  ['input-foreground', 'input'],
  ['primary-foreground', 'primary'],
  ['primary', 'background'],
  ['primary', 'muted'],
  ['danger', 'background'],
  ['success', 'background'],
  ['warning', 'background'],
];
const edges: [string, string][] = [
  ['border', 'background'],
  ['border', 'input'],
  ['ring', 'background'],
  ['ring', 'input'],
  ['danger', 'input'],
];

/** Relative luminance (WCAG 2.2). */
function luminance(color: string): number {
  const channels = (/\d+(\.\d+)?/g[Symbol.match](color) ?? []).slice(0, 3).map((value) => Number(value) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const sheets = [tokens, reset, controls, hostStyles, cardStyles, createCodeStyles(css), { cssText: dialogStyles }, unsafeFieldStyles];
const declared = [...tokens.cssText.matchAll(/(--cl-[\w-]+):/g)].map(([, name]) => name!);

describe('design tokens', () => {
  let colors: (name: string) => string;

  before(() => {
    document.adoptedStyleSheets.push(tokens.styleSheet!);
  });

  beforeEach(async () => {
    const root = await fixture<HTMLElement>(html`<div data-clerk-root></div>`);
    colors = (name) => {
      root.style.color = `var(--cl-color-${name})`;
      return getComputedStyle(root).color;
    };
  });

  it('are Clerk’s, each with our default', () => {
    expect(declared).to.have.members(names.map((name) => `--cl-${name}`));
    for (const name of names) expect(tokens.cssText).to.contain(`--cl-${name}: var(--clerk-${name}, `);
  });

  it('are all used, and none is used that is not declared', () => {
    const rules = sheets.map(({ cssText }) => cssText).join('\n');
    const used = new Set([...rules.matchAll(/var\((--cl-[\w-]+)/g)].map(([, name]) => name!));
    const local = [...rules.matchAll(/(--cl-[\w-]+):/g)].map(([, name]) => name!);
    expect([...used].filter((name) => !local.includes(name))).to.deep.equal([]);
    expect(declared.filter((name) => !used.has(name))).to.deep.equal([]);
  });

  it('have colours as defaults', () => {
    const defaults = [...tokens.cssText.matchAll(/--cl-color-[\w-]+: var\(--clerk-[\w-]+, (.+)\);/g)].map(([, value]) => value!);
    expect(defaults).to.have.length(names.filter((name) => name.startsWith('color-')).length);
    expect(defaults.filter((value) => !value.startsWith('var(') && !CSS.supports('color', value))).to.deep.equal([]);
  });

  for (const scheme of colorSchemes) {
    it(`can be read in ${scheme}`, () =>
      withColorScheme(scheme, () => {
        const [foreground, background] = [luminance(colors('foreground')), luminance(colors('background'))];
        expect(foreground < background).to.equal(scheme === 'light');
        const weak = (pairs: [string, string][], least: number) =>
          pairs.filter(([one, other]) => contrast(colors(one), colors(other)) < least).map((pair) => pair.join(' on '));
        expect(weak(text, 4.5)).to.deep.equal([]);
        expect(weak(edges, 3)).to.deep.equal([]);
      }));
  }

  it('are taken from the page, however far up it sets them', async () => {
    document.documentElement.style.setProperty('--clerk-color-primary', 'rgb(1, 2, 3)');
    expect(colors('primary')).to.equal('rgb(1, 2, 3)');
    document.documentElement.style.removeProperty('--clerk-color-primary');
  });
});
