import { en } from '../../i18n/en/later.ts';
import type { LaterFactorView } from '../later-screens.ts';

export const password: LaterFactorView = { method: () => en.password.method };
