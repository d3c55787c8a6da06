/** `clerk-sign-up-complete`: the account is ready. Cancelled, its session becomes the current one but the page is not left. Bubbles. */
export class ClerkSignUpCompleteEvent extends Event {
  /** Id of the new session. */
  readonly sessionId: string | null;

  constructor(sessionId: string | null) {
    super('clerk-sign-up-complete', { bubbles: true, composed: true, cancelable: true });
    this.sessionId = sessionId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'clerk-sign-up-complete': ClerkSignUpCompleteEvent;
  }
}
