import type { css as Css, CSSResult } from 'lit';

/** Buttons of providers. Given its tag, since the file that draws them comes beside the UI file. */
export const createSocialStyles = (css: typeof Css): CSSResult => css`
  div:where([data-clerk-root]) {
    div:where(.cl-socialButtons) {
      display: grid;
      inline-size: 100%;
      grid-template-columns: repeat(auto-fit, minmax(3.25rem, 1fr));
      gap: calc(var(--cl-spacing) * 0.75) calc(var(--cl-spacing) * 0.5);
    }
    button:where(.cl-socialButtonsBlockButton) {
      position: relative;
      grid-column: 1 / -1;
    }
    /* On the border, where it takes no room from the name. */
    span:where(.cl-lastAuthenticationStrategyBadge) {
      position: absolute;
      inset-block-start: -1.1em;
      inset-inline-end: 0.75em;
      padding-inline: 0.5em;
      border: var(--cl-hairline);
      border-radius: 1em;
      background: var(--cl-color-muted);
      color: var(--cl-color-muted-foreground);
      font-size: 0.75em;
      line-height: 1.4;
      white-space: nowrap;
    }
    span:where(.cl-providerIcon),
    span:where(.cl-providerIcon) > * {
      display: block;
      flex: none;
      inline-size: 1.125em;
      block-size: 1.125em;
      object-fit: contain;
      line-height: 1.125;
      fill: currentColor;
      stroke: none;
    }
    div:where(.cl-dividerRow) {
      display: flex;
      inline-size: 100%;
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
