/**
 * How a card speaks with what it stands in. `startUserInterface()` listens to both on every node it fills and every dialog it
 * opens; a card that a page has written itself is simply left by its link.
 */
import type { FlowName } from '../../clerk/clerk-api.ts';

/**
 * `clerk-navigate`: somebody wants the other card. Where nobody cancels it the link is followed; who cancels it shows the other
 * card in this one's place.
 */
export class ClerkNavigateEvent extends Event {
  /** The card that is wanted. */
  readonly to: FlowName;
  /** Its props, made of this card's. */
  readonly props: object;

  constructor(to: FlowName, props: object) {
    super('clerk-navigate', { bubbles: true, composed: true, cancelable: true });
    this.to = to;
    this.props = props;
  }
}

/** `clerk-finished`: the card has nothing more to do; a dialog around it closes. */
export class ClerkFinishedEvent extends Event {
  constructor() {
    super('clerk-finished', { bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'clerk-navigate': ClerkNavigateEvent;
    'clerk-finished': ClerkFinishedEvent;
  }
}
