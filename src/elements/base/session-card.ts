import type { TemplateResult } from 'lit';
import type { Strings } from '../../i18n/en.ts';
import type { SessionResource } from '../../resources/types.ts';
import { actionLink, primaryButton } from '../templates/button.ts';
import { card } from '../templates/card.ts';
import type { CardParts } from '../templates/card.ts';

interface SessionCard {
  frame: Pick<CardParts, 'flow' | 'part' | 'title' | 'headingLevel' | 'logo'>;
  strings: Strings;
  session: SessionResource | undefined;
  alert: CardParts['alert'];
  busy: boolean;
  /** Goes on as this person. */
  proceed: () => unknown;
  signOut: () => unknown;
}

/** Who is signed in, with the ways on; also what is shown for the moment between signing in and leaving the page. */
export const sessionCard = ({ frame, strings, session, alert, busy, proceed, signOut }: SessionCard): TemplateResult =>
  card({
    ...frame,
    subtitle: session?.user?.primaryEmailAddress?.emailAddress ?? session?.publicUserData.identifier,
    alert,
    actions: [
      primaryButton({ label: strings.continue, busy, onClick: proceed }),
      actionLink('backLink', strings.signOut, signOut),
    ],
  });
