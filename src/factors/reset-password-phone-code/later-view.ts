import { en } from '../../i18n/en/later.ts';
import { phoneCode } from '../phone-code/later-view.ts';
import type { LaterFactorView } from '../later-screens.ts';

export const resetPasswordPhoneCode: LaterFactorView = { ...phoneCode, method: () => en.forgotten.button };
