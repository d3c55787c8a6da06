import { codeScreen } from '../../elements/sign-in/code-screen.ts';
import { en } from '../../i18n/en/later.ts';
import type { LaterFactorView } from '../later-screens.ts';

export const totp: LaterFactorView = {
  method: () => en.totp.method,
  screen: (context, parts) => codeScreen(context, parts, en.totp),
};
