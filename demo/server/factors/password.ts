/** The password as a factor (dossier part 2, §2.5). */
import { countAround, lockoutWarnings } from '../domain/lockout.ts';
import { requireText } from '../domain/form-values.ts';
import { ApiError } from '../errors.ts';
import type { ApiErrorItem } from '../errors.ts';
import { createId } from '../ids.ts';
import { inTransaction } from '../store/database.ts';
import { findPasswordHash } from '../store/users.ts';
import { replacePasswordHash } from '../store/write-users.ts';
import { insertVerification } from '../store/verifications.ts';
import type { Factor } from './factor.ts';

const strategy = 'password';

export const password: Factor = {
  strategy,
  list: ({ hasPassword }, { attributes }) => (attributes.password.enabled && hasPassword ? [{ strategy, primary: null }] : []),
  attempt: async ({ context, subject, form, proceed }) => {
    const { database, passwords, settings, now } = context;
    const given = requireText(form.password, 'password');
    const { result: isRight, failures } = await countAround(context, subject.lockout, async () => {
      // Nobody costs as much time as somebody.
      const stored = await findPasswordHash(database, subject.user?.id ?? '');
      if (!(await passwords.verify(stored, given))) return false;
      if (subject.user?.password_compromised) throw new ApiError(422, passwordCompromised);
      const renewed = stored !== null && passwords.isOutdated(stored) ? await passwords.hash(given) : undefined;
      await inTransaction(database, async (transaction) => {
        const id = createId('ver');
        await insertVerification(transaction, { id, strategy, status: 'verified', attempts: 1, created_at: now() });
        await proceed(transaction, id);
        if (renewed && stored && subject.user) await replacePasswordHash(transaction, subject.user.id, { from: stored, to: renewed });
      });
      return true;
    });
    if (isRight) return;
    throw new ApiError(422, [
      settings.enumerationProtection ? passwordOrIdentifierIncorrect : passwordIncorrect,
      ...lockoutWarnings(failures, settings),
    ]);
  },
};

const passwordIncorrect: ApiErrorItem = {
  code: 'form_password_incorrect',
  message: 'Password is incorrect.',
  longMessage: 'Password is incorrect. Try again, or use another method.',
  meta: { param_name: 'password' },
};

const passwordOrIdentifierIncorrect: ApiErrorItem = {
  code: 'form_password_or_identifier_incorrect',
  message: 'Password or identifier is incorrect.',
  longMessage: 'The password or the identifier is incorrect. Try again, or use another method.',
};

const passwordCompromised: ApiErrorItem = {
  code: 'form_password_compromised',
  message: 'Password compromised',
  longMessage: 'Others may know your password. For the safety of your account set another one, or sign in in another way.',
  meta: { param_name: 'password' },
};
