/** Opening a link from a mail (dossier part 2, §2.8). It completes the attempt that it was sent for, wherever it is opened. */
import type { Dependencies } from '../dependencies.ts';
import { ApiError } from '../errors.ts';
import { emailLink } from '../factors/email-link.ts';
import type { Caller } from '../frontend-api/handler.ts';
import { findClient } from '../store/clients.ts';
import type { Client } from '../store/clients.ts';
import { findEmailLink, noteOpener } from '../store/email-links.ts';
import type { EmailLink } from '../store/email-links.ts';
import { findSignIn } from '../store/sign-ins.ts';
import { findSignUp } from '../store/sign-ups.ts';
import { findVerification } from '../store/verifications.ts';
import type { Verification } from '../store/verifications.ts';
import { verificationError } from './code-verification.ts';
import { linkStrategy } from './email-link.ts';
import { attemptOwnByLink } from './own-identifications.ts';
import { attemptSecondFactor } from './second-step.ts';
import { statusOf } from './sign-in.ts';
import { attemptFactor } from './sign-in-steps.ts';
import { attemptIdentification } from './sign-up-steps.ts';

/** `__clerk_status` of the page that is redirected to. */
export type LinkStatus = 'verified' | 'expired' | 'failed' | 'client_mismatch' | 'transferable';

export interface OpenedLink {
  link: EmailLink;
  status: LinkStatus;
  /** The session that it has started, in the browser that had asked for the link. */
  sessionId: string | null;
}

/** Who opens a link. */
export interface Opener {
  /** Undefined for a browser that is not known. */
  client: Client | undefined;
  /** Acts for that browser, and gives it a new credential. */
  caller: Caller;
}

/**
 * Uses a link up, if what it was sent for still waits for it.
 * @throws ApiError 400 `verification_link_token_invalid` for what is no link of ours.
 */
export async function openLink(context: Dependencies, opener: Opener, token: string): Promise<OpenedLink> {
  const { database, settings, now } = context;
  const link = await findEmailLink(database, token);
  if (!link) throw linkInvalid();
  const verification = await findVerification(database, link.verification_id);
  const end = (status: LinkStatus, sessionId: string | null = null): OpenedLink => ({ link, status, sessionId });
  if (verification?.status === 'verified' || verification?.status === 'failed') return end('failed');
  if (verification?.status === 'transferable') return end('failed');
  if (verification?.status !== 'unverified' || (verification.expire_at ?? 0) <= now()) return end('expired');
  // It is as good as before: the person may still open it in the right browser.
  if (settings.emailLink.requireSameClient && opener.client?.id !== link.client_id) return end('client_mismatch');
  if (opener.client) await noteOpener(database, verification.id, opener.client.id);
  const caller = opener.client?.id === link.client_id ? opener.caller : await callerElsewhere(context, opener, link);
  try {
    return end('verified', await prove(context, caller, { link, verification, token }));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status >= 500) throw error;
    // Of several who open it at once, one was faster.
    const { status } = (await findVerification(database, verification.id)) ?? {};
    return end(status === 'verified' ? 'failed' : statusOfRefusal(error));
  }
}

/** @returns the session that has started by it, if one has. */
async function prove(
  context: Dependencies,
  caller: Caller,
  { link, verification, token: code }: { link: EmailLink; verification: Verification; token: string },
): Promise<string | null> {
  const { database, now } = context;
  const { subject_id: id } = link;
  if (id.startsWith('sia_')) {
    const signIn = await findSignIn(database, id);
    if (!signIn || caller.client?.sign_in_id !== id) throw linkExpired();
    const step = { context, caller, signIn, factor: emailLink };
    if (signIn.first_factor_verification_id === verification.id && statusOf(signIn, now()) === 'needs_first_factor') {
      await attemptFactor(step, { code });
    } else if (signIn.second_factor_verification_id === verification.id && statusOf(signIn, now()) !== 'abandoned') {
      await attemptSecondFactor(step, { code });
    } else throw linkExpired();
    return (await findSignIn(database, id))?.created_session_id ?? null;
  }
  if (id.startsWith('sua_')) {
    const signUp = await findSignUp(database, id);
    if (!signUp || caller.client?.sign_up_id !== id) throw linkExpired();
    await attemptIdentification({ context, caller, signUp }, { kind: 'email_address', strategy: linkStrategy, code });
    return (await findSignUp(database, id))?.created_session_id ?? null;
  }
  await attemptOwnByLink(context, { id, code });
  return null;
}

/** Acts for the browser that has asked for the link, which alone holds its credential and so keeps it. */
async function callerElsewhere({ database }: Dependencies, { caller }: Opener, link: EmailLink): Promise<Caller> {
  const client = await findClient(database, link.client_id);
  return {
    ...caller,
    client,
    isElsewhere: true,
    address: link.ip_address ?? '',
    userAgent: link.user_agent ?? undefined,
    claimCredential: () => Promise.resolve(),
    renewCredential: () => undefined,
  };
}

function statusOfRefusal(error: ApiError): LinkStatus {
  const [code] = error.items.map((item) => item.code);
  if (code === 'sign_up_if_missing_transfer') return 'transferable';
  return code === 'verification_expired' || code === 'verification_link_token_expired' ? 'expired' : 'failed';
}

/** 400 `verification_link_token_invalid`. */
export const linkInvalid = () =>
  verificationError('verification_link_token_invalid', 'This link does not work. It may have been used already, or cut off on its way.');

/** 400 `verification_link_token_expired`. */
export const linkExpired = () =>
  verificationError(
    'verification_link_token_expired',
    'This link does not work any more. Go back to where you began, and ask for a new one.',
  );
