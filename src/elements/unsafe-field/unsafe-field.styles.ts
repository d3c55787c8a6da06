import { css } from '../shared.ts';

/** Only what a field has beyond `styles/controls.ts`. */
export const unsafeFieldStyles = css`
  clerk-unsafe-field {
    display: block;
    color-scheme: inherit;
  }
  clerk-unsafe-field > :where(option, optgroup) {
    display: none;
  }
  clerk-unsafe-field div:where([data-clerk-root]) {
    display: grid;
    gap: calc(var(--cl-spacing) * 0.375);
    justify-items: start;
    color: var(--cl-color-foreground);
    font: var(--cl-font-weight) var(--cl-font-size) / 1.4 var(--cl-font-family);
  }
  clerk-unsafe-field div:where(.cl-formFieldBox) {
    inline-size: 100%;
  }
  /* The baseline of a checkbox is not the one of its text. */
  clerk-unsafe-field div:where(.cl-formFieldLabelRow:has(.cl-formFieldCheckboxLabel)) {
    align-items: center;
  }
  clerk-unsafe-field input:where([type='date'], [type='time'], [type='number']) {
    font-variant-numeric: tabular-nums;
  }
  clerk-unsafe-field input::placeholder {
    color: var(--cl-color-muted-foreground);
    opacity: 1;
  }
  /* Most saves are over before one could read it. */
  clerk-unsafe-field span:where([aria-hidden]) {
    animation: cl-appear 0s 0.4s backwards;
  }
  @keyframes cl-appear {
    from {
      opacity: 0;
    }
  }
`;
