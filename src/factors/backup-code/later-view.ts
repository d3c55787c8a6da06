import { en } from '../../i18n/en/later.ts';
import type { LaterFactorView } from '../later-screens.ts';

export const backupCode: LaterFactorView = {
  method: () => en.backupCode.method,
  screen: ({ card }, { textField }) => ({
    title: en.backupCode.title,
    subtitle: en.backupCode.subtitle,
    fieldNames: ['code'],
    // No text message brings it, and it is of no use a second time.
    fields: textField({ ...card.field('code'), label: en.backupCode.label, autocomplete: 'off' }),
  }),
};
