import type { css as Css, CSSResult } from 'lit';

/** Buttons of providers. Given its tag, since the file that draws them comes beside the UI file. */
export const createSocialStyles = (css: typeof Css): CSSResult => css`
  div:where([data-clerk-root]) {
    div:where(.cl-socialButtons) {
      display: grid;
      inline-size: 100%;
      grid-template-columns: repeat(auto-fit, minmax(3.25rem, 1fr));
      gap: calc(var(--cl-spacing) * 0.5);
    }
    button:where(.cl-socialButtonsBlockButton) {
      grid-column: 1 / -1;
    }
    span:where(.cl-providerIcon),
    span:where(.cl-providerIcon) > img {
      display: block;
      block-size: 1.125em;
      line-height: 1.125;
    }
    div:where(.cl-dividerRow) {
      display: flex;
      align-items: center;
      gap: var(--cl-spacing);
    }
    div:where(.cl-dividerRow)::before,
    div:where(.cl-dividerRow)::after {
      flex: 1;
      border-block-start: var(--cl-hairline);
      content: '';
    }
  }
`;
