import { css } from 'lit';

/** Children with `slot="fields"` that get a row of their own; a page with more of them puts them into one element. */
const pageRows = 20;

/** One rule for each row: two children in one row would lie on top of each other. */
const pageRowRules = Array.from({ length: pageRows }, (_item, index) => index + 1).reduce(
  (rules, row) => css`
    ${rules}
    :is(clerk-sign-in, clerk-sign-up) > :where(:nth-child(${row} of [slot='fields'])) {
      grid-row: page ${row};
    }
  `,
  css``,
);

/**
 * The box of a card on the page, and the places of the page's own children in it. They are never moved: a grid of named rows
 * (`slot="header"`, title, own fields, `slot="fields"`, buttons, foot, `slot="footer"`) goes through the card by `subgrid`, so
 * that the page's fields stand between ours though they are outside of our root. Every other child is hidden.
 *
 * The height is the one that `rules/reserved-boxes.ts` keeps free before the script arrives: what stands below never jumps.
 */
export const hostStyles = css`
  :is(clerk-sign-in, clerk-sign-up) {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: [header] auto [title] auto [own] auto repeat(${pageRows}, [page] auto) [buttons] auto [foot] auto [footer] auto;
    align-content: start;
    inline-size: min(25rem, 100%);
    text-align: start;
  }
  clerk-sign-in {
    min-block-size: 28rem;
  }
  clerk-sign-up {
    min-block-size: 30rem;
  }
  :is(clerk-sign-in, clerk-sign-up):where([hidden]) {
    display: none;
  }
  /* Stronger than what a child says of its own display. */
  :is(clerk-sign-in, clerk-sign-up) > :not([data-clerk-root], [slot='header'], [slot='fields'], [slot='footer']),
  :is(clerk-sign-in, clerk-sign-up):not(:state(fields)) > [slot='fields'] {
    display: none;
  }
  :is(clerk-sign-in, clerk-sign-up) > div:where([data-clerk-root]) {
    display: contents;
  }
  :is(clerk-sign-in, clerk-sign-up) > :where([slot]) {
    grid-column: 1;
    min-inline-size: 0;
  }
  :is(clerk-sign-in, clerk-sign-up) > :where([slot='header']) {
    grid-row: header;
  }
  :is(clerk-sign-in, clerk-sign-up) > :where([slot='fields']) {
    z-index: 1;
    /* One pixel is the border of the card. */
    margin: 1.25rem calc(2rem + 1px) 0;
  }
  :is(clerk-sign-in, clerk-sign-up) > :where([slot='footer']) {
    grid-row: footer;
  }
  ${pageRowRules}
`;
