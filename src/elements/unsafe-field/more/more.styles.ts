import { css } from '../../shared.ts';

/** Switches, ranges, colors, radio buttons, tags, JSON, and the places of label and messages around a control of the page. */
export const moreStyles = css`
  clerk-unsafe-field fieldset:where(.cl-formField) {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: baseline;
    gap: calc(var(--cl-spacing) * 0.375);
    min-inline-size: 0;
    padding: 0;
    border: 0;
    > :where(:not(legend, span)) {
      grid-column: 1 / -1;
    }
  }
  /* Floating it takes part in the grid. */
  clerk-unsafe-field legend:where(.cl-formFieldLabel) {
    float: inline-start;
    padding: 0;
    font-weight: 500;
  }
  clerk-unsafe-field div:where(.cl-formFieldRadioGroup) {
    display: grid;
    gap: calc(var(--cl-spacing) * 0.5);
  }
  clerk-unsafe-field label:where(.cl-formFieldRadioLabel) {
    display: flex;
    align-items: start;
    gap: calc(var(--cl-spacing) * 0.625);
  }
  clerk-unsafe-field input:where(.cl-formFieldRadioInput) {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin-block-start: 0.125em;
    accent-color: var(--cl-color-primary);
  }
  clerk-unsafe-field div:where(.cl-tagInputContainer) {
    display: grid;
    gap: calc(var(--cl-spacing) * 0.375);
  }
  clerk-unsafe-field ul {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--cl-spacing) * 0.375);
    padding: 0;
    list-style: none;
    &:where(:empty, :not(:has(li))) {
      display: none;
    }
  }
  clerk-unsafe-field li {
    display: flex;
    align-items: center;
    max-inline-size: 100%;
    padding-inline-start: 0.625em;
    border: 1px solid var(--cl-color-border);
    border-radius: var(--cl-border-radius);
    background: var(--cl-color-muted);
    overflow-wrap: anywhere;
  }
  clerk-unsafe-field button:where(.cl-tagPillIcon) {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 1.75rem;
    block-size: 1.75rem;
    padding: 0;
    border: 0;
    border-radius: var(--cl-border-radius);
    background: none;
    color: var(--cl-color-muted-foreground);
    &:where(:hover) {
      color: var(--cl-color-foreground);
    }
  }
  clerk-unsafe-field div:where(.cl-formFieldInputGroup) {
    display: flex;
    align-items: center;
    gap: var(--cl-spacing);
    font-variant-numeric: tabular-nums;
  }
  /* Stronger than styles/card.ts, where a group has a password and leaves room for its button. */
  clerk-unsafe-field div div input:where([type='range']) {
    padding: 0;
    accent-color: var(--cl-color-primary);
  }
  clerk-unsafe-field div div input:where([type='color']) {
    inline-size: 4rem;
    padding: 0.25rem;
    &::-webkit-color-swatch-wrapper {
      padding: 0;
    }
    &::-webkit-color-swatch {
      border: 0;
      border-radius: 0.25rem;
    }
  }
  clerk-unsafe-field input:where(.cl-switch) {
    appearance: none;
    inline-size: 2rem;
    border: 1px solid var(--cl-color-border);
    border-radius: 1rem;
    background: radial-gradient(circle closest-side, var(--cl-color-border) 85%, transparent) 0 / 50% 100% no-repeat;
  }
  clerk-unsafe-field input:where(.cl-switch):where(:checked) {
    border-color: var(--cl-color-primary);
    background: radial-gradient(circle closest-side, var(--cl-color-primary-foreground) 85%, transparent) 100% / 50% 100% no-repeat
      var(--cl-color-primary);
  }
  /* As the inputs of styles/controls.ts, which has no room for it. */
  clerk-unsafe-field textarea:where(.cl-formFieldInput) {
    inline-size: 100%;
    min-block-size: 5rem;
    padding: calc(var(--cl-spacing) * 0.5) calc(var(--cl-spacing) * 0.75);
    border: 1px solid var(--cl-color-border);
    border-radius: var(--cl-border-radius);
    background: var(--cl-color-input);
    color: var(--cl-color-input-foreground);
    field-sizing: content;
    resize: block;
    &:focus-visible {
      outline: 2px solid var(--cl-color-ring);
      outline-offset: -1px;
      border-color: var(--cl-color-ring);
    }
    &:where([aria-invalid='true']) {
      border-color: var(--cl-color-danger);
    }
    &:where(:disabled, [readonly]) {
      background: var(--cl-color-muted);
      color: var(--cl-color-muted-foreground);
    }
  }
  clerk-unsafe-field:where([type='json']) textarea {
    direction: ltr;
    font-family: ui-monospace, monospace;
    font-size: 0.9em;
    white-space: pre;
    overflow-x: auto;
  }
  /* Label and messages stand around the page's control, which stays where it is. */
  clerk-unsafe-field:where(:has(> div > .cl-formFieldBox > .cl-formFieldLabelRow)) {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.375rem;
    > div:where([data-clerk-root]),
    div:where(.cl-formFieldBox) {
      display: contents;
    }
    div:where(.cl-formFieldLabelRow) {
      order: -1;
    }
    button:where(.cl-formFieldAction) {
      justify-self: start;
    }
  }
`;
