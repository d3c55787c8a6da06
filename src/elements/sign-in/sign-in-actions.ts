import type { PropertyDeclarations } from 'lit';
import type { FormValues } from '../../factors/factor.ts';
import { hasCode, missingField, problemOf } from '../../flows/problem.ts';
import type { SignInChoice } from '../../flows/sign-in-start.ts';
import type { SignInResource } from '../../resources/types.ts';
import { isPasswordLeaked } from '../../rules/leaked-password.ts';
import { ClerkCardElement } from '../base/card-element.ts';
import { createSteps } from '../fetch-attempt.ts';
import type { AttemptSteps } from '../fetch-attempt.ts';
import { fetchBeginnings } from '../fetch-beginnings.ts';
import { fetchLater } from '../fetch-later.ts';
import { fetchedPhone, fetchPhone } from '../fetch-phone.ts';
import { ClerkSignInCompleteEvent } from './sign-in-events.ts';

const passkey = 'passkey';

/** Whether an identifier is a phone number; with its country it is written so, and no other identifier is. */
export const isPhoneNumber = (identifier: string) => identifier.startsWith('+');

/** Refusals of a password that was given with the identifier: the identifier alone still opens the other ways in. */
const refusedPassword = [
  'form_password_incorrect',
  'form_password_or_identifier_incorrect',
  'form_password_pwned',
  'form_password_compromised',
];

/**
 * What the first screen of the sign-in card asks of the API, and the little that it keeps in mind meanwhile. What comes after it is the business of
 * {@link AttemptSteps}; how it looks is the element's part.
 */
export abstract class SignInActions extends ClerkCardElement {
  static override properties: PropertyDeclarations = { withSignUp: { type: Boolean, attribute: 'with-sign-up' } };

  /** Whoever has no account makes one here. Without a word it is so where the page has an address for signing in and none for signing up. */
  declare withSignUp: boolean | null | undefined;

  protected override readonly flow = 'signIn';
  protected override choice: SignInChoice = { engaged: false };
  protected steps: AttemptSteps | undefined;
  /** Whether the address asks for a sign-up, until it is there (dossier part 1, §5.9). */
  protected wantsSignUp = this.route.name === 'create';
  /** The password of the first screen: what was typed there is not lost on the way to the next. */
  protected typedPassword: string | undefined;

  /** What was typed into the first form; a password is not kept. */
  #typed: FormValues = {};
  #identifier: string | undefined;
  #submitted = '';
  /** The attempt that was begun for autofill, until it is there. */
  #autofill: Promise<SignInResource> | undefined;

  /** Who signs in: as typed here, as the attempt knows it, or as the page has set. */
  protected get identifier(): string {
    const { emailAddress, username, phoneNumber } = this.initialValues ?? {};
    const { identifier } = this.attempt;
    return this.#identifier ?? identifier ?? emailAddress ?? username ?? phoneNumber ?? '';
  }

  /** What the first field holds at first, as it was typed; a phone number is not shown in place of another identifier. */
  protected typedIdentifier(isPhone: boolean): { value: string; country: string | undefined } {
    const { identifier } = this;
    const { identifier: value = identifier, country } = this.#typed;
    return { value: isPhone === isPhoneNumber(identifier) ? value : '', country };
  }

  /** The attempt, as the client has it. */
  protected get attempt(): SignInResource {
    return this.api.client!.signIn;
  }

  /** Whether whoever has no account makes one in this card (dossier part 1, §5.9). */
  protected get isCombined(): boolean {
    const { api, environment, signUpUrl, withSignUp = !signUpUrl && api.buildSignUpUrl().includes('#/create') } = this;
    return withSignUp === true && environment.signUpMode === 'public';
  }

  protected override askForOtherCard(): boolean {
    const isLeft = super.askForOtherCard();
    if (!isLeft || !this.isCombined) return isLeft;
    void this.run(() => this.signUp());
    return false;
  }

  protected override completeEvent(sessionId: string | null): Event {
    return new ClerkSignInCompleteEvent(sessionId);
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
      // Meanwhile. A failure is told when it is needed.
      this.fetchSteps().catch(() => {});
      if (view) await fetchLater();
      let answer: SignInResource | undefined;
      let refusal: unknown;
      const isCombined = !view && this.isCombined;
      // Where nobody may learn who has an account, one proves the address first.
      const signUpIfMissing = isCombined && this.environment.enumerationProtection && /@|^\+/.test(identifier);
      try {
        if (password) {
          answer = await this.attempt.create({ identifier, strategy: 'password', password }).catch((error: unknown) => {
            if (hasCode(error, ...refusedPassword)) {
              refusal = error;
              // It is of no use any more: another one has to be set, or another way taken.
              if (isPasswordLeaked(problemOf(error).items)) view = 'forgotten';
            } else if (!hasCode(error, 'strategy_for_user_invalid')) throw error;
            return undefined;
          });
        }
        answer ??= await this.attempt.create({ identifier, ...(signUpIfMissing && { signUpIfMissing }) });
      } catch (error) {
        if (!isCombined || !hasCode(error, 'form_identifier_not_found')) throw error;
        return signal.aborted ? undefined : this.signUp(identifier, password ?? '');
      }
      await this.advance(signal, answer, view);
      if (refusal) throw refusal;
    });
  }

  /** A passkey of whoever has one here; nobody has said who they are. */
  protected usePasskey(): unknown {
    return this.run(async (signal) => {
      await this.#leaveAutofill();
      const steps = await this.fetchSteps();
      await this.attempt.create({ strategy: passkey });
      await steps.proveOnDevice(passkey, 'first', signal);
    });
  }

  /** Has the browser offer passkeys in the first field, until another way is taken. */
  protected async offerPasskeys(signal: AbortSignal): Promise<void> {
    const beginnings = await fetchBeginnings().catch(() => undefined);
    const create = () => (this.#autofill = this.attempt.create({ strategy: passkey }));
    const publicKeyCredential = await beginnings?.pickFromAutofill(create, signal);
    if (!publicKeyCredential || signal.aborted) return;
    await this.run(async (running) => (await this.fetchSteps()).prove(passkey, 'first', { publicKeyCredential }, running));
  }

  protected override async useTicket(ticket: string, signal: AbortSignal): Promise<void> {
    await this.advance(signal, await this.attempt.create({ strategy: 'ticket', ticket }));
  }

  /** Autofill has an attempt of its own, and the browser asks for one passkey at a time. */
  async #leaveAutofill(): Promise<void> {
    this.stopAttending();
    await this.#autofill?.catch(() => {});
  }

  /** Fetches what comes after the first screen. */
  protected async fetchSteps(): Promise<AttemptSteps> {
    return (this.steps ??= await createSteps(this));
  }

  /** Goes on as a sign-up in this card's place, with what was typed. */
  protected async signUp(...typed: string[]): Promise<void> {
    const steps = await this.fetchSteps();
    this.wantsSignUp = false;
    steps.signUp(...typed);
  }

  /** Goes on from where the API says that the attempt stands: sends what the next factor needs, or ends the flow. */
  protected override async advance(signal: AbortSignal, answer = this.attempt, view?: 'forgotten'): Promise<void> {
    if (signal.aborted) return;
    if (answer.status === 'complete') return this.finish(answer.createdSessionId);
    this.typedPassword = this.typed('password');
    await (await this.fetchSteps()).enter(answer, signal, view);
  }
}
