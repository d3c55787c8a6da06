/** Sign-up attempts on the wire (dossier part 2, §3.1). */
import type { Complete } from '../../../src/wire/primitives.ts';
import type { SignUpJSON } from '../../../src/wire/sign-up.ts';
import type { Dependencies } from '../dependencies.ts';
import { statusOf } from '../domain/sign-in.ts';
import { identificationKinds } from '../domain/identification-kinds.ts';
import { fieldsOf, isAboutIts } from '../domain/sign-up.ts';
import { findSignUpVerifications } from '../domain/sign-up-steps.ts';
import { inSnapshot } from '../store/database.ts';
import type { IdentificationKind } from '../store/identifications.ts';
import { findSignUp } from '../store/sign-ups.ts';
import type { SignUp } from '../store/sign-ups.ts';
import { findVerification } from '../store/verifications.ts';
import type { Verification } from '../store/verifications.ts';
import { presentVerification } from './verification.ts';

/** The attempt with this id, as a client carries it, and its proofs of the same moment; `null` where there is none. */
export async function presentSignUpById(context: Dependencies, id: string | null): Promise<Complete<SignUpJSON> | null> {
  if (id === null) return null;
  return inSnapshot(context.database, async (database) => {
    const signUp = await findSignUp(database, id);
    return signUp ? presentSignUp({ ...context, database }, signUp) : null;
  });
}

export async function presentSignUp({ database, settings, now }: Dependencies, signUp: SignUp): Promise<Complete<SignUpJSON>> {
  const verifications = await findSignUpVerifications(database, signUp);
  const external = await findVerification(database, signUp.external_account_verification_id);
  const { required, optional, missing, unverified } = fieldsOf(signUp, verifications, settings);
  const presentProof = (kind: IdentificationKind) =>
    signUp[kind] === null
      ? null
      : presentKindVerification(signUp, kind, {
          verification: verifications[kind],
          emailVerifications: settings.attributes.emailAddress.verifications,
          now: now(),
        });
  return {
    object: 'sign_up_attempt',
    id: signUp.id,
    status: statusOf(signUp, now()),
    required_fields: required,
    optional_fields: optional,
    missing_fields: missing,
    unverified_fields: unverified,
    verifications: {
      email_address: presentProof('email_address'),
      phone_number: presentProof('phone_number'),
      web3_wallet: null,
      external_account: external ? presentVerification(external, now()) : null,
    },
    username: signUp.username,
    email_address: signUp.email_address,
    phone_number: signUp.phone_number,
    web3_wallet: null,
    first_name: signUp.first_name,
    last_name: signUp.last_name,
    // The API description names the first, browsers read the second.
    password_enabled: signUp.has_password,
    has_password: signUp.has_password,
    unsafe_metadata: signUp.unsafe_metadata ?? {},
    public_metadata: signUp.public_metadata ?? {},
    custom_action: false,
    external_id: null,
    locale: signUp.locale,
    legal_accepted_at: signUp.legal_accepted_at,
    created_session_id: signUp.created_session_id,
    created_user_id: signUp.created_user_id,
    abandon_at: signUp.abandon_at,
  };
}

/**
 * What a supplied address or number waits for: `needs_attempt` while something was sent that still works, `needs_prepare` once it does
 * not. `null` until something was sent, as the hosted service answers: by that Clerk's own UI sees that it has to send it.
 */
function presentKindVerification(
  signUp: SignUp,
  kind: IdentificationKind,
  { verification, emailVerifications, now }: { verification: Verification | undefined; emailVerifications: readonly string[]; now: number },
) {
  if (!verification || !isAboutIts(signUp, kind, verification)) return null;
  const presented = presentVerification(verification, now);
  const nextActions: Record<string, string> = { verified: '', unverified: 'needs_attempt' };
  return {
    ...presented,
    next_action: nextActions[presented.status] ?? 'needs_prepare',
    supported_strategies: kind === 'email_address' ? [...emailVerifications] : [identificationKinds[kind].strategy],
  };
}
