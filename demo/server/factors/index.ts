/** The factors of this server: one line for each. */
import type { Subject } from '../domain/subject.ts';
import type { InstanceSettings } from '../settings.ts';
import { backupCode } from './backup-code.ts';
import { emailCode } from './email-code.ts';
import { emailLink } from './email-link.ts';
import type { Factor, ListedFactor, SecondFactorNeed } from './factor.ts';
import { passkey } from './passkey.ts';
import { password } from './password.ts';
import { phoneCode } from './phone-code.ts';
import { resetPasswordEmailCode } from './reset-password-email-code.ts';
import { resetPasswordPhoneCode } from './reset-password-phone-code.ts';
import { totp } from './totp.ts';

export const factors: readonly Factor[] = [
  password,
  emailCode,
  emailLink,
  phoneCode,
  resetPasswordEmailCode,
  resetPasswordPhoneCode,
  totp,
  passkey,
  backupCode,
];

export const findFactor = (strategy: string): Factor | undefined => factors.find((factor) => factor.strategy === strategy);

/** Everything by which this person can prove who they are. */
export const listFactors = (subject: Subject, settings: InstanceSettings): ListedFactor[] => [
  ...factors.flatMap((factor) => factor.list(subject, settings)),
  ...listProviders(subject, settings),
];

/** Providers at which this person has connected an account. Where nobody may be told who exists, buttons for all have to do. */
const listProviders = ({ user }: Subject, { social, enumerationProtection }: InstanceSettings): ListedFactor[] =>
  enumerationProtection
    ? []
    : social
        .filter(({ authenticatable }) => authenticatable)
        .filter(({ strategy }) => user?.external_accounts.some((account) => account.strategy === strategy && account.verified_at !== null))
        .map(({ strategy }) => ({ strategy, primary: null }));

/** Everything that can be this person's second factor; empty where nothing can be asked for. */
export function listSecondFactors(subject: Subject, settings: InstanceSettings, need: SecondFactorNeed): ListedFactor[] {
  const usable = factors.flatMap((factor) => {
    const entries = factor.listSecond?.(subject, settings, need) ?? [];
    return entries.length ? [{ factor, entries }] : [];
  });
  return usable.every(({ factor }) => factor.isSubstitute) ? [] : usable.flatMap(({ entries }) => entries);
}
