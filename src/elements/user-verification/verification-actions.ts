import type { FormValues } from '../../factors/factor.ts';
import type { SignInChoice, SignInStep } from '../../flows/sign-in-flow.ts';
import type { SessionVerificationLevel, SessionVerificationResource, SignInFactor, VerificationResource } from '../../resources/types.ts';
import { isCompleteCode } from '../../rules/one-time-code.ts';
import { isUnderWay } from '../../rules/under-way.ts';
import {
  ClerkController,
  ClerkFinishedEvent,
  CountdownController,
  factors,
  fetchBeginnings,
  fetchLater,
  missingField,
  rulesOf,
  ScreenElement,
  stepOf,
} from '../shared.ts';

export type Stage = 'first' | 'second';

/** Links are waited for by sign-ins; the API offers none of them here. */
const known = factors.filter(({ strategy }) => strategy !== 'email_link');

/** What the card asks of the session, and the little that it keeps in mind meanwhile. How it looks is the element's part. */
export abstract class VerificationActions extends ScreenElement {
  /** `first_factor`, `second_factor` (default) or `multi_factor`. */
  declare level: SessionVerificationLevel | null | undefined;
  /** Called once the person has proved who they are. */
  declare afterVerification: (() => void) | undefined;
  /** Called if the card is taken away before. */
  declare afterVerificationCancelled: (() => void) | undefined;

  protected override readonly flow = 'userVerification';
  protected readonly connection = new ClerkController(this);
  /** Counts down to when another code may be asked for. */
  protected readonly resend = new CountdownController(this);
  /** How far the session has got; `undefined` until that is known. */
  protected attempt: SessionVerificationResource | undefined;
  protected choice: SignInChoice = { engaged: true };
  #isDone = false;

  /** Where the verification stands: as a sign-in does that has the same factors. */
  protected get step(): SignInStep {
    const environment = this.connection.clerk!.__internal_environment!;
    return stepOf({ ...this.attempt!, createdSessionId: null }, environment, this.choice, known);
  }

  protected get session() {
    return this.connection.clerk!.session!;
  }

  /** What was proved of a step, or is being proved. */
  protected verificationOf(stage: Stage): VerificationResource {
    return stage === 'first' ? this.attempt!.firstFactorVerification : this.attempt!.secondFactorVerification;
  }

  /** Begins anew: what an earlier card had under way is over. */
  protected async start(signal: AbortSignal): Promise<void> {
    await fetchLater();
    await this.#advance(await this.session.startVerification({ level: this.level ?? 'second_factor' }), signal);
  }

  protected submitFactor(factor: SignInFactor, stage: Stage, values: FormValues): unknown {
    const { code, password } = values;
    const rules = rulesOf(known, factor.strategy)!;
    if (code !== undefined && !(rules.isTextCode ? code.trim() : isCompleteCode(code))) return this.action.fail(missingField('code'));
    if (password === '') return this.action.fail(missingField('password'));
    return this.run(async (signal) => {
      const proof = rules.isOnDevice ? await this.#proofOfDevice(factor, stage) : values;
      const params = rules.attempt!(proof);
      const { session } = this;
      await this.#advance(
        await (stage === 'first' ? session.attemptFirstFactorVerification(params) : session.attemptSecondFactorVerification(params)),
        signal,
      );
    });
  }

  /** Goes on with another way. */
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

  /** Moves to another screen. */
  protected show(view?: 'methods'): void {
    this.follow();
    this.choice = { ...this.choice, view };
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Whoever only moves it puts it back at once.
    queueMicrotask(() => {
      if (this.isConnected || this.#isDone) return;
      this.#isDone = true;
      this.afterVerificationCancelled?.();
    });
  }

  async #advance(answer: SessionVerificationResource, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.attempt = answer;
    this.choice = { engaged: true };
    if (answer.status === 'complete') return this.#finish();
    const { step } = this;
    if (step.name === 'factor') await this.#send(step.factor, step.stage);
  }

  #finish(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.dispatchEvent(new ClerkFinishedEvent());
    this.afterVerification?.();
  }

  async #proofOfDevice({ strategy }: SignInFactor, stage: Stage): Promise<FormValues> {
    await this.#prepare({ strategy }, stage);
    return { publicKeyCredential: await (await fetchBeginnings()).askForPasskey(this.verificationOf(stage).nonce) };
  }

  /** Has the API send what the factor needs, unless that is under way. */
  async #send(factor: SignInFactor, stage: Stage, again = false): Promise<void> {
    const params = rulesOf(known, factor.strategy)?.prepare?.(factor, location.href);
    if (!params || (!again && isUnderWay(this.verificationOf(stage), factor.strategy))) return;
    await this.#prepare(params, stage);
    this.resend.start(30);
  }

  async #prepare(params: { strategy: string }, stage: Stage): Promise<void> {
    const { session } = this;
    this.attempt = await (stage === 'first'
      ? session.prepareFirstFactorVerification(params)
      : session.prepareSecondFactorVerification(params));
  }
}
