import type { FormValues } from '../../factors/factor.ts';
import { factors } from '../../factors/index.ts';
import { isSameFactor, rulesOf, stepOf, verificationOf } from '../../flows/sign-in-flow.ts';
import type { Attempt, SignInStep, Stage } from '../../flows/sign-in-flow.ts';
import type { SignInChoice } from '../../flows/sign-in-start.ts';
import type { PrepareFactorParams, ResetPasswordParams, SignInFactor } from '../../resources/types.ts';
import { isPasswordLeaked } from '../../rules/leaked-password.ts';
import { isCompleteCode } from '../../rules/one-time-code.ts';
import { isUnderWay } from '../../rules/under-way.ts';
import type { Screen } from '../templates/card.ts';
import type { AttemptCard, AttemptParts } from './attempt-card.ts';
import { factorScreen } from './factor-screen.ts';
import { signUpInstead, transferToSignUp } from './sign-up-instead.ts';
import type { CombinedCard } from './sign-up-instead.ts';

/** Whether the screen of a step is part of `later.ts`. */
const isLater = (step: SignInStep) => step.name !== 'factor' || !rulesOf(factors, step.factor.strategy)!.screen;

/** How a card has somebody prove who they are: which screen it shows, what it asks of the API, and the little that is kept in mind meanwhile. */
export class AttemptSteps {
  readonly #card: AttemptCard;
  readonly #parts: AttemptParts;
  #sentTo: SignInFactor | undefined;

  constructor(card: AttemptCard, parts: AttemptParts) {
    this.#card = card;
    this.#parts = parts;
  }

  /** Where the attempt stands. */
  get step(): SignInStep {
    const { attempt, environment, choice } = this.#card;
    return stepOf(attempt, environment, choice, factors);
  }

  /** The screen of the step; `undefined` while what it needs is on its way. */
  screen(): Screen | undefined {
    const { step } = this;
    switch (step.name) {
      case 'factor':
        return factorScreen(step, this, this.#card, this.#parts);
      case 'complete':
        return this.#card.completeScreen(step.sessionId);
      case 'unsupported':
        return this.#card.unsupportedScreen(step.what);
      default:
        return this.#later(step);
    }
  }

  /** Goes on with an attempt that is not complete: sends what the next factor needs. */
  async enter(answer: Attempt, signal: AbortSignal, view?: 'forgotten'): Promise<void> {
    // Proved by somebody who has no account.
    if (answer.firstFactorVerification.status === 'transferable') return transferToSignUp(this.#combined, signal);
    const choice = { engaged: true, view };
    const step = stepOf(answer, this.#card.environment, choice, factors);
    // The next click may need it, if this step does not. A failure is told then.
    const later = this.#parts.fetchLater().catch(() => {});
    if (isLater(step)) await later;
    if (signal.aborted) return;
    this.#card.choice = choice;
    if (step.name === 'factor') await this.#send(step.factor, step.stage);
  }

  /** Goes on as a sign-up, with what was typed. */
  signUp(identifier?: string, password?: string): void {
    signUpInstead(this.#combined, identifier, password);
  }

  /** Goes on from where the attempt stands, once it was proved elsewhere. */
  proceed(attempt: Attempt): unknown {
    const card = this.#card;
    if (!card.isConnected) return undefined;
    card.action.abandon();
    return card.run((signal) => card.advance(signal, attempt));
  }

  /** Moves to another screen of the same attempt; without a name to its own. */
  show(view?: SignInChoice['view']): unknown {
    return this.#choose({ ...this.#card.choice, view }, this.#parts.fetchLater);
  }

  /** Goes on with another way in. */
  choose(factor: SignInFactor, stage: Stage): unknown {
    return this.#choose({ factor }, () => this.#send(factor, stage));
  }

  resendCode(factor: SignInFactor, stage: Stage): unknown {
    const card = this.#card;
    return card.run(async () => {
      await this.#send(factor, stage, true);
      card.notice = card.strings.emailCode.sent;
    }, card.resend);
  }

  /** The proof of a factor: a password or a code. */
  submitFactor({ strategy }: SignInFactor, stage: Stage, values: FormValues): unknown {
    const { code, password } = values;
    const { isTextCode, isOnDevice } = rulesOf(factors, strategy)!;
    const card = this.#card;
    const { missingField, problemOf, fetchLater } = this.#parts;
    if (code !== undefined && !(isTextCode ? code.trim() : isCompleteCode(code))) return card.action.fail(missingField('code'));
    if (password === '') return card.action.fail(missingField('password'));
    return card.run(async (signal) => {
      if (!isOnDevice) {
        return this.prove(strategy, stage, values, signal).catch(async (error: unknown) => {
          // It is of no use any more: another one has to be set, or another way taken.
          if (isPasswordLeaked(problemOf(error).items)) {
            await fetchLater();
            card.choice = { ...card.choice, view: 'forgotten' };
          }
          throw error;
        });
      }
      await this.#prepare(stage, { strategy });
      return this.proveOnDevice(strategy, stage, signal);
    });
  }

  /** Has the API take a proof. */
  async prove(strategy: string, stage: Stage, values: FormValues, signal: AbortSignal): Promise<void> {
    const { attempt } = this.#card;
    const params = rulesOf(factors, strategy)!.attempt!(values);
    const proving = stage === 'first' ? attempt.attemptFirstFactor(params) : attempt.attemptSecondFactor(params);
    const answer = await proving.catch((error: unknown) => {
      // The client that came along says what has become of the attempt.
      if (this.#parts.hasCode(error, 'sign_up_if_missing_transfer')) return this.#card.attempt;
      throw error;
    });
    await this.#card.advance(signal, answer);
  }

  /** Has the browser ask the device for the proof of what the API has prepared. */
  async proveOnDevice(strategy: string, stage: Stage, signal: AbortSignal): Promise<void> {
    const { askForPasskey } = await this.#parts.fetchBeginnings();
    const publicKeyCredential = await askForPasskey(verificationOf(this.#card.attempt, stage).nonce);
    await this.prove(strategy, stage, { publicKeyCredential }, signal);
  }

  /** Only a sign-in becomes a sign-up. */
  get #combined(): CombinedCard {
    return this.#card as unknown as CombinedCard;
  }

  #resetPassword(params: ResetPasswordParams): unknown {
    const card = this.#card;
    return card.run(async (signal) => card.advance(signal, await card.attempt.resetPassword!(params)));
  }

  #choose(choice: Omit<SignInChoice, 'engaged'>, prepare: () => Promise<unknown>): unknown {
    return this.#card.run(async (signal) => {
      await prepare();
      if (!signal.aborted) this.#card.choice = { ...choice, engaged: true };
    });
  }

  #later(step: Exclude<SignInStep, { name: 'factor' | 'complete' | 'unsupported' }>): Screen | undefined {
    const card = this.#card;
    const { fetchLater, fetchedLater } = this.#parts;
    const later = fetchedLater();
    if (!later) return card.awaitFile(fetchLater);
    return later.laterScreen(step, {
      ...this.#parts,
      adopt: (styles) => card.adopt(styles),
      card,
      identifier: card.identifier,
      preview: card.preview,
      settings: card.environment.passwordSettings,
      nameOf: (factor) => card.methodOf?.(factor),
      choose: (factor, stage) => this.choose(factor, stage),
      back: () => (step.name === 'methods' && step.isOnly ? card.startAgain?.() : this.show()),
      social: card.socialPart?.(false),
      typed: (name) => card.typed(name),
      fail: (error) => card.action.fail(error),
      reset: (params) => this.#resetPassword(params),
    });
  }

  #prepare(stage: Stage, params: PrepareFactorParams): Promise<unknown> {
    const { attempt } = this.#card;
    return stage === 'first' ? attempt.prepareFirstFactor(params) : attempt.prepareSecondFactor(params);
  }

  /** Has the API send what the factor needs, unless that is under way to the same place. */
  async #send(factor: SignInFactor, stage: Stage, again = false): Promise<void> {
    const card = this.#card;
    const { strategy } = factor;
    const params = rulesOf(factors, strategy)?.prepare?.(factor, card.routeUrl('/verify'));
    const isSent = isUnderWay(verificationOf(card.attempt, stage), strategy) && (!this.#sentTo || isSameFactor(this.#sentTo, factor));
    if (!params || (isSent && !again)) return;
    await this.#prepare(stage, params);
    this.#sentTo = factor;
    card.noteSentCode();
  }
}
