import type { CSSResult } from 'lit';
import { createCodeStyles } from '../../elements/styles/code.ts';
import { createCodeInput } from '../../elements/templates/code-input.ts';
import { en } from '../../i18n/en/later.ts';
import type { LaterFactorScreen } from '../later-screens.ts';

let styles: CSSResult | undefined;

/** The screen of a code that was sent by mail, whatever it is for. */
export const emailCodeScreen: LaterFactorScreen = ({ card, factor, notice, resendIn, resend }, parts) => {
  parts.adopt((styles ??= createCodeStyles(parts.css)));
  const { codeField, resendLink } = createCodeInput(parts);
  return {
    title: en.emailCode.title,
    subtitle: en.emailCode.subtitle(factor.safeIdentifier),
    fieldNames: ['code'],
    fields: codeField({ ...card.field('code'), success: notice }),
    links: resendLink(resendIn, resend),
  };
};
