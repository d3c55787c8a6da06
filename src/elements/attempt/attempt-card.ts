/** What proving who somebody is needs of the card around it, and of the UI file. */
import type { CSSResult } from 'lit';
import type { FactorParts } from '../../factors/view.ts';
import type { hasCode as HasCode, missingField as MissingField } from '../../flows/problem.ts';
import type { Attempt } from '../../flows/sign-in-flow.ts';
import type { SignInChoice } from '../../flows/sign-in-start.ts';
import type {
  AttemptFactorParams,
  EnvironmentResource,
  PrepareFactorParams,
  ResetPasswordParams,
  SignInFactor,
} from '../../resources/types.ts';
import type { Action } from '../base/action-controller.ts';
import type { CountdownController } from '../base/countdown-controller.ts';
import type { fetchBeginnings as FetchBeginnings } from '../fetch-beginnings.ts';
import type { fetchedLater as FetchedLater, fetchLater as FetchLater } from '../fetch-later.ts';
import type { actionLink as ActionLink } from '../templates/button.ts';
import type { Part, Screen } from '../templates/card.ts';
import type { checkboxFrame as CheckboxFrame, FieldHelpers } from '../templates/field.ts';
import type { passwordField as PasswordField } from '../templates/password-input.ts';

/** A sign-in, or what has the same members. */
export interface LiveAttempt extends Attempt {
  prepareFirstFactor(params: PrepareFactorParams): Promise<unknown>;
  prepareSecondFactor(params: PrepareFactorParams): Promise<unknown>;
  attemptFirstFactor(params: AttemptFactorParams): Promise<Attempt>;
  attemptSecondFactor(params: AttemptFactorParams): Promise<Attempt>;
  resetPassword?(params: ResetPasswordParams): Promise<Attempt>;
  reload?(): Promise<unknown>;
}

/** A card that has somebody prove who they are: the sign-in card, or the one that asks once more. */
export interface AttemptCard extends FieldHelpers {
  readonly isConnected: boolean;
  readonly environment: EnvironmentResource;
  readonly action: { abandon(): void; fail(error: unknown): void };
  /** Counts down to when another code may be asked for. */
  readonly resend: CountdownController;
  readonly attempt: LiveAttempt;
  /** Who signs in, as typed. */
  readonly identifier: string;
  /** The password of the first screen, where it was refused. */
  readonly typedPassword?: string | undefined;
  /** Whom the screen is about. */
  readonly preview?: Part;
  choice: SignInChoice;
  notice: string | undefined;
  adopt(styles: CSSResult): void;
  run(action: Action, countdown?: CountdownController): Promise<void>;
  report(error: unknown): void;
  /** What is in a field now. */
  typed(name: string): string;
  awaitFile(fetch: () => Promise<unknown>): Screen | undefined;
  completeScreen(sessionId: string | null): Screen;
  unsupportedScreen(what: string): Screen;
  startAgain?(): void;
  /** Buttons of the providers. */
  socialPart?(hasFields: boolean): Part;
  /** The text of the button that chooses a factor, where it is not the factor's own. */
  methodOf?(factor: SignInFactor): string | undefined;
  /** Where a link in a mail leads back to. */
  routeUrl(route: string): string;
  noteSentCode(): void;
  /** Goes on from where the API says that the attempt stands. */
  advance(signal: AbortSignal, answer: Attempt): Promise<unknown>;
}

/** What is needed of the UI file. */
export interface AttemptParts extends Omit<FactorParts, 'adopt'> {
  actionLink: typeof ActionLink;
  checkboxFrame: typeof CheckboxFrame;
  passwordField: typeof PasswordField;
  hasCode: typeof HasCode;
  missingField: typeof MissingField;
  fetchBeginnings: typeof FetchBeginnings;
  fetchLater: typeof FetchLater;
  fetchedLater: typeof FetchedLater;
}
