import { css } from '../shared.ts';

/** Only what this card has beyond `styles/card.ts`. */
export const signUpStyles = css`
  clerk-sign-up a:where(.cl-link) {
    color: var(--cl-color-primary);
    text-underline-offset: 0.2em;
  }
`;
