import { css } from 'lit';

/**
 * The box of a card on the page, and the places of the page's own children in it. They are never moved: a grid of named rows
 * (`slot="header"`, title, own fields, `slot="fields"`, buttons, foot, `slot="footer"`) goes through the card by `subgrid`, so
 * that the page's fields stand between ours though they are outside of our root. Every other child is hidden.
 *
 * The height is the one that `rules/reserved-boxes.ts` keeps free before the script arrives: what stands below never jumps.
 */
export const hostStyles = css`
  :is(clerk-sign-in, clerk-sign-up, clerk-user-verification) {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: [header] auto [title] auto [own] auto repeat(20, [page] auto) [buttons] auto [foot] auto [footer] auto;
    align-content: start;
    inline-size: min(25rem, 100%);
    min-block-size: 28rem;
    text-align: start;
    > div:where([data-clerk-root]) {
      display: contents;
    }
    > :where([slot]) {
      grid-column: 1;
      min-inline-size: 0;
    }
    > :where([slot='header']) {
      grid-row: header;
    }
    > :where([slot='fields']) {
      z-index: 1;
      /* One pixel is the border of the card. */
      margin: 1.25rem calc(2rem + 1px) 0;
      @media (width < 26rem) {
        margin-inline: calc(1.25rem + 1px);
      }
    }
    > :where([slot='footer']) {
      grid-row: footer;
    }
    /* Stronger than what a child says of its own display. */
    > :not([data-clerk-root], [slot='header'], [slot='fields'], [slot='footer']),
    &:not(:state(fields)) > [slot='fields'],
    &:where([hidden]) {
      display: none;
    }
  }
`;

/**
 * A row of its own for each of the first 20 children with `slot="fields"`: two in one row would lie on top of each other. A page with more of
 * them puts them into one element.
 */
export const pageRowStyles = css([
  Array.from(
    { length: 20 },
    (_item, row) => `:is(clerk-sign-in,clerk-sign-up)>:where(:nth-child(${row + 1} of [slot=fields])){grid-row:page ${row + 1}}`,
  ).join(''),
] as unknown as TemplateStringsArray);
