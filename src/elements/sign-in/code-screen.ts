/** The screen of a factor that is a code of six digits. Part of `later.ts`, so what it shares with the UI file is given to it. */
import type { CSSResult } from 'lit';
import type { FactorContext, FactorParts, FactorScreen } from '../../factors/view.ts';
import { en } from '../../i18n/en/later.ts';
import { createCodeStyles } from '../styles/code.ts';
import { createCodeInput } from '../templates/code-input.ts';

interface CodeScreen {
  title: string;
  subtitle: string;
}

let styles: CSSResult | undefined;

/** A code that is there without being sent, such as that of an app. */
export function codeScreen({ card, notice, isNewDevice }: FactorContext, parts: FactorParts, texts: CodeScreen): FactorScreen {
  parts.adopt((styles ??= createCodeStyles(parts.css)));
  return {
    title: texts.title,
    subtitle: isNewDevice ? `${en.newDevice} ${texts.subtitle}` : texts.subtitle,
    fieldNames: ['code'],
    fields: createCodeInput(parts).codeField({ ...card.field('code'), success: notice }),
  };
}

/** A code that was sent, and can be sent again. */
export const sentCodeScreen = (context: FactorContext, parts: FactorParts, texts: CodeScreen): FactorScreen => ({
  ...codeScreen(context, parts, texts),
  links: createCodeInput(parts).resendLink(context.resendIn, context.resend),
});
