import { linkScreen } from '../../elements/link-screen.ts';
import { en } from '../../i18n/en/later.ts';
import type { LaterFactorView } from '../later-screens.ts';

export const emailLink: LaterFactorView = {
  method: ({ safeIdentifier = '' }) => en.emailLink.method(safeIdentifier),
  screen: (context, parts) => linkScreen({ ...context, address: context.factor.safeIdentifier }, parts),
};
