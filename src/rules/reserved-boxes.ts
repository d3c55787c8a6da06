/**
 * The rules that keep a page still until the elements are there: each reserves the room it will need, and `<clerk-show>` shows
 * nothing before it is known who is signed in. `dist/clerk.css` is made of this text, and the core adopts it at evaluation.
 */
export const reservedBoxes = `
:is(clerk-sign-in, clerk-sign-up):not(:defined) { display: block; inline-size: min(25rem, 100%); }
clerk-sign-in:not(:defined) { min-block-size: 28rem; }
clerk-sign-up:not(:defined) { min-block-size: 30rem; }
:is(clerk-sign-in, clerk-sign-up):not(:defined) > * { visibility: hidden; }
clerk-unsafe-field:not(:defined) { display: block; min-block-size: 4.25rem; }
clerk-unsafe-field:is([type='checkbox'], [type='switch']):not(:defined) { min-block-size: 1.5rem; }
clerk-unsafe-field:not(:defined) > option { display: none; }
clerk-text:not(:defined) > * { display: none; }
clerk-text::before { content: '\\200c'; }
clerk-unsafe-form:not(:defined) { display: block; padding-block-end: 3.5rem; }
clerk-show:not(:defined) { display: none; }
`;
