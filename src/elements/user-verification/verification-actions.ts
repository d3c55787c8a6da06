import type { LiveAttempt } from '../attempt/attempt-card.ts';
import type { SignInChoice } from '../../flows/sign-in-start.ts';
import type { SessionVerificationLevel, SessionVerificationResource } from '../../resources/types.ts';
import type { AttemptSteps } from '../fetch-attempt.ts';
import { ClerkFinishedEvent, ConnectedElement, createSteps } from '../shared.ts';

/** What the card asks of the session, and the little that it keeps in mind meanwhile. How it looks is the element's part. */
export abstract class VerificationActions extends ConnectedElement {
  /** `first_factor`, `second_factor` (default) or `multi_factor`. */
  declare level: SessionVerificationLevel | null | undefined;
  /** Called once the person has proved who they are. */
  declare afterVerification: (() => void) | undefined;
  /** Called if the card is taken away before. */
  declare afterVerificationCancelled: (() => void) | undefined;

  protected override readonly flow = 'userVerification';
  /** How far the session has got; `undefined` until that is known. */
  protected answer: SessionVerificationResource | undefined;
  protected choice: SignInChoice = { engaged: true };
  protected steps: AttemptSteps | undefined;
  #isDone = false;

  protected get session() {
    return this.api.session!;
  }

  protected get identifier(): string {
    return this.session.publicUserData.identifier;
  }

  /** The verification in the shape of a sign-in, which has the same factors. */
  protected get attempt(): LiveAttempt {
    const answer = this.answer!;
    const { session } = this;
    const take = async (coming: Promise<SessionVerificationResource>) => ({ ...(this.answer = await coming), createdSessionId: null });
    return {
      ...answer,
      createdSessionId: null,
      // Links are waited for by sign-ins; the API offers none of them here.
      supportedFirstFactors: answer.supportedFirstFactors?.filter(({ strategy }) => strategy !== 'email_link') ?? null,
      prepareFirstFactor: (params) => take(session.prepareFirstFactorVerification(params)),
      prepareSecondFactor: (params) => take(session.prepareSecondFactorVerification(params)),
      attemptFirstFactor: (params) => take(session.attemptFirstFactorVerification(params)),
      attemptSecondFactor: (params) => take(session.attemptSecondFactorVerification(params)),
    };
  }

  /** Begins anew: what an earlier card had under way is over. */
  protected async start(signal: AbortSignal): Promise<void> {
    this.steps = await createSteps(this);
    const answer = await this.session.startVerification({ level: this.level ?? 'second_factor' });
    if (signal.aborted) return;
    this.answer = answer;
    await this.advance(signal);
  }

  /** Goes on from where the API says that the verification stands. */
  protected async advance(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    if (this.answer!.status === 'complete') this.#finish();
    else await this.steps!.enter(this.attempt, signal);
  }

  protected routeUrl(): string {
    return location.href;
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

  #finish(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.dispatchEvent(new ClerkFinishedEvent());
    this.afterVerification?.();
  }
}
