import { css } from '../shared.ts';

/** Only what this card has beyond `styles/card.ts`. */
export const signUpStyles = css`
  clerk-sign-up {
    min-block-size: 30rem;
  }
  clerk-sign-up div:where(.cl-formFieldRows) {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(8rem, 100%), 1fr));
    gap: calc(var(--cl-spacing) * 1.25) var(--cl-spacing);
  }
  /* Within a sentence colour alone does not tell a link. */
  clerk-sign-up label a:where(.cl-link) {
    text-decoration: underline;
  }
`;
