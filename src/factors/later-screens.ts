/** Screens of the factors that no card begins with, by strategy; part of the further file of the UI (`elements/later.ts`). */
import type { css as Css, CSSResult } from 'lit';
import type { CodeInputParts } from '../elements/templates/code-input.ts';
import { emailCodeScreen } from './email-code/later-view.ts';
import type { FactorContext, FactorScreen } from './view.ts';

/** What is needed of the UI file. */
export interface LaterFactorParts extends CodeInputParts {
  css: typeof Css;
  /** Adds a sheet to those of the card's document or shadow root. */
  adopt(styles: CSSResult): void;
}

export type LaterFactorScreen = (context: FactorContext, parts: LaterFactorParts) => FactorScreen;

export const laterFactorScreens: Record<string, LaterFactorScreen> = {
  email_code: emailCodeScreen,
  reset_password_email_code: emailCodeScreen,
};
