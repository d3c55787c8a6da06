import { css } from 'lit';

/**
 * Takes the page's element rules (`button {}`, `form input {}`) back inside our root, so that what follows starts from the
 * browser's own style.
 *
 * All our rules have the specificity of two types: a bare `button {}` of the page does not reach our parts, but any rule of the
 * page with a class does. Hence `:where()` around every class of ours.
 */
export const reset = css`
  div:where([data-clerk-root]) {
    :not(svg, svg *, option, clerk-sign-in, clerk-sign-up) {
      all: revert;
      box-sizing: border-box;
      margin: 0;
      font: inherit;
      letter-spacing: inherit;
      color: inherit;
    }
    :is(button, input, select, a):focus-visible {
      outline: 2px solid var(--cl-color-ring);
      outline-offset: 2px;
    }
  }
`;
