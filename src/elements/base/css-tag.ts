/**
 * What our elements use of Lit's `css-tag` module: sheets are constructed, and adopted by `adoptStyles()` of ours. The build puts it in
 * the place of Lit's, whose other ways (style elements, combined sheets) no element of ours ever takes; a sheet without values is
 * all it takes.
 */

/** A style sheet, as {@link adoptStyles} takes it. */
export const css = ([text = '']: TemplateStringsArray): { styleSheet: CSSStyleSheet } => {
  const styleSheet = new CSSStyleSheet();
  styleSheet.replaceSync(text);
  return { styleSheet };
};

/** For `finalizeStyles()` of Lit's base: ours are compatible. */
export const getCompatibleStyle = (style: unknown): unknown => style;

/** For `createRenderRoot()` of Lit's base, which ours replaces. */
export const adoptStyles = (): void => {};

/** Lit's base passes these names on; nothing of ours asks for them. */
export { css as CSSResult, css as supportsAdoptingStyleSheets, css as unsafeCSS };
