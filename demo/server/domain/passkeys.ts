/** The passkeys of a person: registered, named and taken away, by themselves or by a backend (dossier part 2, §4.1, §6.4, §9). */
import type { Dependencies } from '../dependencies.ts';
import { ApiError, notFound, parameterError } from '../errors.ts';
import { createSecret } from '../ids.ts';
import { inTransaction, violatedUniqueIndex } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import {
  deletePasskey,
  findPasskey,
  findPasskeyByCredential,
  proposePasskey,
  renamePasskey as storeName,
  verifyPasskey,
} from '../store/passkeys.ts';
import type { PasskeyChoice, StoredPasskey } from '../store/passkeys.ts';
import { abandonSignInsOfUser } from '../store/sign-ins.ts';
import { findUser } from '../store/users.ts';
import type { User } from '../store/users.ts';
import { lockUser, updateUser } from '../store/write-users.ts';
import { markVerified, voidVerifications } from '../store/verifications.ts';
import { alreadyVerified } from './code-verification.ts';
import { requireText } from './form-values.ts';
import { askChallenge, challengeLifetime, useChallenge } from './passkey-challenges.ts';
import { algorithms, judgeRegistration, parseRegistration, userHandleOf } from './passkey-credentials.ts';
import { relyingPartyOf } from './relying-party.ts';

type PasskeyContext = Pick<Dependencies, 'database' | 'settings' | 'now'>;

/** Of one person (dossier part 2, §9). */
const maximumPasskeys = 10;
/** Characters. */
const maximumNameLength = 256;

/**
 * Starts a registration, in the place of one that was not finished.
 * @param page whose passkey it will be: its origin, and a name for the device that it is on.
 * @throws ApiError 403 `passkey_quota_exceeded`, 400 `passkey_invalid_rpID_or_domain`.
 */
export async function createPasskey(
  context: PasskeyContext,
  { id: userId }: Pick<User, 'id'>,
  page: { origin: string | undefined; name: string },
): Promise<StoredPasskey> {
  const { settings, now } = context;
  const relyingParty = relyingPartyOf(context, page.origin);
  return inTransaction(context.database, async (transaction) => {
    await lockUser(transaction, userId);
    const user = await findUser(transaction, userId);
    if (!user) throw notFound('user');
    if (user.passkeys.length >= maximumPasskeys) throw quotaExceeded();
    const primary = user.email_addresses.find(({ id }) => id === user.primary_email_address_id);
    const account = primary?.email_address ?? user.username ?? user.id;
    const options = {
      rp: { id: relyingParty.id, name: settings.applicationName },
      user: {
        id: userHandleOf(userId),
        name: account,
        displayName: [user.first_name, user.last_name].filter(Boolean).join(' ') || account,
      },
      challenge: createSecret(),
      pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
      timeout: challengeLifetime,
      excludeCredentials: describeCredentials(user, relyingParty.id),
      // It is found without a name, and who holds the device is not enough.
      authenticatorSelection: { requireResidentKey: true, residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
    };
    const verificationId = await askChallenge(context, transaction, { options, formerId: null });
    return proposePasskey(transaction, { userId, rpId: relyingParty.id, verificationId, name: page.name }, now());
  });
}

/** The passkeys that a person has for a domain, as WebAuthn lists them. */
export const describeCredentials = ({ passkeys }: Pick<User, 'passkeys'>, rpId: string) =>
  passkeys.filter(({ rp_id }) => rp_id === rpId).map(({ credential_id: id, transports }) => ({ type: 'public-key', id, transports }));

/**
 * Finishes a registration. A wrong answer uses up its challenge too.
 * @throws ApiError 404; 400 `passkey_invalid_verification`, `verification_already_verified`, `verification_expired`,
 * `verification_failed`; 422 `passkey_invalid_public_key_credential`.
 */
export async function confirmPasskey(
  context: PasskeyContext,
  choice: PasskeyChoice,
  answer: { origin: string | undefined; credential: string | undefined },
): Promise<StoredPasskey> {
  const { now } = context;
  const given = parseRegistration(answer.credential);
  const relyingParty = relyingPartyOf(context, answer.origin);
  const confirmed = await inTransaction(context.database, async (transaction) => {
    await lockUser(transaction, choice.userId);
    const proposed = await findPasskey(transaction, choice);
    if (!proposed) throw notFound('passkey');
    if (proposed.verified_at !== null) throw alreadyVerified();
    const { verificationId, options } = await useChallenge(context, transaction, proposed.verification_id);
    if (options.rp?.id !== relyingParty.id) return undefined;
    const credential = await judgeRegistration(given, { challenge: options.challenge, relyingParty });
    if (!credential || (await findPasskeyByCredential(transaction, credential.credential_id))) return undefined;
    await markVerified(transaction, verificationId);
    const passkey = await verifyPasskey(transaction, proposed.id, credential, now());
    await noteChange(context, transaction, choice.userId);
    return passkey;
  }).catch((error: unknown) => {
    // Registered by somebody else in this moment.
    if (violatedUniqueIndex(error) === 'passkeys_credential_id_key') return undefined;
    throw error;
  });
  if (confirmed) return confirmed;
  throw new ApiError(400, {
    code: 'passkey_invalid_verification',
    message: 'Passkey could not be verified',
    longMessage: 'This passkey does not fit what was asked for, or is registered already. Try to create it again.',
  });
}

/**
 * @param text the new name.
 * @throws ApiError 404, 422 `passkey_identification_not_verified`, `form_param_…`.
 */
export async function renamePasskey(context: PasskeyContext, choice: PasskeyChoice, text: string | undefined): Promise<void> {
  const name = requireText(text?.trim(), 'name');
  if (/\p{Cc}/u.test(name)) throw parameterError('form_param_format_invalid', 'name', 'name must not have control characters.');
  if ([...name].length > maximumNameLength) {
    throw parameterError('form_param_max_length_exceeded', 'name', `name must have at most ${maximumNameLength} characters.`);
  }
  await inTransaction(context.database, async (transaction) => {
    await lockUser(transaction, choice.userId);
    const passkey = await findPasskey(transaction, choice);
    if (!passkey) throw notFound('passkey');
    if (passkey.verified_at === null) throw notVerified();
    await storeName(transaction, passkey.id, name, context.now());
    await updateUser(transaction, choice.userId, {}, context.now());
  });
}

/** @throws ApiError 404. */
export async function removePasskey(context: PasskeyContext, choice: PasskeyChoice): Promise<void> {
  await inTransaction(context.database, async (transaction) => {
    await lockUser(transaction, choice.userId);
    const removed = await deletePasskey(transaction, choice);
    if (!removed) throw notFound('passkey');
    await voidVerifications(transaction, [removed.verification_id]);
    if (removed.verified_at !== null) await noteChange(context, transaction, choice.userId);
  });
}

/** Sign-ins that are half done were begun under other terms (security.md, C6). */
async function noteChange({ now }: PasskeyContext, transaction: Database, userId: string): Promise<void> {
  await updateUser(transaction, userId, {}, now());
  await abandonSignInsOfUser(transaction, userId);
}

const quotaExceeded = () =>
  new ApiError(403, {
    code: 'passkey_quota_exceeded',
    message: 'Too many passkeys',
    longMessage: `An account has at most ${maximumPasskeys} passkeys. Remove one before you add another.`,
  });

const notVerified = () =>
  new ApiError(422, {
    code: 'passkey_identification_not_verified',
    message: 'Passkey not verified',
    longMessage: 'The registration of this passkey was not finished.',
  });
