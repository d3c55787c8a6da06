/** What the screens of sessions use of their card, and of the UI file. */
import type { CSSResult } from 'lit';
import type { ClerkApi, FlowName } from '../../clerk/clerk-api.ts';
import type { EnvironmentResource } from '../../resources/types.ts';
import type { AttemptParts } from '../attempt/attempt-card.ts';
import type { Action } from '../base/action-controller.ts';
import type { Later } from '../fetch-later.ts';
import type { fetchedPhone as FetchedPhone, fetchPhone as FetchPhone } from '../fetch-phone.ts';
import type { Screen } from '../templates/card.ts';
import type { FieldHelpers } from '../templates/field.ts';

export interface SessionCard extends FieldHelpers {
  readonly api: ClerkApi;
  readonly environment: EnvironmentResource;
  readonly flow: FlowName;
  readonly action: { readonly busy: boolean; fail(error: unknown): void };
  readonly resend: { readonly left: number };
  choice: { engaged: boolean; view?: string | undefined };
  notice: string | undefined;
  adopt(styles: CSSResult): void;
  run(action: Action): Promise<void>;
  /** What is shown until something is there that is needed. */
  awaitFile(fetch: () => Promise<unknown>): Screen | undefined;
  /** Shows what the card has decided without asking the API. */
  follow(): void;
  /** A code is on its way: the next one has to wait. */
  noteSentCode(): void;
  typed(name: string): string;
  redirectTarget(): string;
  dispatchEvent(event: Event): boolean;
  /** Makes the session the current one, and goes where the props say. */
  finish(sessionId: string): Promise<void>;
}

/** What is needed of the UI file. */
export interface SessionParts extends AttemptParts {
  fetchPhone: typeof FetchPhone;
  fetchedPhone: typeof FetchedPhone;
}

/** What each of the screens is given. */
export interface SessionContext {
  card: SessionCard;
  parts: SessionParts;
  later: Later;
}
