import type { TemplateResult } from 'lit';
import { stepOf } from '../../flows/sign-up-flow.ts';
import type { SignUpStep } from '../../flows/sign-up-flow.ts';
import { signUpStrings } from '../../i18n/en/sign-up.ts';
import type { SignUpStrings } from '../../i18n/en/sign-up.ts';
import type { Screen } from '../templates/card.ts';
import { createCodeInput } from '../templates/code-input.ts';
import { createCodeStyles } from '../styles/code.ts';
import { css, en, footerAction, html, identityPreview, nothing } from '../shared.ts';
import { accountFields } from './account-fields.ts';
import { contactLink } from './contact-link.ts';
import { SignUpActions } from './sign-up-actions.ts';
import { signUpStyles } from './sign-up.styles.ts';

type Step<Name extends SignUpStep['name']> = Extract<SignUpStep, { name: Name }>;

const strings = signUpStrings(en);
const { codeField, resendLink } = createCodeInput({ html, nothing });

/**
 * The sign-up card: names, username, address, password and consent as the instance wants them, then the code that proves the
 * address, then whatever is still missing.
 *
 * @example
 * <clerk-sign-up fallback-redirect-url="/welcome">
 *   <clerk-unsafe-field slot="fields" name="birthday" type="date" label="Birthday"></clerk-unsafe-field>
 * </clerk-sign-up>
 * @attr heading-level - level of the title, 1 (default) to 6
 * @attr force-redirect-url - where to go afterwards, whatever the address of the page says
 * @attr fallback-redirect-url - where to go afterwards if the address of the page says nothing
 * @attr sign-in-url - address of the sign-in page
 * @attr sign-in-force-redirect-url, sign-in-fallback-redirect-url - as above, for those who sign in instead
 * @slot header - above the card
 * @slot fields - below the fields of a form; the values of `<clerk-unsafe-field>`s travel with the sign-up
 * @slot footer - below the card
 * @fires clerk-sign-up-complete - once the account is ready, before the page is left; cancelable
 * @fires clerk-navigate - when somebody wants to sign in instead; cancelable
 * @cssstate loading, ready, failed, busy, fields
 */
export class ClerkSignUpElement extends SignUpActions {
  static override styles = [...SignUpActions.styles, createCodeStyles(css), signUpStyles];

  override get strings(): SignUpStrings {
    return strings;
  }

  protected override attemptScreen(): Screen {
    const step = stepOf(this.signUp, this.environment, this.choice);
    switch (step.name) {
      case 'start':
      case 'continue':
        return this.#form(step);
      case 'closed':
        return this.#closed(step);
      case 'verify-email':
        return this.#verifyEmail(step);
      case 'complete':
        return this.completeScreen(step.sessionId);
      case 'unsupported':
        return this.unsupportedScreen(step.what);
    }
  }

  #form({ name, fields }: Step<'start' | 'continue'>): Screen {
    const { strings, environment } = this;
    const { title, subtitle } = name === 'start' ? strings.signUp : strings.missingFields;
    return {
      part: name,
      title,
      subtitle,
      fieldNames: fields.map((field) => field.name),
      fields: accountFields(this, {
        fields,
        environment,
        initial: (field) => this.initialValue(field),
        typedPassword: this.typed('password'),
      }),
      submit: (values) => this.submitForm(name, fields, values),
      footer: this.#footer,
      pageFields: true,
    };
  }

  #closed({ mode }: Step<'closed'>): Screen {
    const { restricted: texts } = this.strings;
    return {
      part: mode,
      title: texts.title,
      subtitle: mode === 'waitlist' ? texts.waitlist : texts.subtitle,
      links: contactLink(texts.contact, this.environment.supportEmail),
      footer: this.#footer,
    };
  }

  #verifyEmail({ address }: Step<'verify-email'>): Screen {
    const { strings } = this;
    return {
      part: 'verifyEmailAddress',
      ...strings.verifyEmail,
      preview: identityPreview(address, strings.edit, () => {
        this.startAgain();
      }),
      fieldNames: ['code'],
      fields: codeField({ ...this.field('code'), success: this.notice }),
      submit: ({ code }) => this.submitCode(code),
      links: resendLink(this.resend.left, () => this.resendCode()),
    };
  }

  get #footer(): TemplateResult {
    const { signInText, signInLink } = this.strings.signUp;
    return footerAction(signInText, this.otherCardLink(signInLink));
  }
}

/** For the registry of elements. */
export { ClerkSignUpElement as element };
