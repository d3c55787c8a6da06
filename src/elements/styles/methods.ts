import type { css as Css, CSSResult } from 'lit';

/** The list of other ways in. Given its tag, since the file that draws it comes beside the UI file. */
export const createMethodStyles = (css: typeof Css): CSSResult => css`
  div:where([data-clerk-root]) {
    div:where(.cl-formActions) > button:where(.cl-alternativeMethodsBlockButton + .cl-alternativeMethodsBlockButton) {
      margin-block-start: calc(var(--cl-spacing) * 0.5);
    }
    button:where(.cl-alternativeMethodsBlockButton) {
      justify-content: space-between;
      text-align: start;
    }
    svg:where(.cl-alternativeMethodsBlockButtonArrow) {
      color: var(--cl-color-muted-foreground);
    }
    svg:where(.cl-alternativeMethodsBlockButtonArrow:dir(rtl)) {
      scale: -1 1;
    }
  }
`;
