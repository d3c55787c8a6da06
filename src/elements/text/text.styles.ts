import { css } from '../shared.ts';

/**
 * Part of the line it stands in. The empty character keeps that line as high as it will be, so that nothing below moves when the value
 * comes; it takes no room and breaks no word. What somebody has written from right to left changes nothing around it.
 */
export const textStyles = css`
  clerk-text {
    unicode-bidi: isolate;
    &::before {
      content: '\\200c';
    }
    > div:where([data-clerk-root]) {
      display: contents;
    }
  }
`;
