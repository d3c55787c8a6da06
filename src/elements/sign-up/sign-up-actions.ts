import type { FormValues } from '../../factors/factor.ts';
import { missingParams, paramsOf, stepOf } from '../../flows/sign-up-flow.ts';
import type { SignUpChoice, SignUpField } from '../../flows/sign-up-flow.ts';
import type { SignUpResource } from '../../resources/types.ts';
import { brokenPasswordRules } from '../../flows/password-rules.ts';
import { isCompleteCode } from '../../rules/one-time-code.ts';
import { ClerkCardElement, missingField } from '../shared.ts';
import { passwordHint } from '../templates/password-hint.ts';
import { metadataOf, reportPageFields } from './page-fields.ts';
import { ClerkSignUpCompleteEvent } from './sign-up-events.ts';

const strategy = 'email_code';

/** What the sign-up card asks of the API, and the little that it keeps in mind meanwhile. How it looks is the element's part. */
export abstract class SignUpActions extends ClerkCardElement {
  protected override readonly flow = 'signUp';
  protected override choice: SignUpChoice = { engaged: false };

  /** What was typed; a password is not kept. */
  #values: FormValues = {};

  protected get signUp(): SignUpResource {
    return this.api.client!.signUp;
  }

  /** What a field holds at first: as typed here, as the attempt knows it, or as the page has set. */
  protected initialValue(name: 'firstName' | 'lastName' | 'username' | 'emailAddress'): string {
    return this.#values[name] ?? this.signUp[name] ?? this.initialValues?.[name] ?? '';
  }

  protected override completeEvent(sessionId: string | null): Event {
    return new ClerkSignUpCompleteEvent(sessionId);
  }

  /** The first form, or the one for what is still missing. */
  protected async submitForm(name: 'start' | 'continue', fields: readonly SignUpField[], values: FormValues): Promise<unknown> {
    const { password = '', ...kept } = values;
    const errors = [...missingParams(fields, values).flatMap((param) => missingField(param).errors), ...this.#refusedPassword(password)];
    // Every field says what it has to say; the first one of the card gets the focus.
    const isPageRight = await reportPageFields(this);
    if (errors.length) return this.action.fail({ errors });
    if (!isPageRight) return undefined;
    this.#values = { ...this.#values, ...kept };
    return this.run(async (signal) => {
      const isStart = name === 'start';
      // The API replaces the document that an attempt has already.
      const unsafeMetadata = metadataOf(this, isStart ? undefined : this.signUp.unsafeMetadata, this.unsafeMetadata);
      const params = { ...paramsOf(fields, values), ...(unsafeMetadata && { unsafeMetadata }) };
      await this.#advance(await (isStart ? this.signUp.create(params) : this.signUp.update(params)), signal);
    });
  }

  /** What the instance has against a password, found without asking. */
  #refusedPassword(password: string): object[] {
    const { passwordSettings } = this.environment;
    if (!password || !brokenPasswordRules(password, passwordSettings).length) return [];
    const { hint } = passwordHint(password, passwordSettings);
    return [{ code: 'form_password_rules', longMessage: hint, meta: { paramName: 'password' } }];
  }

  protected submitCode(code: string | undefined): unknown {
    if (!isCompleteCode(code)) return this.action.fail(missingField('code'));
    return this.run(async (signal) => {
      await this.#advance(await this.signUp.attemptVerification({ strategy, code }), signal);
    });
  }

  protected resendCode(): unknown {
    return this.run(async () => {
      await this.#send();
      this.notice = this.strings.emailCode.sent;
    }, this.resend);
  }

  /** Goes on from where the API says that the attempt stands: sends the code, or ends the flow. */
  async #advance(answer: SignUpResource, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    if (answer.status === 'complete') return this.finish(answer.createdSessionId);
    this.choice = { engaged: true };
    const step = stepOf(answer, this.environment, this.choice);
    if (step.name === 'verify-email' && !step.sent) await this.#send();
  }

  async #send(): Promise<void> {
    await this.signUp.prepareVerification({ strategy });
    this.noteSentCode();
  }
}
