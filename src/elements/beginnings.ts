/**
 * What a card needs only where somebody comes by a link from a mail or with a passkey. A file of its own, which imports nothing of the
 * UI file and is given what it needs, as `later.ts` is.
 */
export { arrivalScreen } from './beginnings/arrival-screen.ts';
export { askForPasskey, pickFromAutofill } from './beginnings/passkey.ts';
