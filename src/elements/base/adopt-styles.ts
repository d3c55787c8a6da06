import type { CSSResult } from 'lit';

/** Adds style sheets to the document or shadow root that `node` is in, if it is in one, each once. Constructed sheets need no permission of a content security policy. */
export function adoptStyles(node: Node, styles: Iterable<CSSResult>): void {
  const { adoptedStyleSheets } = node.getRootNode() as Partial<DocumentOrShadowRoot>;
  for (const { styleSheet } of styles) {
    if (adoptedStyleSheets?.includes(styleSheet!) === false) adoptedStyleSheets.push(styleSheet!);
  }
}
