/** What somebody has to do before a session is theirs without reserve (dossier part 1, §5.2; part 2, §4.3). */
import type { InstanceSettings } from '../settings.ts';
import type { User } from '../store/users.ts';
import { isTwoFactorEnabled } from './two-factor.ts';

/** The instance demands a second factor, and the person has none. */
export const setupMfa = 'setup-mfa';

/** Tasks of a session that this person starts now. */
export const tasksOf = (user: User, { signIn }: InstanceSettings): string[] =>
  signIn.secondFactor.required && !isTwoFactorEnabled(user) ? [setupMfa] : [];
