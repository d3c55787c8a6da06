/** What the factors with a code by mail have in common. */
import { codeIncorrect, judgeCode, sendCode } from '../domain/code-verification.ts';
import { requireText } from '../domain/form-values.ts';
import { countWithin, lockoutWarnings } from '../domain/lockout.ts';
import type { Subject } from '../domain/subject.ts';
import { ApiError, parameterError } from '../errors.ts';
import type { Mail } from '../mail.ts';
import type { CodeMail } from '../mail-templates.ts';
import type { InstanceSettings } from '../settings.ts';
import { inTransaction } from '../store/database.ts';
import { markEmailAddressVerified } from '../store/email-addresses.ts';
import type { Factor, ListedFactor, SecondFactorNeed } from './factor.ts';

export interface MailedCodeOptions {
  strategy: string;
  mail: (content: CodeMail) => Mail;
  /** Whether it is of use to this person, if they have an address at all. */
  isOffered: (subject: Subject, settings: InstanceSettings) => boolean;
  /** Default: it is no second factor. */
  isOfferedSecond?: (need: SecondFactorNeed) => boolean;
  leadsToNewPassword?: boolean;
}

export function createMailedCode(options: MailedCodeOptions): Factor {
  const { strategy, mail, isOffered, isOfferedSecond, leadsToNewPassword = false } = options;
  const list = ({ addresses }: Subject, { attributes }: InstanceSettings): ListedFactor[] =>
    attributes.emailAddress.enabled
      ? addresses.map(({ id, masked, isPrimary }) => ({ strategy, safe_identifier: masked, email_address_id: id, primary: isPrimary }))
      : [];
  return {
    strategy,
    leadsToNewPassword,
    list: (subject, settings) => (isOffered(subject, settings) ? list(subject, settings) : []),
    listSecond: (subject, settings, need) => (isOfferedSecond?.(need) ? list(subject, settings) : []),
    prepare: async ({ context, subject, form, lock, attach }) => {
      const { email_address_id: wanted } = form;
      const address = wanted ? subject.addresses.find(({ id }) => id === wanted) : subject.preferred;
      if (!address) throw parameterError('form_resource_not_found', 'email_address_id', 'This account has no such email address.');
      await sendCode(context, { strategy, ...address, mail, lock, attach });
    },
    attempt: async ({ context, subject, form, lock, proceed }) => {
      const code = requireText(form.code, 'code');
      const wrong = await inTransaction(context.database, async (transaction) => {
        const failures = await countWithin(context, transaction, subject.lockout);
        const verificationId = await lock(transaction);
        const verification = await judgeCode(context, transaction, { verificationId, strategy, code });
        if (!verification) return { failures };
        await markProved(verification.sent_to, subject);
        await proceed(transaction, verification.id);
        return undefined;

        async function markProved(sentTo: string | null, { user }: Subject) {
          const proved = user?.email_addresses.find(({ email_address_normalized }) => email_address_normalized === sentTo);
          if (!proved || proved.verified_by !== null) return;
          await markEmailAddressVerified(transaction, { id: proved.id, userId: proved.user_id, verifiedBy: 'email_code' }, context.now());
        }
      });
      if (wrong) throw new ApiError(422, [...codeIncorrect().items, ...lockoutWarnings(wrong.failures, context.settings)]);
    },
  };
}
