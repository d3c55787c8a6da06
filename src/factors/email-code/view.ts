import { codeField, resendLink } from '../../elements/templates/code-input.ts';
import type { FactorContext, FactorScreen, FactorView } from '../view.ts';
import { emailCodeRules } from './factor.ts';

/** The screen of a code that was sent by mail, whatever it is for. */
export const emailCodeScreen = ({ strings, factor, ...context }: FactorContext): FactorScreen => ({
  title: strings.emailCode.title,
  subtitle: strings.emailCode.subtitle(factor.safeIdentifier ?? ''),
  fieldNames: ['code'],
  fields: codeField({
    id: context.fieldId('code'),
    label: strings.fields.code,
    error: context.error('code'),
    success: context.notice,
  }),
  more: resendLink(strings, context.resendIn, context.resend),
});

export const emailCode: FactorView = {
  ...emailCodeRules,
  method: (strings, { safeIdentifier = '' }) => strings.emailCode.method(safeIdentifier),
  screen: emailCodeScreen,
};
