import { css } from '../shared.ts';

/** No box of its own; and whatever the page says of its `display`, nothing is seen before it is known for whom. */
export const showStyles = css`
  clerk-show {
    display: contents;
    &:not(:state(shown)) {
      display: none !important;
    }
  }
`;
