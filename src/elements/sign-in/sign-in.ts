import type { TemplateResult } from 'lit';
import { isAtStart, startOf } from '../../flows/sign-in-start.ts';
import type { SignInStart } from '../../flows/sign-in-start.ts';
import { isWebAuthnSupported } from '../../rules/webauthn.ts';
import { fetchedPhone, fetchPhone } from '../fetch-phone.ts';
import { actionLink } from '../templates/button.ts';
import { footerAction } from '../templates/card.ts';
import type { Screen } from '../templates/card.ts';
import { identityPreview } from '../templates/identity-preview.ts';
import { isPhoneNumber, SignInActions } from './sign-in-actions.ts';
import { startFields } from './start-fields.ts';

/**
 * The sign-in card: identifier, password, passkeys, codes and links by mail, codes as text messages, second factors, other methods, a forgotten
 * password.
 *
 * @example <clerk-sign-in fallback-redirect-url="/welcome"></clerk-sign-in>
 * @attr heading-level - level of the title, 1 (default) to 6
 * @attr force-redirect-url - where to go afterwards, whatever the address of the page says
 * @attr fallback-redirect-url - where to go afterwards if the address of the page says nothing
 * @attr with-sign-up - whoever has no account makes one in the same card; by itself where the page has an address for signing in and none for signing up
 * @attr sign-up-url - address of the sign-up page
 * @attr sign-up-force-redirect-url, sign-up-fallback-redirect-url - as above, for those who sign up instead
 * @attr oauth-flow - `popup` asks providers in a window of their own, where the browser opens one
 * @slot header - above the card
 * @slot fields - below the fields of the first screen
 * @slot footer - below the card
 * @fires clerk-sign-up-complete - in a card with sign-up: once an account is ready; cancelable
 * @fires clerk-sign-in-complete - once somebody is signed in, before the page is left; cancelable
 * @fires clerk-navigate - when somebody wants to sign up instead; cancelable
 * @cssstate loading, ready, failed, busy, fields
 */
export class ClerkSignInElement extends SignInActions {
  protected override attemptScreen(): Screen | undefined {
    const { attempt, choice, environment, steps } = this;
    if (this.wantsSignUp && this.isCombined) return this.awaitFile(() => this.signUp());
    if (!isAtStart(attempt, choice)) return steps ? steps.screen() : this.awaitFile(() => this.fetchSteps());
    const phone = choice.phone ?? isPhoneNumber(this.identifier);
    return this.#start(startOf(environment, { ...choice, phone }, isWebAuthnSupported()));
  }

  #start(step: SignInStart): Screen | undefined {
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
        fields: startFields(this, {
          step,
          phone: isPhone ? phone : undefined,
          ...this.typedIdentifier(isPhone),
          usePhone: () => this.usePhone(!isPhone),
          forgot: () => this.submitStart({ ...this.values, password: '' }, 'forgotten'),
        }),
      }),
      links: step.passkey.button ? actionLink('footerActionLink', texts.passkey, () => this.usePasskey()) : undefined,
      whileShown: step.passkey.autofill ? (signal) => this.offerPasskeys(signal) : undefined,
      social: this.socialPart(hasFields),
      footer: step.signUp ? footerAction(texts.signUpText, this.otherCardLink(texts.signUpLink)) : undefined,
      pageFields: true,
    };
  }

  /** Whom the screens after the first one are about. */
  protected get preview(): TemplateResult | undefined {
    const { identifier } = this.attempt;
    return identifier ? identityPreview(identifier, this.strings.edit, () => this.startAgain()) : undefined;
  }
}

/** For the registry of elements. */
export { ClerkSignInElement as element };
