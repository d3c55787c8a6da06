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
    /* The baseline of a checkbox is not the one of its text. */
    div:where(.cl-formFieldLabelRow:has(.cl-formFieldCheckboxLabel)) {
      align-items: center;
    }
    label:where(.cl-formFieldLabel) {
      color: var(--cl-color-foreground);
      font-weight: 500;
    }
    span:where(.cl-formFieldHintText) {
      color: var(--cl-color-muted-foreground);
      font-size: 0.875em;
    }
    :is(input, select):where(.cl-formFieldInput) {
      inline-size: 100%;
      min-inline-size: 0;
      min-block-size: 2.5rem;
      padding: calc(var(--cl-spacing) * 0.4375) calc(var(--cl-spacing) * 0.75);
      border: 1px solid var(--cl-color-border);
      border-radius: var(--cl-border-radius);
      background: var(--cl-color-input);
      color: var(--cl-color-input-foreground);
      text-overflow: ellipsis;
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
    input:where(.cl-formFieldInput)::placeholder {
      color: var(--cl-color-muted-foreground);
      opacity: 1;
    }
    input:where([type='date'], [type='time'], [type='number']) {
      font-variant-numeric: tabular-nums;
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
    p:where(.cl-formFieldErrorText, .cl-formFieldSuccessText, .cl-formFieldInfoText, .cl-formFieldWarningText) {
      color: var(--cl-color-muted-foreground);
      font-size: 0.875em;
      line-height: 1.4;
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
    button:where(:disabled) {
      cursor: default;
    }
    button:where(.cl-formButtonPrimary) {
      position: relative;
      display: flex;
      align-items: center;
      justify-content: center;
      gap: 0.5em;
      inline-size: 100%;
      min-block-size: 2.5rem;
      padding: calc(var(--cl-spacing) * 0.5) var(--cl-spacing);
      border: 1px solid transparent;
      border-radius: var(--cl-border-radius);
      background: var(--cl-color-primary);
      color: var(--cl-color-primary-foreground);
      font-weight: 600;
    }
    button:where(.cl-formButtonPrimary):where(:hover:enabled) {
      background: color-mix(in srgb, var(--cl-color-primary), var(--cl-color-primary-foreground) 12%);
    }
    button:where(.cl-formButtonPrimary):where(:active:enabled) {
      background: color-mix(in srgb, var(--cl-color-primary), var(--cl-color-neutral) 20%);
    }
    :is(button, a):where(
      .cl-formFieldAction,
      .cl-formResendCodeLink,
      .cl-footerActionLink,
      .cl-backLink,
      .cl-headerBackLink
    ) {
      padding: 0;
      border: 0;
      background: none;
      color: var(--cl-color-primary);
      font-size: 0.9375em;
      font-weight: 500;
      text-align: start;
      text-decoration: none;
      border-radius: 0.125rem;
    }
    :is(button, a):where(
        .cl-formFieldAction,
        .cl-formResendCodeLink,
        .cl-footerActionLink,
        .cl-backLink,
        .cl-headerBackLink
      ):where(:hover) {
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
    button:where(.cl-formResendCodeLink):where(:disabled) {
      color: var(--cl-color-muted-foreground);
      text-decoration: none;
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
    }
    :is(p, span, label, div):where(.cl-visuallyHidden) {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      margin: -1px;
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
  @media (prefers-reduced-motion: reduce) {
    div:where([data-clerk-root]) span:where(.cl-spinner) {
      animation-duration: 4s;
    }
  }
  @media (pointer: coarse) {
    /* iOS zooms into fields with smaller text. */
    div:where([data-clerk-root]) :is(input, select):where(.cl-formFieldInput) {
      font-size: max(1rem, 1em);
    }
  }
  @media (forced-colors: active) {
    div:where([data-clerk-root]) button:where(.cl-formButtonPrimary) {
      border-color: ButtonBorder;
    }
  }
`;
