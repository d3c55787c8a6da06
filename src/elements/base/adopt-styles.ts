import type { CSSResult } from 'lit';

/** Adds style sheets to the document or shadow root that `node` is in, each once. Constructed sheets need no permission of a content security policy. */
export function adoptStyles(node: Node, styles: readonly CSSResult[]): void {
  const { adoptedStyleSheets } = node.getRootNode() as Document | ShadowRoot;
  for (const { styleSheet } of styles) {
    if (!adoptedStyleSheets.includes(styleSheet!)) adoptedStyleSheets.push(styleSheet!);
  }
}
