/**
 * Styles as rules. Every value goes through the object model, one property at a time, so that none can end its rule; a selector is parsed by
 * itself, and one that holds more than a selector is refused.
 */
import type { Complain } from './complaints.ts';
import { entriesOf } from './layers.ts';
import { hyphenated } from './variables.ts';

type RuleList = Pick<CSSStyleSheet, 'cssRules' | 'insertRule'>;

/** An empty rule at the end of `list`; `undefined` where the browser refuses it. */
export function addRule(list: RuleList, prelude: string, complain: Complain): CSSStyleRule | undefined {
  try {
    if (/[{};]/.test(prelude)) throw new SyntaxError();
    return list.cssRules[list.insertRule(`${prelude}{}`, list.cssRules.length)] as CSSStyleRule;
  } catch {
    complain('selector', prelude);
    return undefined;
  }
}

/** Numbers are pixels where a number alone says nothing, as in Clerk's types. */
function setValue(style: CSSStyleDeclaration, property: string, value: string | number): void {
  const isLength = typeof value === 'number' && !CSS.supports(property, String(value));
  const [text = '', priority = ''] = `${value}${isLength ? 'px' : ''}`.split(/\s*!(?=important\s*$)/);
  style.setProperty(property, text, priority.trim());
}

/** `:hover` is meant of the element itself. */
const nestedSelector = (key: string) => (key.startsWith(':') ? `&${key}` : key);

/** Puts styles into a rule, and rules into it for those that are nested: `'&:hover'`, `'@media …'`. */
export function fillRule(rule: CSSStyleRule, styles: unknown, complain: Complain): void {
  for (const [key, value] of entriesOf(styles)) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const inner = addRule(rule as unknown as RuleList, nestedSelector(key), complain);
      // Rules about the medium hold other rules.
      const target = inner && key.startsWith('@') ? addRule(inner as unknown as RuleList, '&', complain) : inner;
      if (target) fillRule(target, value, complain);
      continue;
    }
    const property = key.startsWith('--') ? key : hyphenated(key);
    // Of several the last that the browser knows.
    for (const each of [value].flat()) {
      if (typeof each === 'string' || typeof each === 'number') setValue(rule.style, property, each);
    }
  }
}
