/** Marks a style sheet for the build. Lit's own belongs to the UI file. */
const css = (text: TemplateStringsArray) => text.join('');

const text = css`
  div:where([data-clerk-root]) {
    div:where(.cl-footerPages) {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: 0 var(--cl-spacing);
    }
    div:where(.cl-footerAction + .cl-footerPages) {
      margin-block-start: calc(var(--cl-spacing) * 0.5);
    }
    a:where(.cl-logoLink) {
      display: block;
    }
    > div:where(.cl-logoOutside) {
      grid-row: title;
      grid-column: 1;
      justify-self: center;
      align-self: start;
    }
    > div:where(.cl-logoOutside + .cl-rootBox) {
      margin-block-start: 3.5rem;
    }
  }
`;

/** Parts that only options bring. */
export function partStyles(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}
