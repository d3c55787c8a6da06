/** What the sign-up card does not need at first: the proofs of addresses and numbers, and what it says where it is closed. Fetched when they come near. */
import { createCodeStyles } from '../styles/code.ts';
import { css } from '../shared.ts';

export { showRoute } from './proof-route.ts';
export { proofs } from '../../factors/sign-up-screens.ts';
export { closedScreen } from './closed-screen.ts';
export const codeStyles = createCodeStyles(css);
