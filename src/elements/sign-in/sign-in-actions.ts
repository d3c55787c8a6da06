import { factors } from '../../factors/index.ts';
import type { FactorRules, FormValues } from '../../factors/factor.ts';
import { hasCode, missingField } from '../../flows/problem.ts';
import { isSameFactor, rulesOf, stepOf } from '../../flows/sign-in-flow.ts';
import type { SignInChoice, SignInStep } from '../../flows/sign-in-flow.ts';
import type { ResetPasswordParams, SignInFactor, SignInResource, VerificationResource } from '../../resources/types.ts';
import { isCompleteCode } from '../../rules/one-time-code.ts';
import { isUnderWay } from '../../rules/under-way.ts';
import { ClerkCardElement } from '../base/card-element.ts';
import { fetchBeginnings } from '../fetch-beginnings.ts';
import { fetchLater } from '../fetch-later.ts';
import { fetchedPhone, fetchPhone } from '../fetch-phone.ts';
import { ClerkSignInCompleteEvent } from './sign-in-events.ts';

export type Stage = 'first' | 'second';

const passkey = 'passkey';

/** Whether the screen of a step is part of `later.ts`. */
const isLater = (step: SignInStep) =>
  step.name === 'factor' ? !rulesOf(factors, step.factor.strategy)!.screen : step.name === 'new-password';

/** Whether an identifier is a phone number; with its country it is written so, and no other identifier is. */
const isPhoneNumber = (identifier: string) => identifier.startsWith('+');

/** Refusals of a password that was given with the identifier: the identifier alone still opens the other ways in. */
const refusedPassword = [
  'form_password_incorrect',
  'form_password_or_identifier_incorrect',
  'form_password_pwned',
  'form_password_compromised',
];

/** What the sign-in card asks of the API, and the little that it keeps in mind meanwhile. How it looks is the element's part. */
export abstract class SignInActions extends ClerkCardElement {
  protected override readonly flow = 'signIn';
  protected override choice: SignInChoice = { engaged: false };
  /** The password of the first screen: what was typed there is not lost on the way to the next. */
  protected typedPassword: string | undefined;

  /** What was typed into the first form; a password is not kept. */
  #typed: FormValues = {};
  #identifier: string | undefined;
  #submitted = '';
  #sentTo: SignInFactor | undefined;
  /** The attempt that was begun for autofill, until it is there. */
  #autofill: Promise<SignInResource> | undefined;

  /** Who signs in: as typed here, as the attempt knows it, or as the page has set. */
  protected get identifier(): string {
    const { emailAddress, username, phoneNumber } = this.initialValues ?? {};
    const { identifier } = this.signIn;
    return this.#identifier ?? identifier ?? emailAddress ?? username ?? phoneNumber ?? '';
  }

  /** What the first field holds at first, as it was typed; a phone number is not shown in place of another identifier. */
  protected typedIdentifier(isPhone: boolean): { value: string; country: string | undefined } {
    const { identifier } = this;
    const { identifier: value = identifier, country } = this.#typed;
    return { value: isPhone === isPhoneNumber(identifier) ? value : '', country };
  }

  protected get signIn(): SignInResource {
    return this.api.client!.signIn;
  }

  /** Where the attempt stands. */
  protected get step(): SignInStep {
    const { choice } = this;
    return stepOf(this.signIn, this.environment, { ...choice, phone: choice.phone ?? isPhoneNumber(this.identifier) }, factors);
  }

  protected override completeEvent(sessionId: string | null): Event {
    return new ClerkSignInCompleteEvent(sessionId);
  }

  /** Moves to another screen of the same attempt; without a name to its own. */
  protected show(view?: SignInChoice['view']): unknown {
    return this.run(async (signal) => {
      await fetchLater();
      if (!signal.aborted) this.choice = { ...this.choice, engaged: true, view };
    });
  }

  /** Back to the first screen; what was typed there is kept. */
  protected override startAgain(): void {
    this.typedPassword = undefined;
    super.startAgain();
  }

  /** Takes a phone number in the first field, or another identifier. */
  protected usePhone(phone: boolean): unknown {
    return this.run(async (signal) => {
      if (phone) await fetchPhone();
      if (signal.aborted) return;
      this.choice = { ...this.choice, phone };
      await this.focusField('identifier');
    });
  }

  /** The first screen: who signs in, perhaps with a password at once. `view` is the screen to go on with. */
  protected submitStart(values: FormValues, view?: 'forgotten'): unknown {
    const { password, ...typed } = values;
    const isPhone = typed.country !== undefined;
    const identifier = isPhone ? fetchedPhone()!.numberOf(typed, 'identifier') : typed.identifier?.trim();
    if (!identifier) return this.action.fail(missingField('identifier', isPhone ? 'phone_number_missing' : undefined));
    const submitted = JSON.stringify([identifier, password, view]);
    if (submitted !== this.#submitted) {
      // A password, or a wish, that came while the identifier was on its way.
      this.action.abandon();
    }
    this.#submitted = submitted;
    return this.run(async (signal) => {
      this.#identifier = identifier;
      this.#typed = typed;
      await this.#leaveAutofill();
      if (view) await fetchLater();
      let answer: SignInResource | undefined;
      let refusal: unknown;
      if (password) {
        try {
          answer = await this.signIn.create({ identifier, strategy: 'password', password });
        } catch (error) {
          if (hasCode(error, ...refusedPassword)) refusal = error;
          else if (!hasCode(error, 'strategy_for_user_invalid')) throw error;
        }
      }
      await this.#advance(answer ?? (await this.signIn.create({ identifier })), signal, view);
      if (refusal) throw refusal;
    });
  }

  /** The proof of a factor: a password or a code. */
  protected submitFactor(factor: SignInFactor, stage: Stage, values: FormValues): unknown {
    const { code, password } = values;
    const rules = rulesOf(factors, factor.strategy)!;
    if (code !== undefined && !(rules.isTextCode ? code.trim() : isCompleteCode(code))) return this.action.fail(missingField('code'));
    if (password === '') return this.action.fail(missingField('password'));
    return this.run(async (signal) => {
      const proof = rules.isOnDevice ? await this.#proofOfDevice(await this.#prepare(factor, stage)) : values;
      await this.#attempt(rules, stage, proof, signal);
    });
  }

  /** A passkey of whoever has one here; nobody has said who they are. */
  protected usePasskey(): unknown {
    return this.run(async (signal) => {
      await this.#leaveAutofill();
      const { firstFactorVerification } = await this.signIn.create({ strategy: passkey });
      await this.#attempt(rulesOf(factors, passkey)!, 'first', await this.#proofOfDevice(firstFactorVerification), signal);
    });
  }

  /** Has the browser offer passkeys in the first field, until another way is taken. */
  protected async offerPasskeys(signal: AbortSignal): Promise<void> {
    const beginnings = await fetchBeginnings().catch(() => undefined);
    const create = () => (this.#autofill = this.signIn.create({ strategy: passkey }));
    const publicKeyCredential = await beginnings?.pickFromAutofill(create, signal);
    if (!publicKeyCredential || signal.aborted) return;
    await this.run((running) => this.#attempt(rulesOf(factors, passkey)!, 'first', { publicKeyCredential }, running));
  }

  protected override async useTicket(ticket: string, signal: AbortSignal): Promise<void> {
    await this.#advance(await this.signIn.create({ strategy: 'ticket', ticket }), signal);
  }

  /** Goes on from where the attempt stands, once it was proved elsewhere. */
  protected proceed(attempt: SignInResource): unknown {
    if (!this.isConnected) return undefined;
    this.action.abandon();
    return this.run((signal) => this.#advance(attempt, signal));
  }

  /** Autofill has an attempt of its own, and the browser asks for one passkey at a time. */
  async #leaveAutofill(): Promise<void> {
    this.stopAttending();
    await this.#autofill?.catch(() => {});
  }

  async #proofOfDevice({ nonce }: VerificationResource): Promise<FormValues> {
    return { publicKeyCredential: await (await fetchBeginnings()).askForPasskey(nonce) };
  }

  async #attempt(rules: FactorRules, stage: Stage, values: FormValues, signal: AbortSignal): Promise<void> {
    const params = rules.attempt!(values);
    const { signIn } = this;
    await this.#advance(await (stage === 'first' ? signIn.attemptFirstFactor(params) : signIn.attemptSecondFactor(params)), signal);
  }

  /** Has the API prepare the factor; its answer, for the browser. */
  async #prepare({ strategy }: SignInFactor, stage: Stage): Promise<VerificationResource> {
    const { signIn } = this;
    return stage === 'first'
      ? (await signIn.prepareFirstFactor({ strategy })).firstFactorVerification
      : (await signIn.prepareSecondFactor({ strategy })).secondFactorVerification;
  }

  /** `explain` says what to show of a refusal. */
  protected resetPassword(params: ResetPasswordParams, explain: (error: unknown) => unknown): unknown {
    return this.run(async (signal) => {
      const answer = await this.signIn.resetPassword(params).catch((error: unknown) => {
        throw explain(error);
      });
      await this.#advance(answer, signal);
    });
  }

  /** Goes on with another way in. */
  protected choose(factor: SignInFactor, stage: Stage): unknown {
    return this.run(async (signal) => {
      await this.#send(factor, stage);
      if (!signal.aborted) this.choice = { engaged: true, factor };
    });
  }

  protected resendCode(factor: SignInFactor, stage: Stage): unknown {
    return this.run(async () => {
      await this.#send(factor, stage, true);
      this.notice = this.strings.emailCode.sent;
    }, this.resend);
  }

  protected override advance(signal: AbortSignal): Promise<void> {
    return this.#advance(this.signIn, signal);
  }

  /** Goes on from where the API says that the attempt stands: sends what the next factor needs, or ends the flow. */
  async #advance(answer: SignInResource, signal: AbortSignal, view?: 'forgotten'): Promise<void> {
    if (signal.aborted) return;
    if (answer.status === 'complete') return this.finish(answer.createdSessionId);
    this.typedPassword = this.typed('password');
    const choice = { engaged: true, view };
    const step = stepOf(answer, this.environment, choice, factors);
    // The next click may need it, if this step does not. A failure is told then.
    const later = fetchLater().catch(() => {});
    if (isLater(step)) await later;
    this.choice = choice;
    if (step.name !== 'factor') return;
    await this.#send(step.factor, step.stage);
  }

  /** Has the API send what the factor needs, unless that is under way to the same place. */
  async #send(factor: SignInFactor, stage: Stage, again = false): Promise<void> {
    const first = stage === 'first';
    const { signIn } = this;
    const params = rulesOf(factors, factor.strategy)?.prepare?.(factor, this.routeUrl('/verify'));
    const verification = first ? signIn.firstFactorVerification : signIn.secondFactorVerification;
    const isSent = isUnderWay(verification, factor.strategy) && (!this.#sentTo || isSameFactor(this.#sentTo, factor));
    if (!params || (isSent && !again)) return;
    await (first ? signIn.prepareFirstFactor(params) : signIn.prepareSecondFactor(params));
    this.#sentTo = factor;
    this.noteSentCode();
  }
}
