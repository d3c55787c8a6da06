import { sentCodeScreen } from '../../elements/sign-in/code-screen.ts';
import { en } from '../../i18n/en/later.ts';
import type { LaterFactorView } from '../later-screens.ts';

export const phoneCode: LaterFactorView = {
  method: ({ safeIdentifier = '' }) => en.phoneCode.method(safeIdentifier),
  screen: (context, parts) =>
    sentCodeScreen(context, parts, { title: en.phoneCode.title, subtitle: en.sentTo(context.factor.safeIdentifier) }),
};
