/** Who calls: the user of a verified session token, and nobody else. */
import type { ClerkClient } from '@clerk/backend';
import type { MiddlewareHandler } from 'hono';
import { Refusal } from './refusal.ts';

declare global {
  /** Claims of our own, as the instance's settings make them: this one of public metadata. The name is Clerk's. */
  interface CustomJwtSessionClaims {
    metadata?: unknown;
  }
}

/** For Hono: what a handler finds in `c.var`. */
export interface BackendEnvironment {
  Variables: {
    userId: string;
    claims: CustomJwtSessionClaims;
  };
}

/** Reasons of `authenticateRequest()` that say nothing of the token. */
const notTheCaller = ['unexpected-error', 'jwk-remote-failed-to-load'];

/**
 * Lets only signed-in callers through. The page sends its session token in `Authorization`: a header that no other site can make a
 * browser send, unlike a cookie. A user id in the body would be what the caller claims to be, so nobody here reads one.
 */
export function createCallerCheck(clerk: Pick<ClerkClient, 'authenticateRequest'>): MiddlewareHandler<BackendEnvironment> {
  return async (c, next) => {
    const { url } = c.req;
    const authorization = c.req.header('authorization');
    if (!authorization) throw new Refusal(401, 'Sign in first.');
    const state = await clerk.authenticateRequest(new Request(url, { headers: { authorization } }), {
      // Pages are served from the same origin, so a token that was made for another page is of no use here.
      authorizedParties: [new URL(url).origin],
    });
    // The keys that tokens are verified with come from Clerk, which may be away.
    if (notTheCaller.includes(state.reason ?? '')) throw new Error(`The token could not be verified: ${state.reason}`);
    const { userId, sessionClaims } = state.toAuth() ?? {};
    if (!userId || !sessionClaims) throw new Refusal(401, 'The session has ended. Sign in again.');
    c.set('userId', userId);
    c.set('claims', sessionClaims);
    await next();
  };
}
