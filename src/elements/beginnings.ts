/**
 * What a card needs only where somebody comes by a link from a mail, over a provider or with a passkey. A file of its own, which imports nothing of the
 * UI file and is given what it needs, as `later.ts` is.
 */
export { screenOnArrival } from './beginnings/arriving-card.ts';
export { socialPart } from './templates/social-buttons.ts';
export { askForPasskey, pickFromAutofill } from './beginnings/passkey.ts';
