import type { CSSResult, PropertyDeclarations } from 'lit';
import type { FactorContext } from '../../factors/view.ts';
import type { SignInStep } from '../../flows/sign-in-flow.ts';
import { en } from '../../i18n/en/user-verification.ts';
import { safeUrl } from '../../rules/safe-url.ts';
import type { Screen } from '../templates/card.ts';
import {
  actionLink,
  adoptStyles,
  ClerkCardElement,
  css,
  factors,
  fetchedLater,
  html,
  nothing,
  problemOf,
  rulesOf,
  textField,
} from '../shared.ts';
import { VerificationActions } from './verification-actions.ts';

type Step<Name extends SignInStep['name']> = Extract<SignInStep, { name: Name }>;

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

  protected override get logo(): string | undefined {
    return safeUrl(this.instance?.__internal_environment?.logoImageUrl, 'image');
  }

  protected override currentScreen(): Screen | undefined {
    const { connection, action } = this;
    const { phase } = connection;
    for (const name of ['loading', 'ready', 'failed'] as const) this.setState(name, phase === name);
    if (phase === 'failed') return this.#failed(connection.error ?? { code: 'network_error' }, () => connection.retry());
    if (phase === 'loading') return undefined;
    // Nobody is there to be asked.
    if (!connection.clerk!.session) return { part: 'signedOut', title: en.title, subtitle: en.signedOut };
    const begin = () => this.run((signal) => this.start(signal));
    if (!this.attempt) {
      if (action.error !== undefined) return this.#failed(action.error, begin);
      if (!action.busy) void action.run((signal) => this.start(signal));
      return undefined;
    }
    const { step } = this;
    switch (step.name) {
      case 'factor':
        return this.#factor(step);
      case 'methods':
        return this.#methods(step);
      case 'unsupported': {
        const { unsupported: texts, startAgain: button } = this.strings;
        return { part: 'unsupported', title: texts.title, subtitle: texts.subtitle(step.what), button, submit: begin };
      }
      default:
        return undefined;
    }
  }

  protected readonly adopt = (styles: CSSResult) => adoptStyles(this, this.sheets.add(styles));

  #failed(error: unknown, retry: () => unknown): Screen {
    const { failed, retry: button } = this.strings;
    return { part: 'failed', title: failed, alerts: this.textsOf(problemOf(error).items), button, submit: retry };
  }

  #factor({ factor, stage, others }: Step<'factor'>): Screen {
    const context: FactorContext = {
      card: this,
      factor,
      identifier: this.session.publicUserData.identifier,
      typedPassword: undefined,
      isNewDevice: false,
      notice: this.notice,
      resendIn: this.resend.left,
      resend: () => this.resendCode(factor, stage),
      verification: this.verificationOf(stage),
      // Of links, which are not offered here.
      refresh: () => Promise.resolve(null),
      proceed: () => undefined,
      report: () => undefined,
      forgot: undefined,
    };
    const { strategy } = factor;
    const drawn =
      rulesOf(factors, strategy)!.screen?.(context) ??
      fetchedLater()!.laterFactors[strategy]!.screen!(context, {
        css,
        html,
        nothing,
        problemOf,
        textField,
        adopt: this.adopt,
      });
    const { links, key = '', subtitle = en.subtitle, ...screen } = drawn;
    return {
      part: stage === 'first' ? 'factorOne' : 'factorTwo',
      submit: (values) => this.submitFactor(factor, stage, values),
      ...screen,
      title: en.title,
      subtitle,
      key: strategy + key,
      links: [links, others ? actionLink('footerActionLink', this.strings.useAnotherMethod, () => this.show('methods')) : undefined],
    };
  }

  #methods({ factors: others, stage }: Step<'methods'>): Screen {
    const { title, subtitle, ...names } = en.methods;
    const later = fetchedLater()!;
    const parts = { css, html, adopt: this.adopt };
    const buttons = others.map((factor) => {
      const text = (names as Record<string, string>)[factor.strategy] ?? later.laterFactors[factor.strategy]!.method(factor);
      return later.methodButton(parts, text, () => this.choose(factor, stage));
    });
    return { part: 'alternativeMethods', title, subtitle, links: [buttons, actionLink('backLink', en.back, () => this.show())] };
  }
}

/** For the registry of elements. */
export { ClerkUserVerificationElement as element };
