/** What the factors have in common whose code is sent, by mail or as a text message. */
import type { CodePurpose } from '../code-messages.ts';
import type { Dependencies } from '../dependencies.ts';
import { codeIncorrect, judgeCode, sendCode } from '../domain/code-verification.ts';
import type { CodeOrder } from '../domain/code-verification.ts';
import { linkStrategy } from '../domain/email-link.ts';
import { requireText } from '../domain/form-values.ts';
import { identificationKinds, identificationsOf } from '../domain/identification-kinds.ts';
import { countWithin, lockoutWarnings } from '../domain/lockout.ts';
import { preferredOf } from '../domain/subject.ts';
import type { Subject, SubjectAddress } from '../domain/subject.ts';
import { ApiError, parameterError } from '../errors.ts';
import type { InstanceSettings } from '../settings.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { markVerified } from '../store/identifications.ts';
import type { IdentificationKind } from '../store/identifications.ts';
import type { Verification } from '../store/verifications.ts';
import type { Factor, ListedFactor, PrepareStep, SecondFactorNeed } from './factor.ts';

export interface SentCodeOptions {
  strategy: string;
  kind: IdentificationKind;
  purpose: CodePurpose;
  /** Whether it is of use to this person, if they have somewhere to send it. */
  isOffered: (subject: Subject, settings: InstanceSettings) => boolean;
  /** Default: it is no second factor. */
  isOfferedSecond?: (need: SecondFactorNeed, settings: InstanceSettings) => boolean;
  leadsToNewPassword?: boolean;
  isForSignInOnly?: boolean;
  /** Default: a code. */
  send?: (context: Dependencies, order: CodeOrder, step: Pick<PrepareStep, 'owner' | 'form'>) => Promise<void>;
}

export function createSentCode(options: SentCodeOptions): Factor {
  const { strategy, kind, purpose, isOffered, isOfferedSecond, leadsToNewPassword = false, isForSignInOnly = false } = options;
  const send = options.send ?? sendCode;
  const { idParameter, noun, settingsOf } = identificationKinds[kind];

  /** Where a code of this factor may go in the first step, or in the second one. */
  const usableOf = ({ addresses }: Subject, { attributes }: InstanceSettings, need?: SecondFactorNeed): SubjectAddress[] =>
    addresses.filter((address) => {
      if (address.kind !== kind || !settingsOf(attributes).enabled) return false;
      return need === 'second_factor' && kind === 'phone_number' ? address.isSecondFactor : !address.isSecondFactor;
    });
  const list = (subject: Subject, settings: InstanceSettings, need?: SecondFactorNeed): ListedFactor[] =>
    usableOf(subject, settings, need).map(({ id, masked, isPrimary, isDefaultSecondFactor }) => ({
      strategy,
      safe_identifier: masked,
      [idParameter]: id,
      primary: isPrimary,
      ...(need === 'second_factor' && { default: isDefaultSecondFactor }),
    }));

  return {
    strategy,
    leadsToNewPassword,
    isForSignInOnly,
    list: (subject, settings) => (isOffered(subject, settings) ? list(subject, settings) : []),
    listSecond: (subject, settings, need) => (isOfferedSecond?.(need, settings) ? list(subject, settings, need) : []),
    prepare: async ({ context, subject, form, need, owner, lock, attach }) => {
      checkChannel(kind, form.channel);
      const usable = usableOf(subject, context.settings, need);
      const wanted = form[idParameter];
      const usual = usable.find(({ isDefaultSecondFactor }) => isDefaultSecondFactor) ?? preferredOf(usable);
      const address = wanted ? usable.find(({ id }) => id === wanted) : usual;
      if (!address) throw parameterError('form_resource_not_found', idParameter, `This account has no such ${noun}.`);
      await send(context, { strategy, purpose, ...address, lock, attach }, { form, ...(owner && { owner }) });
    },
    attempt: async ({ context, subject, form, lock, proceed }) => {
      const code = requireText(form.code, 'code');
      const wrong = await inTransaction(context.database, async (transaction) => {
        const failures = await countWithin(context, transaction, subject.lockout);
        const verificationId = await lock(transaction);
        const verification = await judgeCode(context, transaction, { verificationId, strategy, code });
        if (!verification) return { failures };
        await markProved(transaction, { kind, verification, subject }, context.now());
        await proceed(transaction, verification.id);
        return undefined;
      });
      if (wrong) throw new ApiError(422, [...codeIncorrect().items, ...lockoutWarnings(wrong.failures, context.settings)]);
    },
  };
}

/** Who has got a code there has proved the address or number too, if it was only reserved before. */
async function markProved(
  transaction: Database,
  { kind, verification, subject: { user } }: { kind: IdentificationKind; verification: Verification; subject: Subject },
  now: number,
): Promise<void> {
  const proved = user && identificationsOf(user).find((own) => own.kind === kind && own.normalized === verification.sent_to);
  if (!proved || proved.verified_by !== null) return;
  const by = verification.strategy === linkStrategy ? linkStrategy : identificationKinds[kind].strategy;
  await markVerified(transaction, { kind, id: proved.id, userId: user.id }, by, now);
}

/** @throws ApiError 422 `form_param_value_invalid`: there are text messages only. */
export function checkChannel(kind: IdentificationKind, channel: string | undefined): void {
  if (kind !== 'phone_number' || !channel || channel === 'sms') return;
  throw parameterError('form_param_value_invalid', 'channel', 'channel must be sms.');
}
