import type { ClientResource } from '../resources/types.ts';

/** What a link from a mail has come to. */
export type LinkResult =
  /** The session that it has started is here. */
  | { name: 'here'; sessionId: string }
  /** It was asked for here, and the attempt goes on. */
  | { name: 'onwards' }
  /** It is proved, and where it was asked for knows: another browser, or a page of somebody who is signed in. */
  | { name: 'elsewhere' }
  | { name: 'expired' | 'client_mismatch' | 'failed' };

const strategy = 'email_link';

export function linkResultOf(
  { status, sessionId }: { status: string; sessionId: string | null },
  { signedInSessions, signIn, signUp }: Pick<ClientResource, 'signedInSessions' | 'signIn' | 'signUp'>,
): LinkResult {
  if (status === 'expired' || status === 'client_mismatch') return { name: status };
  if (status !== 'verified' && status !== 'transferable') return { name: 'failed' };
  if (sessionId !== null && signedInSessions.some(({ id }) => id === sessionId)) return { name: 'here', sessionId };
  const { strategy: way, status: outcome } = signIn.firstFactorVerification;
  const isSignInOpen =
    way === strategy &&
    // Of an address that has no account, with which it goes on as a sign-up.
    (outcome === 'transferable' ||
      signIn.status === 'needs_second_factor' ||
      signIn.status === 'needs_client_trust' ||
      signIn.status === 'needs_new_password');
  const isSignUpOpen = signUp.status === 'missing_requirements' && signUp.verifications.emailAddress.strategy === strategy;
  const proved = isSignInOpen ? outcome : isSignUpOpen ? signUp.verifications.emailAddress.status : undefined;
  return { name: proved === 'verified' || proved === 'transferable' ? 'onwards' : 'elsewhere' };
}
