import type { PropertyDeclarations } from 'lit';
import { en } from '../../i18n/en/user-verification.ts';
import type { SignInFactor } from '../../resources/types.ts';
import type { Screen } from '../templates/card.ts';
import { ClerkCardElement } from '../shared.ts';
import { VerificationActions } from './verification-actions.ts';

/**
 * Asks somebody who is signed in once more who they are, before something sensitive: password, codes, passkey, authenticator app, backup code.
 * `Clerk.__internal_openReverification()` shows it in a dialog.
 *
 * @example <clerk-user-verification level="first_factor"></clerk-user-verification>
 * @attr heading-level - level of the title, 1 (default) to 6
 * @attr level - what is to be proved: `first_factor`, `second_factor` (default), or both with `multi_factor`
 * @cssstate loading, ready, failed, busy
 */
export class ClerkUserVerificationElement extends VerificationActions {
  static override styles = ClerkCardElement.styles;
  static override properties: PropertyDeclarations = {
    headingLevel: { attribute: 'heading-level' },
    level: {},
    afterVerification: { attribute: false },
    afterVerificationCancelled: { attribute: false },
  };

  protected override readyScreen(): Screen | undefined {
    // Nobody is there to be asked.
    if (!this.api.session) return { part: 'signedOut', title: en.title, subtitle: en.signedOut };
    if (!this.answer) return this.awaitFile((signal) => this.start(signal));
    const screen = this.steps!.screen();
    switch (screen?.part) {
      case 'factorOne':
      case 'factorTwo':
        return { ...screen, title: en.title, subtitle: screen.subtitle ?? en.subtitle };
      case 'alternativeMethods':
        return { ...screen, title: en.methods.title, subtitle: en.methods.subtitle };
      default:
        return screen;
    }
  }

  protected methodOf({ strategy }: SignInFactor): string | undefined {
    return ({ password: en.methods.password, passkey: en.methods.passkey } as Record<string, string>)[strategy];
  }

  protected completeScreen(): undefined {
    return undefined;
  }

  protected unsupportedScreen(what: string): Screen {
    const { unsupported: texts, startAgain: button } = this.strings;
    const submit = () => this.run((signal) => this.start(signal));
    return { part: 'unsupported', title: texts.title, subtitle: texts.subtitle(what), button, submit };
  }
}

/** For the registry of elements. */
export { ClerkUserVerificationElement as element };
