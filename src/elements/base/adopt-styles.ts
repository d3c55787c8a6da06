import type { CSSResultOrNative } from 'lit';

/** The document or shadow root that `node` is in, if it is in one. */
export function scopeOf(node: Node): Document | ShadowRoot | undefined {
  const root = node.getRootNode();
  return root instanceof Document || root instanceof ShadowRoot ? root : undefined;
}

/** Adds style sheets to what `node` is in, each once. Constructed sheets need no permission of a content security policy. */
export function adoptStyles(node: Node, styles: readonly CSSResultOrNative[]): void {
  const adopted = scopeOf(node)?.adoptedStyleSheets;
  for (const style of styles) {
    const sheet = style instanceof CSSStyleSheet ? style : style.styleSheet;
    if (adopted && sheet && !adopted.includes(sheet)) adopted.push(sheet);
  }
}
