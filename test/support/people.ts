/** People for tests: the one of the demo, and new ones. */
export { addUser, mailedCodes, otherCode } from './users.ts';
export type { Person } from './users.ts';

/** The demo person of `demo/instance.json`. */
export const jane = { emailAddress: 'jane+clerk_test@example.com', password: 'violet-harbour-lantern' };
