import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { factors } from '../../factors/index.ts';
import { problemOf } from '../../flows/problem.ts';
import { rulesOf } from '../../flows/sign-in-flow.ts';
import type { SignInStep } from '../../flows/sign-in-flow.ts';
import { fetchedLater, fetchLater } from '../fetch-later.ts';
import { fetchedPhone, fetchPhone } from '../fetch-phone.ts';
import { actionLink } from '../templates/button.ts';
import { footerAction } from '../templates/card.ts';
import type { Screen } from '../templates/card.ts';
import { checkboxFrame } from '../templates/field.ts';
import { identityPreview } from '../templates/identity-preview.ts';
import { passwordField } from '../templates/password-input.ts';
import { hiddenUsername, textField } from '../templates/text-input.ts';
import type { FactorContext } from '../../factors/view.ts';
import type { LaterStep } from './later-screens.ts';
import { SignInActions } from './sign-in-actions.ts';
import { startFields } from './start-fields.ts';

type Step<Name extends SignInStep['name']> = Extract<SignInStep, { name: Name }>;

/**
 * The sign-in card: identifier, password, passkeys, codes and links by mail, codes as text messages, second factors, other methods, a forgotten
 * password.
 *
 * @example <clerk-sign-in fallback-redirect-url="/welcome"></clerk-sign-in>
 * @attr heading-level - level of the title, 1 (default) to 6
 * @attr force-redirect-url - where to go afterwards, whatever the address of the page says
 * @attr fallback-redirect-url - where to go afterwards if the address of the page says nothing
 * @attr sign-up-url - address of the sign-up page
 * @attr sign-up-force-redirect-url, sign-up-fallback-redirect-url - as above, for those who sign up instead
 * @attr oauth-flow - `popup` asks providers in a window of their own, where the browser opens one
 * @slot header - above the card
 * @slot fields - below the fields of the first screen
 * @slot footer - below the card
 * @fires clerk-sign-in-complete - once somebody is signed in, before the page is left; cancelable
 * @fires clerk-navigate - when somebody wants to sign up instead; cancelable
 * @cssstate loading, ready, failed, busy, fields
 */
export class ClerkSignInElement extends SignInActions {
  protected override attemptScreen(): Screen | undefined {
    const { step } = this;
    switch (step.name) {
      case 'start':
        return this.#start(step);
      case 'factor':
        return this.#factor(step);
      case 'methods':
      case 'forgotten':
      case 'new-password':
        return this.#later(step);
      case 'complete':
        return this.completeScreen(step.sessionId);
      case 'unsupported':
        return this.unsupportedScreen(step.what);
    }
  }

  #start(step: Step<'start'>): Screen | undefined {
    const { strings } = this;
    const isPhone = step.identifiers[0] === 'phoneNumber';
    const phone = fetchedPhone();
    if (isPhone && !phone) return this.awaitFile(fetchPhone);
    if (phone) this.adopt(phone.styles);
    const texts = strings.signIn;
    // Where providers are the only way in there is nothing to type.
    const hasFields = step.identifiers.length > 0 || !this.environment.social.length;
    return {
      part: 'start',
      title: texts.title(this.environment.applicationName),
      subtitle: texts.subtitle,
      ...(hasFields && {
        fieldNames: ['identifier', 'password'],
        submit: (values) => this.submitStart(values),
      }),
      links: step.passkey.button ? actionLink('footerActionLink', texts.passkey, () => this.usePasskey()) : undefined,
      whileShown: step.passkey.autofill ? (signal) => this.offerPasskeys(signal) : undefined,
      fields: [
        this.socialPart(hasFields),
        hasFields
          ? startFields(this, {
              step,
              phone: isPhone ? phone : undefined,
              ...this.typedIdentifier(isPhone),
              usePhone: () => this.usePhone(!isPhone),
              forgot: () => this.submitStart({ ...this.values, password: '' }, 'forgotten'),
            })
          : undefined,
      ],
      footer: step.signUp ? footerAction(texts.signUpText, this.otherCardLink(texts.signUpLink)) : undefined,
      pageFields: true,
    };
  }

  #factor({ factor, stage, others, reset }: Step<'factor'>): Screen | undefined {
    // The client no longer has it once it is complete.
    const { signIn } = this;
    const verification = () => (stage === 'first' ? signIn.firstFactorVerification : signIn.secondFactorVerification);
    const context: FactorContext = {
      card: this,
      factor,
      identifier: this.identifier,
      typedPassword: this.typedPassword,
      isNewDevice: signIn.status === 'needs_client_trust',
      notice: this.notice,
      resendIn: this.resend.left,
      resend: () => this.resendCode(factor, stage),
      verification: verification(),
      refresh: async () => {
        await signIn.reload();
        return verification().status;
      },
      proceed: () => this.proceed(signIn),
      report: (error) => this.report(error),
      forgot: reset && (() => this.show('forgotten')),
    };
    const { strategy } = factor;
    const drawn =
      rulesOf(factors, strategy)!.screen?.(context) ??
      fetchedLater()?.laterFactors[strategy]!.screen!(context, {
        css,
        html,
        nothing,
        problemOf,
        textField,
        adopt: (styles) => this.adopt(styles),
      });
    if (!drawn) return this.awaitFile(fetchLater);
    const { links, key = '', ...screen } = drawn;
    return {
      part: stage === 'first' ? 'factorOne' : 'factorTwo',
      preview: this.#preview,
      submit: (values) => this.submitFactor(factor, stage, values),
      ...screen,
      key: strategy + key,
      links: [links, others ? actionLink('footerActionLink', this.strings.useAnotherMethod, () => this.show('methods')) : undefined],
    };
  }

  #later(step: LaterStep): Screen | undefined {
    const later = fetchedLater();
    if (!later) return this.awaitFile(fetchLater);
    return later.laterScreen(step, {
      css,
      html,
      adopt: (styles) => this.adopt(styles),
      actionLink,
      checkboxFrame,
      hiddenUsername,
      passwordField,
      card: this,
      identifier: this.identifier,
      preview: this.#preview,
      settings: this.environment.passwordSettings,
      choose: (factor, stage) => this.choose(factor, stage),
      back: () => (step.name === 'methods' && step.isOnly ? this.startAgain() : this.show()),
      social: this.socialPart(false),
      typed: (name) => this.typed(name),
      fail: (error) => this.action.fail(error),
      reset: (params, explain) => this.resetPassword(params, explain),
    });
  }

  get #preview(): TemplateResult | undefined {
    const { identifier } = this.signIn;
    return identifier ? identityPreview(identifier, this.strings.edit, () => this.startAgain()) : undefined;
  }
}

/** For the registry of elements. */
export { ClerkSignInElement as element };
