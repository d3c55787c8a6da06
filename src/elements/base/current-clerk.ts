/** The page's Clerk instance, as the UI entry was given it. Elements that a page writes as markup find it here. */
import type { ClerkApi } from '../../clerk/clerk-api.ts';

let current: ClerkApi | undefined;

/** Makes `clerk` the instance of every element that is not given one of its own by its `clerk` property. */
export function provideClerk(clerk: ClerkApi | undefined): void {
  current = clerk;
}

/** The instance given last, if any. */
export const currentClerk = (): ClerkApi | undefined => current;
