import { sentCodeScreen } from '../../elements/sign-in/code-screen.ts';
import { en } from '../../i18n/en/later.ts';
import type { LaterFactorView } from '../later-screens.ts';

export const emailCode: LaterFactorView = {
  method: ({ safeIdentifier = '' }) => en.emailCode.method(safeIdentifier),
  screen: (context, parts) =>
    sentCodeScreen(context, parts, { title: en.emailCode.title, subtitle: en.sentTo(context.factor.safeIdentifier) }),
};
