import { factors } from '../../factors/index.ts';
import type { FormValues } from '../../factors/factor.ts';
import { brokenPasswordRules } from '../../flows/password-rules.ts';
import { hasCode, localProblem } from '../../flows/problem.ts';
import { isSameFactor, rulesOf, stepOf } from '../../flows/sign-in-flow.ts';
import type { SignInChoice } from '../../flows/sign-in-flow.ts';
import type { SignInFactor, SignInResource } from '../../resources/types.ts';
import { isUnderWay } from '../../rules/under-way.ts';
import { AttemptCardElement } from '../base/attempt-card-element.ts';
import { isCompleteCode } from '../templates/code-input.ts';
import { passwordHint } from '../templates/password-hint.ts';
import { ClerkSignInCompleteEvent } from './sign-in-events.ts';

export type Stage = 'first' | 'second';

/** Refusals of a password that was given with the identifier: the identifier alone still opens the other ways in. */
const refusedPassword = [
  'form_password_incorrect',
  'form_password_or_identifier_incorrect',
  'form_password_pwned',
  'form_password_compromised',
];

/** What the sign-in card asks of the API, and the little that it keeps in mind meanwhile. How it looks is the element's part. */
export abstract class SignInActions extends AttemptCardElement {
  protected override readonly flow = 'signIn';
  protected override choice: SignInChoice = { engaged: false };
  /** The password of the first screen: what was typed there is not lost on the way to the next. */
  protected typedPassword: string | undefined;

  #identifier: string | undefined;
  #submitted = '';
  #sentTo: SignInFactor | undefined;

  /** Who signs in: as typed here, as the attempt knows it, or as the page has set. */
  protected get identifier(): string {
    const { emailAddress, username, phoneNumber } = this.initialValues ?? {};
    const { identifier } = this.signIn;
    return this.#identifier ?? identifier ?? emailAddress ?? username ?? phoneNumber ?? '';
  }

  protected get signIn(): SignInResource {
    return this.context!.client.signIn;
  }

  protected override completeEvent(sessionId: string | null): Event {
    return new ClerkSignInCompleteEvent(sessionId);
  }

  /** Moves to another screen of the same attempt. */
  protected show(view: SignInChoice['view']): void {
    this.notice = undefined;
    this.choice = { ...this.choice, engaged: true, view };
    this.follow();
  }

  /** Back to the first screen; what was typed there is kept. */
  protected override startAgain(): void {
    this.typedPassword = undefined;
    super.startAgain();
  }

  /** The first screen: who signs in, perhaps with a password at once. `view` is the screen to go on with. */
  protected submitStart(values: FormValues, view?: 'forgotten'): unknown {
    const identifier = values.identifier?.trim();
    const { password } = values;
    if (!identifier) return this.fail(localProblem([{ code: 'form_param_nil', param: 'identifier' }]));
    const submitted = JSON.stringify([identifier, password, view]);
    if (this.busy) {
      if (submitted === this.#submitted) return;
      // A password, or a wish, that came while the identifier was on its way.
      this.action.abandon();
    }
    this.#submitted = submitted;
    return this.run('start', async (signal) => {
      this.#identifier = identifier;
      if (!password) return this.#advance(await this.signIn.create({ identifier }), signal, { view });
      let refusal: unknown;
      let answer: SignInResource;
      try {
        answer = await this.signIn.create({ identifier, strategy: 'password', password });
      } catch (error) {
        if (hasCode(error, ...refusedPassword)) refusal = error;
        else if (!hasCode(error, 'strategy_for_user_invalid')) throw error;
        answer = await this.signIn.create({ identifier });
      }
      await this.#advance(answer, signal);
      if (refusal) throw refusal;
    });
  }

  /** The proof of a factor: a password or a code. */
  protected submitFactor(factor: SignInFactor, stage: Stage, values: FormValues): unknown {
    const missing = missingIn(values);
    if (missing) return this.fail(localProblem([{ code: 'form_param_nil', param: missing }]));
    return this.run('attempt', async (signal) => {
      const params = rulesOf(factors, factor.strategy)!.attempt(values);
      const first = stage === 'first';
      const answer = await (first ? this.signIn.attemptFirstFactor(params) : this.signIn.attemptSecondFactor(params));
      await this.#advance(answer, signal);
    });
  }

  protected submitNewPassword({ newPassword = '', confirmPassword, signOutOfOtherSessions }: FormValues): unknown {
    const { passwordSettings } = this.environment;
    const param = 'confirm_password';
    if (brokenPasswordRules(newPassword, passwordSettings).length) {
      const { hint } = passwordHint(this.strings, newPassword, passwordSettings);
      return this.fail(localProblem([{ code: 'form_password_rules', param: 'new_password', longMessage: hint }]));
    }
    if (!confirmPassword) return this.fail(localProblem([{ code: 'form_param_nil', param }]));
    if (newPassword !== confirmPassword) return this.fail(localProblem([{ code: 'form_param_mismatch', param }]));
    return this.run('new-password', async (signal) => {
      const params = { password: newPassword, signOutOfOtherSessions: signOutOfOtherSessions !== undefined };
      await this.#advance(await this.signIn.resetPassword(params), signal);
    });
  }

  /** Goes on with another way in. */
  protected choose(factor: SignInFactor, stage: Stage): unknown {
    return this.run('choose', async (signal) => {
      await this.#send(factor, stage);
      if (!signal.aborted) this.choice = { engaged: true, factor };
    });
  }

  protected resendCode(factor: SignInFactor, stage: Stage): unknown {
    return this.run('resend', async () => {
      await this.#send(factor, stage, true);
      this.notice = this.strings.emailCode.sent;
    });
  }

  /** Goes on from where the API says that the attempt stands: sends what the next factor needs, or ends the flow. */
  async #advance(answer: SignInResource, signal: AbortSignal, choice: Partial<SignInChoice> = {}): Promise<void> {
    if (signal.aborted) return;
    if (answer.status === 'complete') return this.finish(answer.createdSessionId);
    this.typedPassword = this.typed('password');
    this.choice = { engaged: true, ...choice };
    const step = stepOf(answer, this.environment, this.choice, factors);
    if (step.name === 'factor') await this.#send(step.factor, step.stage);
  }

  /** Has the API send what the factor needs, unless that is under way to the same place. */
  async #send(factor: SignInFactor, stage: Stage, again = false): Promise<void> {
    const first = stage === 'first';
    const { signIn } = this;
    const params = rulesOf(factors, factor.strategy)?.prepare?.(factor);
    const verification = first ? signIn.firstFactorVerification : signIn.secondFactorVerification;
    const isSent = isUnderWay(verification, factor.strategy) && (!this.#sentTo || isSameFactor(this.#sentTo, factor));
    if (!params || (isSent && !again)) return;
    await (first ? signIn.prepareFirstFactor(params) : signIn.prepareSecondFactor(params));
    this.#sentTo = factor;
    this.noteSentCode();
  }
}

/** The field of a factor's form that is not filled in. */
function missingIn({ code, password }: FormValues): string | undefined {
  if (code !== undefined && !isCompleteCode(code)) return 'code';
  return password === '' ? 'password' : undefined;
}
