/**
 * A passkey (dossier part 2, §9): signs in by itself, without a name even, or is asked for like any other factor. One challenge is good
 * for one answer, and the attempt's own.
 */
import type { Dependencies } from '../dependencies.ts';
import { countWithin, lockoutWarnings } from '../domain/lockout.ts';
import { askChallenge, challengeLifetime, passkeyStrategy as strategy, useChallenge } from '../domain/passkey-challenges.ts';
import type { AskedOptions } from '../domain/passkey-challenges.ts';
import { judgeAssertion, parseAssertion } from '../domain/passkey-credentials.ts';
import type { Assertion } from '../domain/passkey-credentials.ts';
import { describeCredentials } from '../domain/passkeys.ts';
import { relyingPartyOf } from '../domain/relying-party.ts';
import { startOfDay } from '../domain/sessions.ts';
import { strategyInvalid } from '../domain/sign-in.ts';
import { subjectOfUser } from '../domain/subject.ts';
import { ApiError } from '../errors.ts';
import { createSecret } from '../ids.ts';
import type { InstanceSettings } from '../settings.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { countSignature, findPasskeyByCredential } from '../store/passkeys.ts';
import { findUser } from '../store/users.ts';
import { updateUser } from '../store/write-users.ts';
import { markVerified } from '../store/verifications.ts';
import type { AttemptStep, Factor, ListedFactor } from './factor.ts';

const isSatisfying = ({ attributes, passkey }: InstanceSettings) => attributes.passkey.enabled && passkey.satisfiesSecondFactor;

export const passkey: Factor = {
  strategy,
  list: ({ passkeys }, { attributes }): ListedFactor[] =>
    attributes.passkey.enabled && passkeys.length ? [{ strategy, primary: null }] : [],
  listSecond: ({ passkeys }, settings, need) =>
    need === 'second_factor' && isSatisfying(settings) && passkeys.length ? [{ strategy, primary: null }] : [],
  // Beside what a person has set up. On its own, nobody who comes with a password is asked for it.
  isSubstitute: true,
  satisfiesSecondFactor: isSatisfying,

  identify: async ({ database }, form) => {
    const known = await findPasskeyByCredential(database, parseAssertion(form.public_key_credential).id);
    const user = known && (await findUser(database, known.user_id));
    if (!user) throw notRegistered();
    return subjectOfUser(user);
  },

  prepare: async ({ context, subject, origin, lock, attach }) => {
    if (!context.settings.attributes.passkey.enabled) throw strategyInvalid();
    const { id: rpId } = relyingPartyOf(context, origin);
    const allowCredentials = describeCredentials(subject, rpId);
    if (subject.user && !allowCredentials.length) throw noPasskeys();
    const options = { challenge: createSecret(), rpId, timeout: challengeLifetime, userVerification: 'required', allowCredentials };
    await inTransaction(context.database, async (transaction) => {
      const formerId = await lock(transaction);
      await attach(transaction, await askChallenge(context, transaction, { options, formerId }));
    });
  },

  attempt: async (step) => {
    const { context, subject, form, lock, proceed } = step;
    const given = parseAssertion(form.public_key_credential);
    const wrong = await inTransaction(context.database, async (transaction) => {
      const failures = await countWithin(context, transaction, subject.lockout);
      const { verificationId, options } = await useChallenge(context, transaction, await lock(transaction));
      const problem = await judge(step, transaction, { given, options });
      if (problem) return { failures, problem };
      await markVerified(transaction, verificationId);
      await proceed(transaction, verificationId);
      return undefined;
    });
    if (!wrong) return;
    const { problem, failures } = wrong;
    throw new ApiError(problem.status, [...problem.items, ...lockoutWarnings(failures, context.settings)]);
  },
};

/** What is wrong with an answer; `undefined` if nothing is, and then its signature has been counted. */
async function judge(
  { context, subject: { user }, origin }: Pick<AttemptStep, 'context' | 'subject' | 'origin'>,
  transaction: Database,
  { given, options }: { given: Assertion; options: AskedOptions },
): Promise<ApiError | undefined> {
  const known = await findPasskeyByCredential(transaction, given.id);
  if (!user || known?.user_id !== user.id) return notRegistered();
  const relyingParty = relyingPartyOf(context, origin);
  if (options.rpId !== relyingParty.id || known.rp_id !== relyingParty.id) return authenticationFailure();
  const allowed = options.allowCredentials ?? [];
  // Who was not named before says by the user handle who they are (WebAuthn, section 7.2, step 6).
  const isMeant = allowed.length ? allowed.some(({ id }) => id === given.id) : typeof given.response.userHandle === 'string';
  if (!isMeant) return authenticationFailure();
  const number = await judgeAssertion(given, { challenge: options.challenge, relyingParty, passkey: known });
  if (number === undefined || !(await countSignature(transaction, known.id, number, context.now()))) return authenticationFailure();
  await noteUse(context, transaction, user.id);
  return undefined;
}

/** Browsers see a user anew who has changed; that somebody was here is all that has. */
const noteUse = ({ now }: Pick<Dependencies, 'now'>, transaction: Database, userId: string) =>
  updateUser(transaction, userId, { last_active_at: startOfDay(now()) }, now());

const notRegistered = () =>
  new ApiError(404, {
    code: 'passkey_not_registered',
    message: 'Passkey not registered',
    longMessage: 'This passkey is not registered with this account. Use another one, or sign in another way.',
  });

const authenticationFailure = () =>
  new ApiError(400, {
    code: 'passkey_authentication_failure',
    message: 'Passkey could not be verified',
    longMessage: 'This passkey could not be verified. Try again, or use another method.',
  });

const noPasskeys = () =>
  new ApiError(400, {
    code: 'no_passkeys_found_for_user',
    message: 'No passkeys',
    longMessage: 'This account has no passkey for this site.',
  });
