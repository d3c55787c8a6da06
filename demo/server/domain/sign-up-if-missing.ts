/** Signing in and up in one (dossier part 2, §2.6, §2.7): whoever has no account proves their address, and makes one of the attempt. */
import type { Dependencies } from '../dependencies.ts';
import { ApiError } from '../errors.ts';
import type { Caller } from '../frontend-api/handler.ts';
import { transferInvalid } from '../oauth/errors.ts';
import type { Database } from '../store/database.ts';
import { detachSignIn, findSignIn, moveSignIn } from '../store/sign-ins.ts';
import type { SignIn } from '../store/sign-ins.ts';
import type { SignUpChanges } from '../store/sign-ups.ts';
import { findVerification, moveVerification } from '../store/verifications.ts';
import type { Verification } from '../store/verifications.ts';
import { linkStrategy } from './email-link.ts';
import { identificationKinds, kindOfStrategy } from './identification-kinds.ts';
import { statusOf } from './sign-in.ts';
import type { SignUpSource } from './sign-up-steps.ts';

/** What can prove an address or a number of somebody who has no account. */
const strategies = ['email_code', 'phone_code', linkStrategy];

/** @throws ApiError 422 where strangers cannot sign up by themselves, and for other strategies. */
export function requireSignUpIfMissing({ settings }: Pick<Dependencies, 'settings'>, strategy: string | undefined): void {
  if (settings.signUp.mode !== 'public') throw signUpIfMissingNotAllowed();
  if (strategy === undefined || strategies.includes(strategy)) return;
  throw new ApiError(422, {
    code: 'sign_up_if_missing_strategy_not_supported',
    message: 'Strategy not supported with sign-up if missing',
    longMessage: `sign_up_if_missing works with ${strategies.join(', ')} only.`,
  });
}

/**
 * What a sign-up starts with that takes over from the sign-in of this browser; `undefined` if there is nothing of this kind. It is used
 * up within the sign-up's transaction.
 */
export async function findTransfer({ database, now }: Dependencies, { client }: Caller): Promise<SignUpSource | undefined> {
  const signIn = client?.sign_in_id ? await findSignIn(database, client.sign_in_id) : undefined;
  const verification = signIn && (await findVerification(database, signIn.first_factor_verification_id));
  const isOpen = signIn?.sign_up_if_missing && statusOf(signIn, now()) === 'needs_first_factor';
  if (!signIn || !isOpen || verification?.status !== 'transferable') return undefined;
  const { strategy } = verification;
  return {
    strategy,
    address: strategy === 'phone_code' ? null : verification.sent_to,
    supply: (transaction) => takeOver(transaction, signIn, verification),
  };
}

/** Of several at once, one gets it. */
async function takeOver(transaction: Database, signIn: SignIn, { id, strategy }: Verification): Promise<SignUpChanges> {
  const isFirst = await moveVerification(transaction, { id, from: 'transferable', to: 'verified' });
  if (!isFirst || !(await moveSignIn(transaction, signIn, { status: 'abandoned' }))) throw transferInvalid();
  await detachSignIn(transaction, signIn);
  const kind = kindOfStrategy(strategy) ?? 'email_address';
  const { value, normalized } = identificationKinds[kind].parse(signIn.identifier ?? '');
  return kind === 'phone_number'
    ? { phone_number: normalized, phone_number_verification_id: id }
    : { email_address: value, email_address_normalized: normalized, email_address_verification_id: id };
}

/** 422: in this instance, or with this identifier, nobody signs up while they sign in. */
export const signUpIfMissingNotAllowed = () =>
  new ApiError(422, {
    code: 'sign_up_if_missing_not_allowed',
    message: 'Sign-up if missing is not allowed',
    longMessage: 'Nobody can sign up here while they sign in. Leave sign_up_if_missing out, and create a sign-up instead.',
  });

/** 404: there is no such user, and what was proved can be made one. */
export const signUpIfMissingTransfer = () =>
  new ApiError(404, {
    code: 'sign_up_if_missing_transfer',
    message: 'No account yet',
    longMessage: 'There is no account for this yet. Create a sign-up with transfer=true to make one.',
  });
