import type { FormValues } from '../../factors/factor.ts';
import { missingParams, paramsOf } from '../../flows/sign-up-fields.ts';
import type { ContactName, SignUpField } from '../../flows/sign-up-fields.ts';
import { stepOf } from '../../flows/sign-up-flow.ts';
import type { SignUpChoice, SignUpStep } from '../../flows/sign-up-flow.ts';
import type { SignUpResource } from '../../resources/types.ts';
import { brokenPasswordRules } from '../../rules/password-rules.ts';
import { isCompleteCode } from '../../rules/one-time-code.ts';
import { ClerkCardElement, fetchedPhone, fetchPhone, missingField } from '../shared.ts';
import { passwordHint } from '../templates/password-hint.ts';
import type { TextFieldName } from './account-fields.ts';
import { fetchSignUpLater } from './fetch-sign-up-later.ts';
import { metadataOf, reportPageFields } from './page-fields.ts';
import { ClerkSignUpCompleteEvent } from './sign-up-events.ts';

/** What the sign-up card asks of the API, and the little that it keeps in mind meanwhile. How it looks is the element's part. */
export abstract class SignUpActions extends ClerkCardElement {
  protected override readonly flow = 'signUp';
  protected override choice: SignUpChoice = { engaged: false };

  /** Whether this card has put somebody on the waitlist. */
  protected isJoined = false;

  /** What was typed; a password is not kept. */
  #values: FormValues = {};

  protected get signUp(): SignUpResource {
    return this.api.client!.signUp;
  }

  /** Where the attempt stands. */
  protected get step(): SignUpStep {
    return this.#stepOf(this.signUp);
  }

  /** The country of the phone number that was typed. */
  protected get typedCountry(): string | undefined {
    return this.#values.country;
  }

  /** What a field holds at first: as typed here, as the attempt knows it, or as the page has set. */
  protected initialValue(name: TextFieldName): string {
    return this.#values[name] ?? this.signUp[name] ?? this.initialValues?.[name] ?? '';
  }

  /** Back to the first form; what was typed there is kept. */
  protected override startAgain(): void {
    const { contact } = this.choice;
    super.startAgain();
    this.choice = { ...this.choice, contact };
  }

  /** Asks for the other of the two, where an email address and a phone number are equally good. */
  protected useContact(contact: ContactName): unknown {
    return this.run(async (signal) => {
      if (contact === 'phoneNumber') await fetchPhone();
      if (signal.aborted) return;
      this.choice = { ...this.choice, contact };
      await this.focusField(contact);
    });
  }

  protected override completeEvent(sessionId: string | null): Event {
    return new ClerkSignUpCompleteEvent(sessionId);
  }

  /** The first form, or the one for what is still missing. */
  protected async submitForm(name: 'start' | 'continue', fields: readonly SignUpField[], typed: FormValues): Promise<unknown> {
    const values = typed.phoneNumber === undefined ? typed : { ...typed, phoneNumber: fetchedPhone()!.numberOf(typed, 'phoneNumber') };
    const { password = '', ...kept } = typed;
    const errors = [...missingParams(fields, values).flatMap((param) => missingField(param).errors), ...this.#refusedPassword(password)];
    // Every field says what it has to say; the first one of the card gets the focus.
    const isPageRight = await reportPageFields(this);
    if (errors.length) return this.action.fail({ errors });
    if (!isPageRight) return undefined;
    this.#values = { ...this.#values, ...kept };
    return this.run(async (signal) => {
      // What comes next may need it. A failure is told then.
      const later = fetchSignUpLater().catch(() => {});
      const isStart = name === 'start';
      // The API replaces the document that an attempt has already.
      const unsafeMetadata = metadataOf(this, isStart ? undefined : this.signUp.unsafeMetadata, this.unsafeMetadata);
      const params = { ...paramsOf(fields, values), ...(unsafeMetadata && { unsafeMetadata }) };
      const answer = await (isStart ? this.signUp.create(params) : this.signUp.update(params));
      await later;
      await this.#advance(answer, signal);
    });
  }

  protected override async useTicket(ticket: string, signal: AbortSignal): Promise<void> {
    const unsafeMetadata = metadataOf(this, this.unsafeMetadata);
    await this.#advance(await this.signUp.create({ strategy: 'ticket', ticket, ...(unsafeMetadata && { unsafeMetadata }) }), signal);
  }

  /** What the instance has against a password, found without asking. */
  #refusedPassword(password: string): object[] {
    const { passwordSettings } = this.environment;
    if (!password || !brokenPasswordRules(password, passwordSettings).length) return [];
    const { hint } = passwordHint(password, passwordSettings);
    return [{ code: 'form_password_rules', longMessage: hint, meta: { paramName: 'password' } }];
  }

  protected submitCode(strategy: string, code: string | undefined): unknown {
    if (!isCompleteCode(code)) return this.action.fail(missingField('code'));
    return this.run(async (signal) => {
      await this.#advance(await this.signUp.attemptVerification({ strategy, code }), signal);
    });
  }

  protected resendCode(strategy: string): unknown {
    return this.run(async () => {
      await this.#send(strategy);
      this.notice = this.strings.emailCode.sent;
    }, this.resend);
  }

  /** Proves the address in another way. */
  protected useProof(strategy: string): unknown {
    return this.run(async (signal) => {
      await this.#send(strategy);
      if (!signal.aborted) this.choice = { ...this.choice, strategy };
    });
  }

  /** Goes on from where the attempt stands, once it was proved elsewhere. */
  protected proceed(attempt: SignUpResource): unknown {
    if (!this.isConnected) return undefined;
    this.action.abandon();
    return this.run((signal) => this.#advance(attempt, signal));
  }

  protected joinWaitlist({ emailAddress = '' }: FormValues): unknown {
    if (!emailAddress) return this.action.fail(missingField('email_address'));
    return this.run(async () => {
      await this.api.joinWaitlist({ emailAddress });
      this.isJoined = true;
    });
  }

  /** What the fields of the page hold goes along. */
  protected override async providerParams(): Promise<object | undefined> {
    if (!(await reportPageFields(this))) return undefined;
    const unsafeMetadata = metadataOf(this, this.unsafeMetadata);
    const consent = this.renderRoot.querySelector<HTMLInputElement>('input[name=legalAccepted]');
    return { ...(unsafeMetadata && { unsafeMetadata }), ...(consent?.checked && { legalAccepted: true }) };
  }

  protected override advance(signal: AbortSignal): Promise<void> {
    return this.#advance(this.signUp, signal);
  }

  /** Goes on from where the API says that the attempt stands: sends what proves the next address or number, or ends the flow. */
  async #advance(answer: SignUpResource, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    if (answer.status === 'complete') return this.finish(answer.createdSessionId);
    this.choice = { ...this.choice, engaged: true, view: undefined };
    const step = this.#stepOf(answer);
    if (step.name === 'verify' && !step.sent) await this.#send(step.strategy);
  }

  async #send(strategy: string): Promise<void> {
    const { proofs } = await fetchSignUpLater();
    await this.signUp.prepareVerification(proofs[strategy]?.prepare?.(this.routeUrl('/verify')) ?? { strategy });
    this.noteSentCode();
  }

  #stepOf(signUp: SignUpResource): SignUpStep {
    const contact = this.initialValue('phoneNumber') && !this.initialValue('emailAddress') ? 'phoneNumber' : undefined;
    return stepOf(signUp, this.environment, { ...this.choice, contact: this.choice.contact ?? contact });
  }
}
