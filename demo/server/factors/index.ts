/** The factors of this server: one line for each. */
import type { Subject } from '../domain/subject.ts';
import type { InstanceSettings } from '../settings.ts';
import { emailCode } from './email-code.ts';
import type { Factor, ListedFactor } from './factor.ts';
import { password } from './password.ts';
import { resetPasswordEmailCode } from './reset-password-email-code.ts';

export const factors: readonly Factor[] = [password, emailCode, resetPasswordEmailCode];

export const findFactor = (strategy: string): Factor | undefined => factors.find((factor) => factor.strategy === strategy);

/** Everything by which this person can prove who they are. */
export const listFactors = (subject: Subject, settings: InstanceSettings): ListedFactor[] =>
  factors.flatMap((factor) => factor.list(subject, settings));
