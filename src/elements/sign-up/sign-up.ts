import type { TemplateResult } from 'lit';
import { stepOf } from '../../flows/sign-up-flow.ts';
import type { SignUpStep } from '../../flows/sign-up-flow.ts';
import type { CardContext, CardScreen } from '../base/card-element.ts';
import {
  card,
  codeField,
  footerAction,
  identityPreview,
  resendLink,
} from '../shared.ts';
import { accountFields } from './account-fields.ts';
import { contactLink } from './contact-link.ts';
import { SignUpActions } from './sign-up-actions.ts';
import { signUpStyles } from './sign-up.styles.ts';

type Step<Name extends SignUpStep['name']> = Extract<SignUpStep, { name: Name }>;

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
  static override styles = [...SignUpActions.styles, signUpStyles];

  protected override screenOf({ client, environment }: CardContext): CardScreen {
    const step = stepOf(client.signUp, environment, this.choice);
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

  #form({ name, fields }: Step<'start' | 'continue'>): CardScreen {
    const { strings, environment } = this;
    const title = name === 'start' ? strings.signUp.title(environment.applicationName) : strings.missingFields.title;
    const content = card({
      ...this.frame(name, title),
      subtitle: strings[name === 'start' ? 'signUp' : 'missingFields'].subtitle,
      alert: this.alertBeside(...fields.map((field) => field.name)),
      fields: accountFields({
        ...this.helpers,
        fields,
        environment,
        initial: (field) => this.initialValue(field),
        typedPassword: this.typed('password'),
      }),
      actions: this.submitButton(strings.continue),
      onSubmit: this.submit((values) => this.submitForm(name, fields, values)),
      footer: this.#footer,
    });
    return { name, content, pageFields: true };
  }

  #closed({ mode }: Step<'closed'>): CardScreen {
    const { restricted: texts } = this.strings;
    const content = card({
      ...this.frame(mode, texts.title),
      subtitle: mode === 'waitlist' ? texts.waitlist : texts.subtitle,
      actions: contactLink(texts.contact, this.environment.supportEmail),
      footer: this.#footer,
    });
    return { name: mode, content };
  }

  #verifyEmail({ address }: Step<'verify-email'>): CardScreen {
    const { strings } = this;
    const content = card({
      ...this.frame('verifyEmailAddress', strings.verifyEmail.title),
      subtitle: strings.verifyEmail.subtitle,
      preview: identityPreview(address, strings.edit, () => {
        this.startAgain();
      }),
      alert: this.alertBeside('code'),
      fields: codeField({
        id: this.fieldId('code'),
        label: strings.fields.code,
        error: this.errorAt('code'),
        success: this.notice,
      }),
      actions: [this.submitButton(strings.continue), resendLink(strings, this.resend.left, () => this.resendCode())],
      onSubmit: this.submit(({ code }) => this.submitCode(code)),
    });
    return { name: 'verify-email', content };
  }

  get #footer(): TemplateResult {
    const { signInText, signInLink } = this.strings.signUp;
    return footerAction(signInText, this.otherCardLink(signInLink));
  }
}

/** For the registry of elements. */
export { ClerkSignUpElement as element };
