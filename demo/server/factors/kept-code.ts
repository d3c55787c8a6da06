/** What the factors have in common whose code the person has already: nothing is sent, and nothing is to be prepared. */
import type { Dependencies } from '../dependencies.ts';
import { codeIncorrect } from '../domain/code-verification.ts';
import { requireText } from '../domain/form-values.ts';
import { countWithin, lockoutWarnings } from '../domain/lockout.ts';
import { ApiError } from '../errors.ts';
import { createId } from '../ids.ts';
import type { InstanceSettings } from '../settings.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import type { User } from '../store/users.ts';
import { insertVerification } from '../store/verifications.ts';
import type { Factor } from './factor.ts';

export interface KeptCodeOptions {
  strategy: string;
  /** Whether it is a second factor of this person. */
  isOffered: (user: User, settings: InstanceSettings) => boolean;
  /** Judges a code and uses it up, in one. */
  take: (context: Dependencies, transaction: Database, userId: string, code: string) => Promise<boolean>;
  isSubstitute?: boolean;
}

export function createKeptCode({ strategy, isOffered, take, isSubstitute = false }: KeptCodeOptions): Factor {
  return {
    strategy,
    isSubstitute,
    list: () => [],
    listSecond: ({ user }, settings, need) =>
      need === 'second_factor' && user && isOffered(user, settings) ? [{ strategy, primary: null }] : [],
    attempt: async ({ context, subject, form, lock, proceed }) => {
      const code = requireText(form.code, 'code');
      const wrong = await inTransaction(context.database, async (transaction) => {
        const failures = await countWithin(context, transaction, subject.lockout);
        await lock(transaction);
        if (!subject.user || !(await take(context, transaction, subject.user.id, code))) return { failures };
        const id = createId('ver');
        await insertVerification(transaction, { id, strategy, status: 'verified', attempts: 1, created_at: context.now() });
        await proceed(transaction, id);
        return undefined;
      });
      if (wrong) throw new ApiError(422, [...codeIncorrect().items, ...lockoutWarnings(wrong.failures, context.settings)]);
    },
  };
}
