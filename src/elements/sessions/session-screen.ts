/** Which screen somebody sees who is signed in already. */
import { sessionStepOf } from '../../flows/session-flow.ts';
import type { Screen } from '../templates/card.ts';
import { accountsScreen, sessionThereScreen } from './accounts.ts';
import type { SessionCard, SessionParts } from './session-card.ts';
import { savedCodesScreen, taskScreen } from './tasks.ts';

/** `goesOn`: the card's own attempt does. Otherwise the screen; `undefined` while what it needs is on its way. */
export function sessionScreen(card: SessionCard, parts: SessionParts): Screen | 'goesOn' | undefined {
  const { api, environment, choice, flow } = card;
  const step = sessionStepOf({
    session: api.session,
    signedInSessions: api.client!.signedInSessions,
    isSingle: environment.singleSessionMode,
    flow,
    isUnderWay: choice.engaged || choice.view !== undefined,
  });
  if (!step) return 'goesOn';
  const later = parts.fetchedLater();
  if (!later) return card.awaitFile(parts.fetchLater);
  const context = { card, parts, later };
  const codes = savedCodesScreen(context);
  if (codes) return codes;
  switch (step.name) {
    case 'task':
      return taskScreen(step, context);
    case 'there':
      return sessionThereScreen(step.session, context);
    case 'accounts':
      return accountsScreen(step.sessions, context);
  }
}
