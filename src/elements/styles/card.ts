import { css } from 'lit';

/** The card and its parts. Rows are those of `styles/host.ts`, handed down by `subgrid`. */
export const cardStyles = css`
  div:where([data-clerk-root]) {
    div:where(.cl-rootBox, .cl-cardBox, .cl-card, .cl-main, .cl-form),
    form:where(.cl-form) {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: subgrid;
    }
    div:where(.cl-rootBox) {
      grid-column: 1;
      grid-row: title / footer;
      color: var(--cl-color-foreground);
      font: var(--cl-font-weight) var(--cl-font-size) / 1.45 var(--cl-font-family);
      -webkit-font-smoothing: antialiased;
      overflow-wrap: anywhere;
    }
    div:where(.cl-cardBox) {
      --cl-hairline: color-mix(in srgb, var(--cl-color-neutral) 12%, transparent);
      grid-row: title / footer;
      overflow-x: clip;
      border: 1px solid var(--cl-hairline);
      border-radius: calc(var(--cl-border-radius) * 1.75);
      background: var(--cl-color-background);
      box-shadow:
        0 1px 2px color-mix(in srgb, var(--cl-color-shadow) 6%, transparent),
        0 0.75rem 2rem -0.5rem color-mix(in srgb, var(--cl-color-shadow) 14%, transparent);
    }
    div:where(.cl-card) {
      grid-row: title / foot;
      padding: calc(var(--cl-spacing) * 2);
    }
    div:where(.cl-loadingCard) {
      grid-row: title / footer;
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
    div:where(.cl-logoBox) {
      margin-block-end: calc(var(--cl-spacing) * 0.5);
    }
    img:where(.cl-logoImage) {
      display: block;
      max-inline-size: 100%;
      max-block-size: 2.5rem;
    }
    :is(h1, h2, h3, h4, h5, h6):where(.cl-headerTitle) {
      font-size: 1.3333em;
      font-weight: 650;
      line-height: 1.25;
      letter-spacing: -0.012em;
      outline: none;
    }
    p:where(.cl-headerSubtitle) {
      color: var(--cl-color-muted-foreground);
    }
    div:where(.cl-identityPreview) {
      display: flex;
      align-items: center;
      gap: 0.125rem;
      max-inline-size: 100%;
      padding-inline-start: calc(var(--cl-spacing) * 0.5);
      font-weight: 500;
    }
    span:where(.cl-identityPreviewText) {
      min-inline-size: 0;
    }
    button:where(.cl-identityPreviewEditButton, .cl-formFieldInputShowPasswordButton, .cl-modalCloseButton) {
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
    button:where(.cl-identityPreviewEditButton, .cl-formFieldInputShowPasswordButton, .cl-modalCloseButton):where(:hover) {
      color: var(--cl-color-foreground);
    }
    div:where(.cl-main) {
      grid-row: own / foot;
    }
    :is(div, form):where(.cl-form) {
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
    div:where(.cl-formContainer, .cl-formActions) > :is(div, p, button):where(:not(.cl-hiddenPassword, .cl-visuallyHidden)) {
      margin-block-start: calc(var(--cl-spacing) * 1.25);
    }
    div:where(.cl-formContainer) > :is(div, p):where(:first-child),
    div:where(.cl-formActions) > button:where(.cl-formButtonPrimary) {
      margin-block-start: calc(var(--cl-spacing) * 1.5);
    }
    div:where(.cl-formActions) > button:where(.cl-alternativeMethodsBlockButton + .cl-alternativeMethodsBlockButton) {
      margin-block-start: calc(var(--cl-spacing) * 0.5);
    }
    div:where(.cl-formFieldRows) {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(8rem, 100%), 1fr));
      gap: calc(var(--cl-spacing) * 1.25) var(--cl-spacing);
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
    /* Out of sight until it is filled. It must stay in the layout, or password managers do not see it. */
    div:where(.cl-hiddenPassword:not(:has(:autofill))) {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    div:where(.cl-hiddenPassword:has(:autofill)) {
      margin-block-start: calc(var(--cl-spacing) * 1.25);
    }
    button:where(.cl-formButtonPrimary):where([aria-disabled]) {
      cursor: default;
    }
    button:where(.cl-formButtonPrimary):where([aria-disabled]:not(.cl-loading)) {
      background: var(--cl-color-muted);
      color: var(--cl-color-muted-foreground);
    }
    button:where(.cl-alternativeMethodsBlockButton) {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 0.75rem;
      inline-size: 100%;
      min-block-size: 2.75rem;
      padding: calc(var(--cl-spacing) * 0.5) calc(var(--cl-spacing) * 0.875);
      border: 1px solid var(--cl-color-border);
      border-radius: var(--cl-border-radius);
      background: none;
      font-weight: 500;
      text-align: start;
    }
    button:where(.cl-alternativeMethodsBlockButton):where(:hover) {
      background: var(--cl-color-muted);
    }
    svg:where(.cl-alternativeMethodsBlockButtonArrow) {
      color: var(--cl-color-muted-foreground);
    }
    svg:where(.cl-alternativeMethodsBlockButtonArrow:dir(rtl)) {
      scale: -1 1;
    }
    p:where(.cl-dividerText) {
      color: var(--cl-color-muted-foreground);
      text-align: center;
    }
    div:where(.cl-alert) {
      display: flex;
      gap: calc(var(--cl-spacing) * 0.625);
      padding: calc(var(--cl-spacing) * 0.75) calc(var(--cl-spacing) * 0.875);
      border-radius: var(--cl-border-radius);
      background: color-mix(in srgb, var(--cl-color-danger) 9%, var(--cl-color-background));
      color: var(--cl-color-danger);
    }
    svg:where(.cl-alertIcon) {
      margin-block-start: 0.16em;
    }
    div:where(.cl-alertTextContainer) {
      display: grid;
      gap: 0.25em;
      min-inline-size: 0;
    }
    div:where(.cl-footer) {
      grid-row: foot;
      padding: var(--cl-spacing) calc(var(--cl-spacing) * 2);
      border-block-start: 1px solid var(--cl-hairline);
      border-end-start-radius: inherit;
      border-end-end-radius: inherit;
      background: var(--cl-color-muted);
      color: var(--cl-color-muted-foreground);
      font-size: 0.9375em;
      text-align: center;
    }
    div:where(.cl-footer) a:where(.cl-footerActionLink) {
      font-size: inherit;
      white-space: nowrap;
    }
    div:where(.cl-formActions) button:where(.cl-formResendCodeLink) {
      text-align: center;
    }
    div:where(.cl-otpCodeField) {
      display: grid;
      justify-items: start;
      gap: calc(var(--cl-spacing) * 0.5);
    }
    /* One input over six boxes: its digits are spaced to fall into them. It is longer than they are, or the space after the last
       digit would make it scroll. */
    div:where(.cl-otpCodeFieldInputs) {
      container-type: inline-size;
      position: relative;
      inline-size: 100%;
      direction: ltr;
      font-size: 1.5rem;
      font-variant-numeric: tabular-nums;
    }
    div:where(.cl-otpCodeFieldBoxes),
    input:where(.cl-otpCodeFieldInputContainer) {
      --cl-pitch: calc((100cqi + 0.5rem) / 6);
      --cl-box: calc(var(--cl-pitch) - 0.5rem);
    }
    div:where(.cl-otpCodeFieldBoxes) {
      display: flex;
      gap: 0.5rem;
    }
    span:where(.cl-otpCodeFieldInput) {
      display: block;
      inline-size: var(--cl-box);
      block-size: 3rem;
      border: 1px solid var(--cl-color-border);
      border-radius: var(--cl-border-radius);
      background: var(--cl-color-input);
    }
    div:where(.cl-otpCodeFieldInputs:focus-within) span:where(.cl-otpCodeFieldInput) {
      border-color: var(--cl-color-ring);
      box-shadow: 0 0 0 1px var(--cl-color-ring);
    }
    div:where(.cl-otpCodeField.cl-error) span:where(.cl-otpCodeFieldInput) {
      border-color: var(--cl-color-danger);
    }
    input:where(.cl-otpCodeFieldInputContainer) {
      position: absolute;
      --cl-side: calc((var(--cl-box) - 1ch) / 2);
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
    input:where(.cl-otpCodeFieldInputContainer)::selection {
      background: color-mix(in srgb, var(--cl-color-ring) 25%, transparent);
      color: inherit;
    }
  }
  @media (width < 26rem) {
    div:where([data-clerk-root]) div:where(.cl-card) {
      padding: calc(var(--cl-spacing) * 1.75) calc(var(--cl-spacing) * 1.25);
    }
    div:where([data-clerk-root]) div:where(.cl-footer) {
      padding-inline: calc(var(--cl-spacing) * 1.25);
    }
    :is(clerk-sign-in, clerk-sign-up) > :where([slot='fields']) {
      margin-inline: calc(1.25rem + 1px);
    }
  }
  @media (forced-colors: active) {
    div:where([data-clerk-root]) div:where(.cl-otpCodeFieldInputs:focus-within) span:where(.cl-otpCodeFieldInput) {
      outline: 2px solid Highlight;
    }
    div:where([data-clerk-root]) div:where(.cl-alert) {
      border: 1px solid;
    }
  }
`;
