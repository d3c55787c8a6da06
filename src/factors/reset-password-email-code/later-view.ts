import { en } from '../../i18n/en/later.ts';
import { emailCode } from '../email-code/later-view.ts';
import type { LaterFactorView } from '../later-screens.ts';

export const resetPasswordEmailCode: LaterFactorView = { ...emailCode, method: () => en.forgotten.button };
