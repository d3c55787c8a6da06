/** The first screen of a card that somebody comes to by an address which says more than where it is. */
import type { css as Css, CSSResult, html as Html } from 'lit';
import type { Arrival } from '../../flows/arrival.ts';
import type { problemOf as ProblemOf } from '../../flows/problem.ts';
import { en } from '../../i18n/en/beginnings.ts';
import type { Screen } from '../templates/card.ts';
import { createLinkStatus } from '../templates/link-status.ts';
import { arrivalScreen } from './arrival-screen.ts';
import { comeBack } from './over-provider.ts';
import type { ProviderCard } from './over-provider.ts';

/** What it uses of a card. */
export interface ArrivingCard extends ProviderCard {
  choice: { engaged: boolean };
  /** Address of the other card; afterwards it leads to `redirectUrl`. */
  otherCardUrl(redirectUrl: string): string;
  follow(): void;
  useTicket(ticket: string, signal: AbortSignal): Promise<void>;
  /** `false` where the other card takes this one's place. */
  askForOtherCard(): boolean;
}

export function screenOnArrival(
  arrival: Arrival,
  card: ArrivingCard,
  { css, html, problemOf }: { css: typeof Css; html: typeof Html; problemOf: typeof ProblemOf },
): Screen {
  const { error } = card.action;
  const context = {
    css,
    html,
    adopt: (styles: CSSResult) => card.adopt(styles),
    flow: card.flow,
    client: card.api.client!,
    problem: error === undefined ? undefined : problemOf(error),
    finish: (sessionId: string) => card.run(() => card.finish(sessionId)),
    proceed() {
      card.leaveArrival();
      card.choice = { engaged: true };
      card.follow();
    },
    startAgain: () => card.startAgain(),
    takeTicket: (ticket: string) =>
      card.run(async (signal) => {
        await card.useTicket(ticket, signal);
        card.leaveArrival();
      }),
    otherCardUrl: card.otherCardUrl(card.redirectTarget()),
    leaveForOtherCard: (url: string) => card.askForOtherCard() && card.api.navigate(url),
  };
  if (arrival.name !== 'provider') return arrivalScreen(arrival, context);
  createLinkStatus(context);
  return {
    part: 'ssoCallback',
    title: en.ticket.title,
    fields: html`<div class="cl-verificationLinkStatusBox"><span class="cl-spinner" aria-hidden="true"></span></div>`,
    whileShown: () => card.run((signal) => comeBack(card, signal)),
  };
}
