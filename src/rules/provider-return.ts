/**
 * What is to be done when somebody comes back from a provider (dossier part 2, §8.1). One table for `handleRedirectCallback()` and for
 * the cards.
 */
import type { SignInResource, SignUpResource, VerificationResource } from '../resources/types.ts';

type Flow = 'signIn' | 'signUp';

/** Why a provider, or the API, has let nobody in. */
export type ReturnError = NonNullable<VerificationResource['error']>;

export type ProviderReturn =
  /** Somebody is signed in: with a new session, or with one that was there already. */
  | { name: 'session'; flow: Flow; sessionId: string }
  /** The account is somebody's, or nobody's: the other flow takes it over. */
  | { name: 'transfer'; to: Flow }
  /** The attempt goes on; its status says with what. `error` is what the provider was asked for in vain. */
  | { name: 'proceed'; flow: Flow; error: ReturnError | null }
  /** There is no attempt to go on with. */
  | { name: 'start'; flow: Flow; error: ReturnError | null };

export interface ReturnOptions {
  signIn?: SignInResource | undefined;
  signUp?: SignUpResource | undefined;
  /** `false`: who has no account is not given one. */
  transferable?: boolean | undefined;
}

/** Statuses of a sign-in that nobody has got any further with. */
const idle: (string | null | undefined)[] = [undefined, null, 'needs_identifier', 'abandoned', 'complete'];

/** The first row of the table that is true. An attempt that is not given is taken for none. */
export function returnOf({ signIn, signUp, transferable = true }: ReturnOptions): ProviderReturn {
  const status = signIn?.status;
  const proof = signIn?.firstFactorVerification;
  const account = signUp?.verifications.externalAccount;
  const errors = { signIn: proof?.error ?? null, signUp: account?.error ?? null };
  const goOn = (flow: Flow): ProviderReturn => ({ name: 'proceed', flow, error: errors[flow] });
  const startAt = (flow: Flow): ProviderReturn => ({ name: 'start', flow, error: errors[flow] });
  const isLocked = (flow: Flow) => errors[flow]?.code === 'user_locked';

  if (status === 'complete' && signIn?.createdSessionId) return { name: 'session', flow: 'signIn', sessionId: signIn.createdSessionId };
  if (status === 'needs_protect_check') return goOn('signIn');
  if (signUp?.missingFields.includes('protect_check')) return goOn('signUp');
  if (account?.status === 'transferable' && account.error?.code === 'external_account_exists') return { name: 'transfer', to: 'signIn' };
  if (isLocked('signUp')) return startAt('signUp');
  if (isLocked('signIn')) return startAt('signIn');
  if (status === 'needs_first_factor' || status === 'needs_new_password') return goOn('signIn');
  if (proof?.status === 'transferable') return transferable ? { name: 'transfer', to: 'signUp' } : startAt('signIn');
  if (signUp?.status === 'complete' && signUp.createdSessionId)
    return { name: 'session', flow: 'signUp', sessionId: signUp.createdSessionId };
  if (!idle.includes(status)) return goOn('signIn');
  for (const flow of ['signIn', 'signUp'] as const) {
    const { code, meta } = errors[flow] ?? {};
    if (code === 'identifier_already_signed_in' && meta?.sessionId) return { name: 'session', flow, sessionId: meta.sessionId };
  }
  if (errors.signUp) return startAt('signUp');
  if (account?.status === 'verified' && signUp?.status === 'missing_requirements') return goOn('signUp');
  return startAt('signIn');
}

/** The same for the answer to a transfer. */
export const returnOfTransfer = (flow: Flow, { status, createdSessionId }: SignInResource | SignUpResource): ProviderReturn =>
  status === 'complete' && createdSessionId
    ? { name: 'session', flow, sessionId: createdSessionId }
    : { name: 'proceed', flow, error: null };
