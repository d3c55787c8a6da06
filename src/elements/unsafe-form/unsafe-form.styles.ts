import { css } from '../shared.ts';

/** The foot of the form: buttons, and how saving went. */
export const unsafeFormStyles = css`
  clerk-unsafe-form {
    display: block;
    color-scheme: inherit;
  }
  clerk-unsafe-form > div:where([data-clerk-root]) {
    margin-block-start: var(--cl-spacing);
    color: var(--cl-color-foreground);
    font: var(--cl-font-weight) var(--cl-font-size) / 1.4 var(--cl-font-family);
    &:where(:has(> form:empty)) {
      margin: 0;
    }
  }
  clerk-unsafe-form form:where(.cl-form) {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--cl-spacing) * 0.5) var(--cl-spacing);
  }
  clerk-unsafe-form form > button:where(.cl-formButtonPrimary) {
    inline-size: auto;
    min-inline-size: 6rem;
  }
  clerk-unsafe-form form > p {
    flex-basis: 100%;
  }
`;
