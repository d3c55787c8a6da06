/** How a factor is drawn. The card around it is not its business. */
import type { LinkScreenParts, LinkWait } from '../elements/link-screen.ts';
import type { Screen } from '../elements/templates/card.ts';
import type { CodeInputParts } from '../elements/templates/code-input.ts';
import type { FieldHelpers } from '../elements/templates/field.ts';
import type { currentPassword as CurrentPassword } from '../elements/templates/password-input.ts';
import type { hiddenUsername as HiddenUsername, textField as TextField } from '../elements/templates/text-input.ts';
import type { SignInFactor } from '../resources/types.ts';
import type { FactorRules } from './factor.ts';

/** What a factor may look at and ask for. */
export interface FactorContext extends LinkWait {
  /** Gives each field its id and message. */
  card: FieldHelpers;
  factor: SignInFactor;
  /** Who signs in, as typed. */
  identifier: string;
  /** A password that was typed on an earlier screen and refused. */
  typedPassword: string | undefined;
  /** Whether it is asked for because nobody has signed in from this browser before. */
  isNewDevice: boolean;
  /** Starts the recovery of a forgotten password; absent where there is none. */
  forgot: (() => unknown) | undefined;
}

/** What is needed of the UI file. */
export interface FactorParts extends CodeInputParts, LinkScreenParts {
  currentPassword: typeof CurrentPassword;
  hiddenUsername: typeof HiddenUsername;
  textField: typeof TextField;
}

/** What a factor puts on its screen. */
export type FactorScreen = Pick<Screen, 'title' | 'subtitle' | 'fieldNames' | 'fields' | 'links'> &
  Partial<Pick<Screen, 'key' | 'button' | 'submit' | 'whileShown'>>;

/** A factor that the cards know: its rules, and its screen where somebody mostly begins with it. */
export interface FactorView extends FactorRules {
  /** Absent where it is part of a later file (`later-screens.ts`). */
  screen?(context: FactorContext, parts: FactorParts): FactorScreen;
}
