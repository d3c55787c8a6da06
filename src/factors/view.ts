/** How a factor is drawn. The card around it is not its business. */
import type { Screen } from '../elements/templates/card.ts';
import type { FieldHelpers } from '../elements/templates/field.ts';
import type { LinkWait } from '../elements/link-screen.ts';
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

/** What a factor puts on its screen. */
export type FactorScreen = Pick<Screen, 'title' | 'subtitle' | 'fieldNames' | 'fields' | 'links'> &
  Partial<Pick<Screen, 'key' | 'button' | 'submit' | 'whileShown'>>;

/** A factor that the card knows: its rules, and its screen where the card may begin with it. */
export interface FactorView extends FactorRules {
  /** Absent where it is part of the further file of the UI (`later-screens.ts`). */
  screen?(context: FactorContext): FactorScreen;
}
