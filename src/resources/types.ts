/**
 * What a page sees of the resources: names and meanings as in Clerk's published TypeScript interfaces.
 * The classes beside this file implement them; elements and flows know only these types.
 */
export type * from './types/resource.ts';
export type * from './types/client.ts';
export type * from './types/email-links.ts';
export type * from './types/environment.ts';
export type * from './types/external-account.ts';
export type * from './types/identifications.ts';
export type * from './types/metadata.ts';
export type * from './types/passkeys.ts';
export type * from './types/second-factors.ts';
export type * from './types/session.ts';
export type * from './types/sign-in.ts';
export type * from './types/sign-up.ts';
export type * from './types/user.ts';
export type * from './types/waitlist.ts';
