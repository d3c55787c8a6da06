import { codeField, resendLink } from '../../elements/templates/code-input.ts';
import type { FactorContext, FactorScreen, FactorView } from '../view.ts';
import { emailCodeRules } from './factor.ts';

/** The screen of a code that was sent by mail, whatever it is for. */
export const emailCodeScreen = ({ card, factor, notice, resendIn, resend }: FactorContext): FactorScreen => ({
  title: card.strings.emailCode.title,
  subtitle: card.strings.emailCode.subtitle(factor.safeIdentifier),
  fieldNames: ['code'],
  fields: codeField({ ...card.field('code'), label: card.strings.fields.code, success: notice }),
  links: resendLink(card.strings, resendIn, resend),
});

export const emailCode: FactorView = {
  ...emailCodeRules,
  method: (strings, { safeIdentifier = '' }) => strings.emailCode.method(safeIdentifier),
  screen: emailCodeScreen,
};
