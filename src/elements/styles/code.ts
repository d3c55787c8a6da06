import type { css as Css, CSSResult } from 'lit';

/** The boxes of a one-time code. Made with the tag that it is given, since the files that draw codes come beside the UI file. */
export const createCodeStyles = (css: typeof Css): CSSResult => css`
  div:where([data-clerk-root]) {
    div:where(.cl-otpCodeField) {
      display: grid;
      justify-items: start;
      gap: calc(var(--cl-spacing) * 0.5);
    }
    /* One input over six boxes: its digits are spaced to fall into them. It is longer than they are, or the space after the last
       digit would make it scroll. */
    div:where(.cl-otpCodeFieldInputs) {
      container-type: inline-size;
      /* What is selected ends with the boxes; the rings around them do not. */
      clip-path: inset(-2px);
      position: relative;
      inline-size: 100%;
      direction: ltr;
      font-size: 1.5rem;
      font-variant-numeric: tabular-nums;
    }
    div:where(.cl-otpCodeFieldBoxes),
    input:where(.cl-otpCodeFieldInputContainer) {
      --cl-pitch: calc((100cqi + 0.5rem) / 6);
      --cl-side: calc((var(--cl-pitch) - 0.5rem - 1ch) / 2);
    }
    div:where(.cl-otpCodeFieldBoxes) {
      display: flex;
      gap: 0.5rem;
    }
    span:where(.cl-otpCodeFieldInput) {
      flex: 1;
      block-size: 3rem;
      border: 1px solid var(--cl-color-border);
      border-radius: var(--cl-border-radius);
      background: var(--cl-color-input);
    }
    div:where(.cl-otpCodeFieldInputs:focus-within) span:where(.cl-otpCodeFieldInput) {
      border-color: var(--cl-color-ring);
      box-shadow: 0 0 0 1px var(--cl-color-ring);
      @media (forced-colors: active) {
        outline: 2px solid Highlight;
      }
    }
    div:where(.cl-otpCodeField.cl-error) span:where(.cl-otpCodeFieldInput) {
      border-color: var(--cl-color-danger);
    }
    input:where(.cl-otpCodeFieldInputContainer) {
      position: absolute;
      inset-block: 0;
      inset-inline-start: 0;
      inline-size: calc(100% + var(--cl-side) + 0.625rem);
      padding: 0;
      padding-inline-start: var(--cl-side);
      border: 0;
      background: none;
      color: var(--cl-color-input-foreground);
      letter-spacing: calc(var(--cl-pitch) - 1ch);
    }
    input:where(.cl-otpCodeFieldInputContainer):focus-visible {
      outline: none;
    }
    /* The boxes must be seen through it. */
    input:where(.cl-otpCodeFieldInputContainer)::selection {
      background: color-mix(in srgb, var(--cl-color-ring) 25%, transparent);
      color: inherit;
    }
  }
`;
