import { linkScreen } from '../../elements/link-screen.ts';
import { en as later } from '../../i18n/en/later.ts';
import { en } from '../../i18n/en/link.ts';
import type { LaterFactorView } from '../later-screens.ts';

export const emailLink: LaterFactorView = {
  method: ({ safeIdentifier = '' }) => en.method(safeIdentifier),
  screen: (context, parts) => {
    const subtitle = en.subtitle(context.factor.safeIdentifier);
    return linkScreen({ ...context, title: en.title, subtitle: context.isNewDevice ? `${later.newDevice} ${subtitle}` : subtitle }, parts);
  },
};
