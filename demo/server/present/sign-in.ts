/** Sign-in attempts on the wire (dossier part 2, §2.1). */
import type { Complete } from '../../../src/wire/primitives.ts';
import type { SignInJSON } from '../../../src/wire/sign-in.ts';
import type { Dependencies } from '../dependencies.ts';
import { needOf } from '../domain/second-step.ts';
import { findProvedSubject, findSubject } from '../domain/subject.ts';
import type { Subject } from '../domain/subject.ts';
import { statusOf } from '../domain/sign-in.ts';
import { listFactors, listSecondFactors } from '../factors/index.ts';
import type { ListedFactor } from '../factors/factor.ts';
import type { InstanceSettings } from '../settings.ts';
import { inSnapshot } from '../store/database.ts';
import { hasHeldSession } from '../store/sessions.ts';
import { findSignIn } from '../store/sign-ins.ts';
import type { SignIn } from '../store/sign-ins.ts';
import { findVerification } from '../store/verifications.ts';
import { avatarUrl } from './user.ts';
import { presentVerification } from './verification.ts';

/**
 * The attempt with this id, as a client carries it; `null` where there is none. It and its proofs are of one moment: whoever waits for a
 * link to be opened asks no more once that is verified, and the attempt has to be complete by then.
 */
export async function presentSignInById(context: Dependencies, id: string | null): Promise<Complete<SignInJSON> | null> {
  if (id === null) return null;
  return inSnapshot(context.database, async (database) => {
    const signIn = await findSignIn(database, id);
    return signIn ? presentSignIn({ ...context, database }, signIn) : null;
  });
}

export async function presentSignIn(context: Dependencies, signIn: SignIn): Promise<Complete<SignInJSON>> {
  const { database, settings, now } = context;
  const subject = await findSubject(context, signIn);
  const verification = await findVerification(database, signIn.first_factor_verification_id);
  const second = await findVerification(database, signIn.second_factor_verification_id);
  const isProved = verification?.status === 'verified';
  return {
    object: 'sign_in_attempt',
    id: signIn.id,
    status: statusOf(signIn, now()),
    supported_identifiers: supportedIdentifiers(settings),
    identifier: signIn.identifier,
    // Who must not show until they have proved it.
    user_data: settings.enumerationProtection && !isProved ? null : presentUserData(subject, context),
    supported_first_factors: subject ? listFactors(subject, settings) : null,
    supported_second_factors: await presentSecondFactors(context, signIn),
    first_factor_verification: verification ? presentVerification(verification, now()) : null,
    second_factor_verification: second ? presentVerification(second, now()) : null,
    created_session_id: signIn.created_session_id,
    abandon_at: signIn.abandon_at,
    client_trust_state: subject ? await clientTrustOf(context, signIn) : 'pending',
  };
}

/** Told to who has proved the first factor, and as long as a second one is open. */
async function presentSecondFactors(context: Dependencies, signIn: SignIn): Promise<ListedFactor[] | null> {
  const need = needOf({ status: statusOf(signIn, context.now()) });
  const subject = need && (await findProvedSubject(context, signIn));
  return need && subject ? listSecondFactors(subject, context.settings, need) : null;
}

/** Where nobody is asked, every browser is as good as known. */
async function clientTrustOf({ database, settings }: Dependencies, { client_id: clientId, user_id: userId }: SignIn): Promise<string> {
  if (!settings.clientTrust) return 'known';
  return (await hasHeldSession(database, { clientId, userId: userId ?? '' })) ? 'known' : 'new';
}

const supportedIdentifiers = ({ attributes }: InstanceSettings) => [
  ...(attributes.emailAddress.enabled ? ['email_address'] : []),
  ...(attributes.phoneNumber.enabled ? ['phone_number'] : []),
  ...(attributes.username.enabled ? ['username'] : []),
  ...(attributes.passkey.enabled ? ['passkey'] : []),
];

function presentUserData(subject: Subject | undefined, { frontendApiUrl }: Pick<Dependencies, 'frontendApiUrl'>) {
  if (!subject?.user) return null;
  const { id, first_name, last_name } = subject.user;
  return { first_name, last_name, image_url: avatarUrl(id, frontendApiUrl), has_image: false };
}
