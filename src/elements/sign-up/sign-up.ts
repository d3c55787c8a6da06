import type { TemplateResult } from 'lit';
import type { SignUpStep } from '../../flows/sign-up-flow.ts';
import { signUpStrings } from '../../i18n/en/sign-up.ts';
import type { SignUpStrings } from '../../i18n/en/sign-up.ts';
import type { Screen } from '../templates/card.ts';
import { actionLink, en, fetchedPhone, fetchPhone, footerAction, html, identityPreview } from '../shared.ts';
import { accountFields } from './account-fields.ts';
import { fetchedSignUpLater, fetchSignUpLater } from './fetch-sign-up-later.ts';
import { SignUpActions } from './sign-up-actions.ts';
import { signUpStyles } from './sign-up.styles.ts';

type Step<Name extends SignUpStep['name']> = Extract<SignUpStep, { name: Name }>;

/**
 * The sign-up card: names, username, email address, phone number, password and consent as the instance wants them, then the codes that
 * prove the address and the number, then whatever is still missing, also after a provider has said who somebody is. Where new accounts are
 * by invitation it says so; where there is a waitlist, one can join it.
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
 * @attr oauth-flow - `popup` asks providers in a window of their own, where the browser opens one
 * @slot header - above the card
 * @slot fields - below the fields of a form; the values of `<clerk-unsafe-field>`s travel with the sign-up
 * @slot footer - below the card
 * @fires clerk-sign-up-complete - once the account is ready, before the page is left; cancelable
 * @fires clerk-navigate - when somebody wants to sign in instead; cancelable
 * @cssstate loading, ready, failed, busy, fields
 */
export class ClerkSignUpElement extends SignUpActions {
  static override styles = [...SignUpActions.styles, signUpStyles];

  override get strings(): SignUpStrings {
    return signUpStrings(en);
  }

  protected override attemptScreen(): Screen | undefined {
    const { step } = this;
    switch (step.name) {
      case 'start':
      case 'continue':
        return this.#form(step);
      case 'closed':
        return this.#closed(step);
      case 'verify':
        return this.#verify(step);
      case 'complete':
        return this.completeScreen(step.sessionId);
      case 'unsupported':
        return this.unsupportedScreen(step.what);
    }
  }

  #form({ name, fields: all }: Step<'start' | 'continue'>): Screen | undefined {
    const fields = this.look?.options.showOptionalFields === false ? all.filter(({ required }) => required) : all;
    if (fields.some((field) => field.name === 'phoneNumber') && !fetchedPhone()) return this.awaitFile(fetchPhone);
    const phone = fetchedPhone();
    if (phone) this.adopt(phone.styles);
    const { strings, environment } = this;
    const isStart = name === 'start';
    const { title, subtitle } = isStart ? strings.signUp : strings.missingFields;
    return {
      part: name,
      title,
      subtitle,
      preview: isStart ? undefined : html`<span class="cl-identityPreviewText" dir="auto">${this.signUp.emailAddress}</span>`,
      ...(fields.length && {
        fieldNames: fields.map((field) => field.name),
        submit: (values) => this.submitForm(name, fields, values),
      }),
      social: isStart ? this.socialPart(fields.length > 0) : undefined,
      fields: accountFields(this, {
        fields,
        environment,
        initial: (field) => this.initialValue(field),
        country: this.typedCountry,
        password: this.initialValues?.password,
        typedPassword: this.typed('password'),
        useContact: (contact) => this.useContact(contact),
      }),
      links: isStart ? undefined : actionLink('backLink', strings.startAgain, () => this.startAgain()),
      footer: this.#footer,
      pageFields: true,
    };
  }

  #closed({ mode }: Step<'closed'>): Screen | undefined {
    const later = fetchedSignUpLater();
    if (!later) return this.awaitFile(fetchSignUpLater);
    const screen = later.closedScreen({
      card: this,
      mode,
      supportEmail: this.environment.supportEmail,
      emailAddress: this.initialValue('emailAddress'),
      isJoined: this.isJoined,
      join: (values) => this.joinWaitlist(values),
    });
    return { ...screen, footer: this.#footer };
  }

  #verify({ contact, strategy, address, other }: Step<'verify'>): Screen | undefined {
    const later = fetchedSignUpLater();
    if (!later) return this.awaitFile(fetchSignUpLater);
    this.adopt(later.codeStyles);
    // The client no longer has it once it is complete.
    const { signUp, strings } = this;
    const {
      links,
      key = '',
      whileShown,
      ...screen
    } = later.proofs[strategy]!.screen({
      card: this,
      adopt: (styles) => this.adopt(styles),
      verification: signUp.verifications[contact],
      notice: this.notice,
      resendIn: this.resend.left,
      resend: () => this.resendCode(strategy),
      refresh: async () => (await signUp.reload()).verifications[contact].status,
      proceed: () => this.proceed(signUp),
      report: (error) => this.report(error),
    });
    return {
      part: contact === 'emailAddress' ? 'verifyEmailAddress' : 'verifyPhoneNumber',
      preview: identityPreview(address, strings.edit, () => {
        this.startAgain();
      }),
      submit: ({ code }) => this.submitCode(strategy, code),
      ...screen,
      key: strategy + key,
      whileShown: (signal) => {
        // A dialog has no address of its own.
        if (!this.modal) later.showRoute(contact, signal);
        whileShown?.(signal);
      },
      links: [links, other === undefined ? other : actionLink('footerActionLink', later.proofs[other]!.other!, () => this.useProof(other))],
    };
  }

  get #footer(): TemplateResult {
    const { signInText, signInLink } = this.strings.signUp;
    return footerAction(signInText, this.otherCardLink(signInLink));
  }
}

/** For the registry of elements. */
export { ClerkSignUpElement as element };
