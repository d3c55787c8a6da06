import { css } from '../shared.ts';

/** Only what a field has beyond `styles/controls.ts`. */
export const unsafeFieldStyles = css`
  clerk-unsafe-field {
    display: block;
    > :where(option, optgroup) {
      display: none;
    }
    div:where([data-clerk-root]) {
      display: grid;
      gap: calc(var(--cl-spacing) * 0.375);
      color: var(--cl-color-foreground);
      font: var(--cl-font-weight) var(--cl-font-size) / 1.4 var(--cl-font-family);
    }
    button:where(.cl-formFieldAction) {
      justify-self: start;
    }
    /* The baseline of a checkbox is not the one of its text. */
    div:where(.cl-formFieldLabelRow:has(.cl-formFieldCheckboxLabel)) {
      align-items: center;
    }
    input {
      font-variant-numeric: tabular-nums;
    }
    :is(input, textarea)::placeholder {
      color: var(--cl-color-muted-foreground);
      opacity: 1;
    }
    /* Most saves are over before one could read it. */
    span:where(.cl-saving) {
      transition: opacity 0s 0.4s;
      @starting-style {
        opacity: 0;
      }
    }
  }
`;
