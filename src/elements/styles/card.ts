import { css } from 'lit';

/** The card and its parts. Rows are those of `styles/host.ts`, handed down by `subgrid`. */
export const cardStyles = css`
  div:where([data-clerk-root]) {
    :is(div, form):where(.cl-rootBox, .cl-cardBox, .cl-card, .cl-main, .cl-form) {
      display: grid;
      grid: subgrid / minmax(0, 1fr);
      grid-area: title / 1 / footer;
    }
    div:where(.cl-rootBox) {
      color: var(--cl-color-foreground);
      font: var(--cl-font-weight) var(--cl-font-size) / 1.45 var(--cl-font-family);
      overflow-wrap: anywhere;
      /* Japanese is broken between phrases, where the browser can tell them. */
      word-break: auto-phrase;
    }
    div:where(.cl-cardBox) {
      --cl-hairline: 1px solid color-mix(in srgb, var(--cl-color-neutral) 12%, transparent);
      overflow: clip;
      border: var(--cl-hairline);
      border-radius: calc(var(--cl-border-radius) * 1.75);
      background: var(--cl-color-background);
      box-shadow: 0 0.5rem 2rem -0.5rem color-mix(in srgb, var(--cl-color-shadow) 16%, transparent);
    }
    div:where(.cl-card) {
      --cl-edge: calc(var(--cl-spacing) * 2);
      grid-row-end: foot;
      padding: var(--cl-edge);
      @media (width < 26rem) {
        --cl-edge: calc(var(--cl-spacing) * 1.25);
      }
    }
    div:where(.cl-loadingCard) {
      grid-row-end: footer;
      grid-template-rows: minmax(24rem, 1fr);
      place-items: center;
    }
    div:where(.cl-loadingCard) span:where(.cl-spinner) {
      inline-size: 1.75rem;
      block-size: 1.75rem;
      border-color: var(--cl-color-shimmer);
      border-block-start-color: var(--cl-color-primary);
    }
    div:where(.cl-header) {
      grid-row: title;
      display: grid;
      justify-items: center;
      gap: calc(var(--cl-spacing) * 0.375);
      text-align: center;
      text-wrap: balance;
    }
    img:where(.cl-logoImage) {
      display: block;
      max-inline-size: 100%;
      /* Drawings may have no size of their own. */
      block-size: 2.5rem;
      object-fit: scale-down;
      margin-block-end: calc(var(--cl-spacing) * 0.5);
    }
    :is(h1, h2, h3, h4, h5, h6):where(.cl-headerTitle) {
      font-size: 1.3333em;
      font-weight: 650;
      line-height: 1.25;
      outline: none;
    }
    p:where(.cl-headerSubtitle, .cl-dividerText) {
      color: var(--cl-color-muted-foreground);
    }
    div:where(.cl-identityPreview) {
      display: flex;
      align-items: center;
      padding-inline-start: calc(var(--cl-spacing) * 0.5);
      font-weight: 500;
    }
    button:where(.cl-iconButton) {
      display: grid;
      place-content: center;
      flex: none;
      min-inline-size: 2rem;
      min-block-size: 2rem;
      padding: 0;
      border: 0;
      border-radius: var(--cl-border-radius);
      background: none;
      color: var(--cl-color-muted-foreground);
    }
    button:where(.cl-iconButton):where(:hover) {
      color: var(--cl-color-foreground);
    }
    :is(div, form):where(.cl-main, .cl-form) {
      grid-row: own / foot;
    }
    div:where(.cl-formContainer, .cl-formActions) {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
    }
    div:where(.cl-formContainer) {
      grid-row: own;
    }
    div:where(.cl-formActions) {
      grid-row: buttons;
      justify-items: center;
    }
    /* Margins, not gaps: an empty live region or row must not take room. */
    div:where(.cl-formContainer, .cl-formActions) > :is(div, p, button):where(:not(.cl-hiddenPassword, .cl-visuallyHidden)),
    div:where(.cl-hiddenPassword:has(:autofill)) {
      margin-block-start: calc(var(--cl-spacing) * 1.25);
    }
    div:where(.cl-formContainer) > :is(div, p):where(:first-child),
    div:where(.cl-formActions) > button:where(.cl-formButtonPrimary) {
      margin-block-start: calc(var(--cl-spacing) * 1.5);
    }
    div:where(.cl-formFieldInputGroup) {
      position: relative;
    }
    div:where(.cl-formFieldInputGroup) input:where(.cl-formFieldInput) {
      padding-inline-end: 2.75rem;
    }
    button:where(.cl-formFieldInputShowPasswordButton) {
      position: absolute;
      inset-block: 0.25rem;
      inset-inline-end: 0.25rem;
    }
    button:where(.cl-formFieldInputShowPasswordButton:not(.cl-active)) path:where(.cl-strike) {
      display: none;
    }
    button:where(.cl-formButtonPrimary):where([aria-disabled]:not(.cl-loading)) {
      background: var(--cl-color-muted);
      color: var(--cl-color-muted-foreground);
    }
    button:where(.cl-alternativeMethodsBlockButton, [class^='cl-social']) {
      border-color: var(--cl-color-border);
      background: none;
      color: inherit;
      font-weight: 500;
    }
    button:where(.cl-alternativeMethodsBlockButton, [class^='cl-social']):where(:hover) {
      background: var(--cl-color-muted);
    }
    div:where(.cl-alert) {
      display: flex;
      gap: calc(var(--cl-spacing) * 0.5);
      padding: calc(var(--cl-spacing) * 0.75);
      border-radius: var(--cl-border-radius);
      background: color-mix(in srgb, var(--cl-color-danger) 9%, var(--cl-color-background));
      color: var(--cl-color-danger);
      @media (forced-colors: active) {
        border: 1px solid;
      }
    }
    svg:where(.cl-alertIcon) {
      margin-block-start: 0.16em;
    }
    div:where(.cl-footer) {
      grid-row: foot;
      padding: var(--cl-spacing);
      border-block-start: var(--cl-hairline);
      background: var(--cl-color-muted);
      color: var(--cl-color-muted-foreground);
      text-align: center;
    }
  }
`;
