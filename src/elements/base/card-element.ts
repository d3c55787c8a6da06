import { css, html, nothing } from 'lit';
import type { FlowName } from '../../clerk/clerk-api.ts';
import { arrivalOf, arrivalParameters } from '../../flows/arrival.ts';
import type { Arrival } from '../../flows/arrival.ts';
import { hasCode, problemOf } from '../../flows/problem.ts';
import type { ArrivingCard } from '../beginnings/arriving-card.ts';
import type { ProviderCard } from '../beginnings/over-provider.ts';
import { partsForFiles } from '../fetch-attempt.ts';
import { fetchBeginnings, fetchedBeginnings } from '../fetch-beginnings.ts';
import { fetchedSessions, fetchSessions } from '../fetch-sessions.ts';
import type { SessionCard } from '../sessions/session-card.ts';
import { cardStyles } from '../styles/card.ts';
import { controls } from '../styles/controls.ts';
import { hostStyles, pageRowStyles } from '../styles/host.ts';
import { reset } from '../styles/reset.ts';
import { tokens } from '../styles/tokens.ts';
import type { Part, Screen } from '../templates/card.ts';
import { classNames } from '../templates/class-names.ts';
import { spinner } from '../templates/icons.ts';
import type { Action } from './action-controller.ts';
import { ClerkFinishedEvent } from './card-events.ts';
import type { ClerkController } from './clerk-controller.ts';
import type { CountdownController } from './countdown-controller.ts';
import { DestinationsElement } from './destinations-element.ts';
import { routeOf, withoutRoute } from './route.ts';

const routeHere = () => routeOf(new URL(location.href));

/** Answers that say: this attempt is gone, or has moved on elsewhere. */
const lostAttempt = ['resource_not_found', 'client_state_invalid', 'sign_in_not_found', 'sign_up_not_found'];

/**
 * What `<clerk-sign-in>` and `<clerk-sign-up>` have in common: loading, failing, a session that is already there, an attempt of the
 * API, and finishing. A card says which screen it shows and what its forms do.
 */
export abstract class ClerkCardElement extends DestinationsElement {
  static override styles = [tokens, reset, controls, hostStyles, pageRowStyles, cardStyles];

  /** What the person has decided, and the API does not know. */
  protected abstract choice: { engaged: boolean; view?: string | undefined };
  /** The session that this card has made, until the page is left. */
  #finished: string | null | undefined;
  /** Where the address led when the card was made. */
  protected readonly route = routeHere();
  /** What the address asks for, until that is done. */
  #arrival = arrivalOf(this.route);
  /** Goes on from where the API says that the attempt stands. */
  protected abstract advance(signal: AbortSignal): Promise<void>;

  /** The screen of the attempt; `undefined` while what it needs is on its way. */
  protected abstract attemptScreen(): Screen | undefined;

  /** Goes on with an invitation or a sign-in token. */
  protected abstract useTicket(ticket: string, signal: AbortSignal): Promise<unknown>;

  /** The event that announces the finished flow; the redirect stays out where the page cancels it. */
  protected abstract completeEvent(sessionId: string | null): Event;

  /**
   * Runs an action of the person. A session that is there already ends the flow with it; an attempt that is lost begins anew.
   */
  protected override run(action: Action, countdown?: CountdownController): Promise<void> {
    return super.run(async (signal) => {
      try {
        await action(signal);
      } catch (error) {
        if (hasCode(error, ...lostAttempt) && !signal.aborted) this.choice = { engaged: false, view: 'start' };
        if (!hasCode(error, 'session_exists', 'identifier_already_signed_in')) throw error;
        // Another tab was faster: go on as that person.
        const client = await this.api.client?.reload();
        await this.finish(problemOf(error).sessionId ?? client?.lastActiveSessionId ?? null);
      }
    }, countdown);
  }

  /** Reads what the address asks for. */
  protected readArrival(): void {
    this.#arrival = arrivalOf(routeHere());
    this.requestUpdate();
  }

  /** What the address has asked for is done; it leaves the address bar, where people copy from. */
  protected leaveArrival(): void {
    if (!this.#arrival) return;
    this.#arrival = undefined;
    history.replaceState(history.state, '', withoutRoute(new URL(location.href), arrivalParameters));
  }

  /** Back to the first screen; what was typed there is kept. */
  protected startAgain(): void {
    this.leaveArrival();
    this.resend.start(0);
    this.choice = { engaged: false, view: 'start' };
    this.follow();
  }

  /** Ends the flow, or the other one that it has become: announces it, then makes the session the current one and goes where the props say. */
  protected async finish(sessionId: string | null, flow?: FlowName): Promise<void> {
    this.leaveArrival();
    this.#finished = sessionId;
    this.requestUpdate();
    // Before the page is told: then it may take the card away.
    const { api } = this;
    if (api.client!.sessions.find(({ id }) => id === sessionId)?.currentTask) {
      // Not yet: something is left to do, and this card shows what.
      this.#finished = undefined;
      this.choice = { engaged: false };
      return api.setActive({ session: sessionId });
    }
    const target = this.redirectTarget(flow);
    const redirectUrl = this.dispatchEvent(this.completeEvent(sessionId)) ? target : undefined;
    await api.setActive({ session: sessionId, ...(redirectUrl && { redirectUrl }) });
    this.#finished = undefined;
    this.dispatchEvent(new ClerkFinishedEvent());
  }

  /** Buttons of the providers, and what stands between them and the fields, if there are any of both. */
  protected socialPart(hasFields: boolean): Part {
    return fetchedBeginnings()?.socialPart(this as unknown as ProviderCard, hasFields, { css, html, nothing, spinner, classNames });
  }

  /** What an attempt takes along to a provider; `undefined` where it cannot leave yet. */
  protected providerParams(): Promise<object | undefined> {
    return Promise.resolve({});
  }

  /** Seen for the moment between signing in and leaving the page, and where somebody else has finished the attempt. */
  protected completeScreen(sessionId: string | null): Screen {
    return { part: 'complete', title: this.strings.signedIn, submit: () => this.run(() => this.finish(sessionId)) };
  }

  /** The API asks for something that is not known here, `what` by its own name for it. */
  protected unsupportedScreen(what: string): Screen {
    const { unsupported: texts, startAgain } = this.strings;
    return {
      part: 'unsupported',
      title: texts.title,
      subtitle: texts.subtitle(what),
      button: startAgain,
      submit: () => this.startAgain(),
    };
  }

  protected override get phase(): ClerkController['phase'] {
    return this.#finished === undefined ? super.phase : 'ready';
  }

  protected override readyScreen(): Screen | undefined {
    if (this.#finished !== undefined) return this.completeScreen(this.#finished);
    const arrival = this.#arrival;
    const { api, environment } = this;
    // Somebody who is here signs out first: a ticket is theirs, or another person's.
    if (arrival && !(environment.singleSessionMode && api.session && arrival.name === 'ticket')) return this.#arrivalScreen(arrival);
    if (api.client!.signedInSessions.length) {
      const sessions = fetchedSessions();
      if (!sessions) return this.awaitFile(fetchSessions);
      const screen = sessions.sessionScreen(this as unknown as SessionCard, partsForFiles());
      if (screen !== 'goesOn') return screen;
    }
    // Buttons that come later would push down what is there.
    return this.environment.social.length && !fetchedBeginnings() ? this.awaitFile(fetchBeginnings) : this.attemptScreen();
  }

  #arrivalScreen(arrival: Arrival): Screen | undefined {
    const beginnings = fetchedBeginnings();
    if (!beginnings) return this.awaitFile(fetchBeginnings);
    return beginnings.screenOnArrival(arrival, this as unknown as ArrivingCard, { css, html, problemOf });
  }
}
