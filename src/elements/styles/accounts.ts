import type { css as Css, CSSResult } from 'lit';

/** The choice of accounts. Given its tag, since the file that draws it comes beside the UI file. */
export const createAccountStyles = (css: typeof Css): CSSResult => css`
  div:where([data-clerk-root]) {
    button:where(.cl-userPreview, .cl-accountSwitcherActionButton) {
      display: flex;
      align-items: center;
      justify-content: center;
      gap: calc(var(--cl-spacing) * 0.75);
      inline-size: 100%;
      min-block-size: 2.5rem;
      padding: calc(var(--cl-spacing) * 0.5) calc(var(--cl-spacing) * 0.75);
      border: 1px solid var(--cl-color-border);
      border-radius: var(--cl-border-radius);
      background: none;
      font-weight: 500;
    }
    button:where(.cl-userPreview, .cl-accountSwitcherActionButton):where(:hover) {
      background: var(--cl-color-muted);
    }
    button:where(.cl-userPreview) {
      justify-content: start;
      text-align: start;
    }
    div:where(.cl-formActions) > button:where(.cl-userPreview + *:not(.cl-link)) {
      margin-block-start: calc(var(--cl-spacing) * 0.5);
    }
    img:where(.cl-avatarImage) {
      flex: none;
      inline-size: 2.25rem;
      block-size: 2.25rem;
      border-radius: 50%;
      object-fit: cover;
    }
    span:where(.cl-userPreviewTextContainer) {
      display: grid;
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    span:where(.cl-userPreviewSecondaryIdentifier) {
      color: var(--cl-color-muted-foreground);
      font-size: 0.875em;
      font-weight: normal;
    }
  }
`;
