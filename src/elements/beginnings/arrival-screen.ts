/** What a card shows to somebody who comes by a link from a mail. */
import type { Arrival } from '../../flows/arrival.ts';
import { linkResultOf } from '../../flows/link-result.ts';
import type { Problem } from '../../flows/problem.ts';
import { en } from '../../i18n/en/beginnings.ts';
import type { ClientResource } from '../../resources/types.ts';
import type { Screen } from '../templates/card.ts';
import { createLinkStatus } from '../templates/link-status.ts';
import type { LinkStatusParts } from '../templates/link-status.ts';

export interface ArrivalContext extends LinkStatusParts {
  flow: 'signIn' | 'signUp';
  client: ClientResource;
  /** What was wrong with the last action. */
  problem: Problem | undefined;
  /** Ends the flow with this session. */
  finish(sessionId: string): unknown;
  /** Goes on with the attempt that this browser has. */
  proceed(): unknown;
  /** Begins anew, without what the address says. */
  startAgain(): unknown;
  /** Goes on with the ticket; failures are shown. */
  takeTicket(ticket: string): unknown;
  otherCardUrl: string;
  /** Has the other card take this one's place, or goes to its page. */
  leaveForOtherCard(url: string): unknown;
}

export const arrivalScreen = (arrival: Exclude<Arrival, { name: 'provider' }>, context: ArrivalContext): Screen =>
  arrival.name === 'ticket' ? ticketScreen(arrival, context) : linkScreen(arrival, context);

function linkScreen(arrival: Extract<Arrival, { name: 'link' }>, context: ArrivalContext): Screen {
  const result = linkResultOf(arrival, context.client);
  const texts = en.link[result.name];
  const status = createLinkStatus(context);
  const screen = { part: 'verify', key: result.name, title: texts.title, subtitle: texts.subtitle };
  switch (result.name) {
    case 'here':
      return { ...screen, fields: status('done'), whileShown: () => context.finish(result.sessionId) };
    case 'onwards':
      return { ...screen, fields: status('done'), whileShown: () => context.proceed() };
    case 'elsewhere':
      return { ...screen, fields: status('done') };
    default:
      return { ...screen, fields: status('refused'), button: en.startAgain, submit: () => context.startAgain() };
  }
}

/** The card that a ticket is for, if the refusal of the other one says so. */
const belongsToOther = ['invitation_account_exists', 'invitation_account_not_exists'];

function ticketScreen({ ticket, status }: Extract<Arrival, { name: 'ticket' }>, context: ArrivalContext): Screen {
  const { problem, flow } = context;
  const isForOther = status === (flow === 'signIn' ? 'sign_up' : 'sign_in');
  if (isForOther || problem?.items.some(({ code }) => belongsToOther.includes(code))) {
    return { part: 'ticket', key: 'other', title: en.ticket.title, whileShown: () => goToOtherCard(ticket, context) };
  }
  if (!problem) return { part: 'ticket', title: en.ticket.title, whileShown: () => context.takeTicket(ticket) };
  const isTemporary = problem.temporary;
  return {
    part: 'ticket',
    key: 'refused',
    title: isTemporary ? en.ticket.failed : en.ticket.refused,
    button: isTemporary ? en.ticket.retry : en.continue,
    submit: () => (isTemporary ? context.takeTicket(ticket) : context.startAgain()),
  };
}

/** The other card finds the ticket in the address, and that it is meant. */
function goToOtherCard(ticket: string, { flow, otherCardUrl, leaveForOtherCard }: ArrivalContext): void {
  const withTicket = (address: string) => {
    const url = new URL(address, location.href);
    url.searchParams.set('__clerk_ticket', ticket);
    url.searchParams.set('__clerk_status', flow === 'signIn' ? 'sign_up' : 'sign_in');
    return url.href;
  };
  history.replaceState(history.state, '', withTicket(location.href));
  leaveForOtherCard(withTicket(otherCardUrl));
}
