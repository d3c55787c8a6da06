/** `clerk-sign-in-complete`: the person is signed in. Cancelled, the session becomes the current one but the page is not left. Bubbles. */
export class ClerkSignInCompleteEvent extends Event {
  /** Id of the new session. */
  readonly sessionId: string | null;

  constructor(sessionId: string | null) {
    super('clerk-sign-in-complete', { bubbles: true, composed: true, cancelable: true });
    this.sessionId = sessionId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'clerk-sign-in-complete': ClerkSignInCompleteEvent;
  }
}
