import type { css as Css, CSSResult } from 'lit';

/** The key of an authenticator app, and backup codes. Given its tag, since the file that draws them comes beside the UI file. */
export const createTaskStyles = (css: typeof Css): CSSResult => css`
  div:where([data-clerk-root]) {
    div:where(.cl-totpKey) {
      display: grid;
      gap: calc(var(--cl-spacing) * 0.375);
    }
    div:where(.cl-totpKey) > span {
      font-weight: 500;
    }
    div:where(.cl-totpKey) > a {
      justify-self: start;
    }
    :is(code, ul):where(.cl-totpSecret, .cl-backupCodes) {
      padding: calc(var(--cl-spacing) * 0.75);
      border-radius: var(--cl-border-radius);
      background: var(--cl-color-muted);
      font-family: ui-monospace, monospace;
      overflow-wrap: anywhere;
      user-select: all;
    }
    code:where(.cl-totpSecret) {
      letter-spacing: 0.05em;
    }
    ul:where(.cl-backupCodes) {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr));
      gap: calc(var(--cl-spacing) * 0.5);
      list-style: none;
      text-align: center;
    }
  }
`;
