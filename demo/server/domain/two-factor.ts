/** Whether somebody has a second factor, in one place for all who ask. */
import type { User } from '../store/users.ts';

/** Whether a second factor of the person's own is on. Backup codes are none: they stand in for one. */
export const isTwoFactorEnabled = ({ totp_enabled }: Pick<User, 'totp_enabled'>): boolean => totp_enabled;
