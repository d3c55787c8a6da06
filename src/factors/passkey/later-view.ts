import { en } from '../../i18n/en/later.ts';
import type { LaterFactorView } from '../later-screens.ts';

export const passkey: LaterFactorView = {
  method: () => en.passkey.method,
  screen: () => ({ title: en.passkey.title, subtitle: en.passkey.subtitle }),
};
