import { css } from 'lit';

/** Fields and buttons: what `<clerk-unsafe-field>` shares with the cards. */
export const controls = css`
  div:where([data-clerk-root]) {
    div:where(.cl-formField) {
      display: grid;
      gap: calc(var(--cl-spacing) * 0.375);
      min-inline-size: 0;
    }
    div:where(.cl-formFieldLabelRow) {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: space-between;
      gap: 0.125rem var(--cl-spacing);
    }
    label:where(.cl-formFieldLabel) {
      color: var(--cl-color-foreground);
      font-weight: 500;
    }
    :is(input, select):where(.cl-formFieldInput) {
      inline-size: 100%;
      min-inline-size: 0;
      min-block-size: 2.5rem;
      padding: calc(var(--cl-spacing) * 0.5) calc(var(--cl-spacing) * 0.75);
      border: 1px solid var(--cl-color-border);
      border-radius: var(--cl-border-radius);
      background: var(--cl-color-input);
      color: var(--cl-color-input-foreground);
      text-overflow: ellipsis;
      @media (pointer: coarse) {
        /* iOS zooms into fields with smaller text. */
        font-size: max(1rem, 1em);
      }
    }
    :is(input, select):where(.cl-formFieldInput):where(:hover) {
      border-color: color-mix(in srgb, var(--cl-color-border), var(--cl-color-neutral) 40%);
    }
    :is(input, select):where(.cl-formFieldInput):focus-visible {
      outline-offset: -1px;
      border-color: var(--cl-color-ring);
    }
    :is(input, select):where(.cl-formFieldInput):where([aria-invalid='true']) {
      border-color: var(--cl-color-danger);
    }
    :is(input, select):where(.cl-formFieldInput):where(:disabled, [readonly]) {
      background: var(--cl-color-muted);
      color: var(--cl-color-muted-foreground);
    }
    label:where(.cl-formFieldCheckboxLabel) {
      display: flex;
      align-items: start;
      gap: calc(var(--cl-spacing) * 0.625);
    }
    input:where(.cl-formFieldCheckboxInput) {
      flex: none;
      inline-size: 1.125rem;
      block-size: 1.125rem;
      margin-block-start: 0.125em;
      accent-color: var(--cl-color-primary);
    }
    :is(p, span):where(
      .cl-formFieldHintText,
      .cl-formFieldErrorText,
      .cl-formFieldSuccessText,
      .cl-formFieldInfoText,
      .cl-formFieldWarningText
    ) {
      color: var(--cl-color-muted-foreground);
      font-size: 0.875em;
      overflow-wrap: anywhere;
    }
    p:where(.cl-formFieldErrorText) {
      color: var(--cl-color-danger);
    }
    p:where(.cl-formFieldSuccessText) {
      color: var(--cl-color-success);
    }
    p:where(.cl-formFieldWarningText) {
      color: var(--cl-color-warning);
    }
    button {
      font-family: var(--cl-font-family-buttons);
      cursor: pointer;
    }
    button:where(:disabled, [aria-disabled]) {
      cursor: default;
    }
    button:where(.cl-formButtonPrimary, .cl-alternativeMethodsBlockButton, [class^='cl-social']) {
      display: flex;
      align-items: center;
      justify-content: center;
      gap: 0.5em;
      inline-size: 100%;
      min-block-size: 2.5rem;
      padding: calc(var(--cl-spacing) * 0.5) calc(var(--cl-spacing) * 0.75);
      border: 1px solid transparent;
      border-radius: var(--cl-border-radius);
      background: var(--cl-color-primary);
      color: var(--cl-color-primary-foreground);
      font-weight: 600;
    }
    button:where(.cl-formButtonPrimary):where(:hover:enabled) {
      background: color-mix(in srgb, var(--cl-color-primary), var(--cl-color-primary-foreground) 12%);
    }
    :is(button, a):where(.cl-link) {
      padding: 0;
      border: 0;
      border-radius: 0.125rem;
      background: none;
      color: var(--cl-color-primary);
      font-weight: 500;
      text-decoration: none;
    }
    :is(button, a):where(.cl-link):where(:hover:not(:disabled)) {
      text-decoration: underline;
    }
    button:where(.cl-link):where(:disabled) {
      color: var(--cl-color-muted-foreground);
    }
    /* Always rendered, or what appears in it is not announced; empty it takes no room. */
    div:where([aria-live]) {
      display: contents;
    }
    span:where(.cl-spinner) {
      inline-size: 1.125em;
      block-size: 1.125em;
      border: 2px solid currentColor;
      border-inline-end-color: transparent;
      border-radius: 50%;
      animation: cl-turn 0.9s linear infinite;
      @media (prefers-reduced-motion: reduce) {
        animation-duration: 4s;
      }
    }
    /* A password is out of sight until it is filled. It must stay in the layout, or password managers do not see it. */
    :is(p, span, label, div):where(.cl-visuallyHidden, .cl-hiddenPassword:not(:has(:autofill))) {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    svg {
      flex: none;
      inline-size: 1.125em;
      block-size: 1.125em;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.6;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  }
  @keyframes cl-turn {
    to {
      rotate: 1turn;
    }
  }
`;
