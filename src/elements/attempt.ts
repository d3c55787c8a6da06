/**
 * What a card needs once the API knows whom it is about: where the attempt stands, which factor comes next, and what is asked of the API for it. A file of its own,
 * fetched while the API judges the identifier. It imports nothing of the UI file and is given what it needs, as `later.ts` is.
 */
export { AttemptSteps } from './attempt/attempt-steps.ts';
