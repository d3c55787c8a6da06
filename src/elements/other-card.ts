/** The other card in the place of one, on the same page. Part of further files. */
import type { ClerkApi, FlowName } from '../clerk/clerk-api.ts';

/** What it uses of a card. */
export interface ReplaceableCard {
  readonly api: ClerkApi;
  readonly flow: FlowName;
  readonly modal: boolean;
  /** What is shown in this card's place. */
  otherCard: HTMLElement | undefined;
  /** Address of a route of this card. */
  routeUrl(route: string, isHere?: boolean): string;
  /** Props for the other card. */
  otherProps(flow: FlowName): object;
  /** Reads what the address asks for. */
  readArrival(): void;
  /** What the address says is dealt with. */
  leaveArrival(): void;
  startAgain(): void;
  focusField(name: string): Promise<void>;
}

/** Another route of this page, for whoever loads it again. */
export function moveTo(card: Pick<ReplaceableCard, 'routeUrl'>, route: string): void {
  history.replaceState(history.state, '', card.routeUrl(route, true).replace(/#\/$/, ''));
}

/** A ticket stays in the address, where the other card finds it. */
const hasTicket = () => new URL(location.href).searchParams.has('__clerk_ticket');

/**
 * Shows the other card until it wants this one back.
 * @param route where the page is then; a dialog has no address of its own
 * @param values what its fields hold at first, by field name
 */
export function showOtherCard(card: ReplaceableCard, flow: FlowName, route: string, values?: Record<string, string | undefined>): void {
  const move = (to: string) => card.modal || moveTo(card, to);
  if (!hasTicket()) {
    card.leaveArrival();
    move(route);
  }
  const node = (card.otherCard = document.createElement('div'));
  const comeBack = (event: GlobalEventHandlersEventMap['clerk-navigate']) => {
    if (event.to !== card.flow) return;
    event.preventDefault();
    event.stopPropagation();
    card.otherCard = undefined;
    if (hasTicket()) return card.readArrival();
    move('/');
    card.startAgain();
    void card.focusField('identifier');
  };
  node.addEventListener('clerk-navigate', comeBack, { capture: true });
  const props: { initialValues?: object } = card.otherProps(flow);
  const initialValues = { ...props.initialValues, ...values };
  card.api[flow === 'signUp' ? 'mountSignUp' : 'mountSignIn'](node, { ...props, initialValues });
}
