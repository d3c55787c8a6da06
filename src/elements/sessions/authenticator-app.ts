/** Sets up an authenticator app. */
import { en } from '../../i18n/en/sessions.ts';
import type { SessionResource } from '../../resources/types.ts';
import { isCompleteCode } from '../../rules/one-time-code.ts';
import type { Screen } from '../templates/card.ts';
import { adoptTaskStyles, setUp } from './backup-codes.ts';
import { codeScreen } from './code.ts';
import { progressOf } from './progress.ts';
import { provenAnew } from './proven-anew.ts';
import { otherMethodLink } from './second-factor-methods.ts';
import type { SessionContext } from './session-card.ts';

/** Only what opens an authenticator app. */
const isAppAddress = (address: string | null | undefined): address is string => /^otpauth:/.test(address ?? '');

const inGroups = (secret: string) => secret.replace(/.{4}(?=.)/g, '$& ');

export function appScreen(session: SessionResource, context: SessionContext): Screen | undefined {
  const { card, parts } = context;
  const { html, nothing } = parts;
  const { title, subtitle, key, open } = en.app;
  const progress = progressOf(card);
  const user = session.user!;
  const { app } = progress;
  if (!app) {
    return card.awaitFile(async () => {
      progress.app = await provenAnew(card, () => user.createTOTP());
    });
  }
  adoptTaskStyles(context);
  const code = codeScreen('totp', context);
  return {
    part: 'taskSetupMfa',
    key: 'app',
    title,
    subtitle,
    fieldNames: ['code'],
    fields: html`
      <div class="cl-totpKey">
        <span id="${card.field('code').id}-key">${key}</span>
        <code class="cl-totpSecret" dir="ltr" aria-labelledby="${card.field('code').id}-key">${inGroups(app.secret ?? '')}</code>
        ${isAppAddress(app.uri) ? html`<a class="cl-link" href=${app.uri}>${open}</a>` : nothing}
      </div>
      ${code.fields}
    `,
    submit: ({ code = '' }) => {
      if (!isCompleteCode(code)) return card.action.fail(parts.missingField('code'));
      return card.run(async () => setUp(card, session, (await user.verifyTOTP({ code })).backupCodes));
    },
    links: otherMethodLink(context),
  };
}
