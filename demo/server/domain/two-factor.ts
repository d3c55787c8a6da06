/** Whether somebody has a second factor, in one place for all who ask. */
import type { PhoneNumber } from '../store/identifications.ts';
import type { User } from '../store/users.ts';

/** Proved numbers that are kept for the second step of a sign-in. */
export const secondFactorNumbersOf = ({ phone_numbers }: Pick<User, 'phone_numbers'>): PhoneNumber[] =>
  phone_numbers.filter(({ verified_by, reserved_for_second_factor }) => verified_by !== null && reserved_for_second_factor);

/** Whether a second factor of the person's own is on. Backup codes are none: they stand in for one. */
export const isTwoFactorEnabled = (user: Pick<User, 'totp_enabled' | 'phone_numbers'>): boolean =>
  user.totp_enabled || secondFactorNumbersOf(user).length > 0;
