import type { css as Css, CSSResult } from 'lit';

/** A phone number with its country. Made with the tag that it is given, since the file comes beside the UI file. */
export const createPhoneStyles = (css: typeof Css): CSSResult => css`
  div:where([data-clerk-root]) {
    /* Numbers are read from left to right in every script. */
    div:where(.cl-phoneInputBox) {
      display: flex;
      gap: calc(var(--cl-spacing) * 0.5);
      direction: ltr;
    }
    /* The choice lies invisibly over its short text. */
    div:where(.cl-selectButton) {
      position: relative;
      display: flex;
      align-items: center;
      gap: 0.25rem;
      flex: none;
      padding-inline: calc(var(--cl-spacing) * 0.625) calc(var(--cl-spacing) * 0.375);
      border: 1px solid var(--cl-color-border);
      border-radius: var(--cl-border-radius);
      background: var(--cl-color-input);
      color: var(--cl-color-input-foreground);
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
    div:where(.cl-selectButton:hover) {
      border-color: color-mix(in srgb, var(--cl-color-border), var(--cl-color-neutral) 40%);
    }
    div:where(.cl-selectButton:focus-within) {
      outline: 2px solid var(--cl-color-ring);
      outline-offset: -1px;
    }
    div:where(.cl-selectButton) select {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      opacity: 0;
      cursor: pointer;
      @media (pointer: coarse) {
        font-size: 1rem;
      }
    }
    div:where(.cl-selectButton) svg {
      color: var(--cl-color-muted-foreground);
    }
  }
`;
