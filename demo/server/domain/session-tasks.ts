/** What somebody has to do before a session is theirs without reserve (dossier part 1, §5.2; part 2, §4.3). */
import type { InstanceSettings } from '../settings.ts';
import type { User } from '../store/users.ts';
import { isTwoFactorEnabled } from './two-factor.ts';

/** The instance demands a second factor, and the person has none. */
export const setupMfa = 'setup-mfa';

/** Others may know the password, and the session was begun without asking for another one. */
export const resetPassword = 'reset-password';

/** Tasks of a session that this person starts now. */
export const tasksOf = (user: User, { signIn }: InstanceSettings): string[] => [
  ...(user.password_compromised ? [resetPassword] : []),
  ...(signIn.secondFactor.required && !isTwoFactorEnabled(user) ? [setupMfa] : []),
];
