/** Screens on which a flow may end up, whichever flow it is. */
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../../i18n/en.ts';
import { primaryButton } from '../templates/button.ts';
import { card } from '../templates/card.ts';
import type { CardParts } from '../templates/card.ts';

interface FinalCard extends Pick<CardParts, 'flow' | 'headingLevel' | 'logo' | 'alert'> {
  strings: Strings;
}

/** Seen only where somebody else has finished the attempt: a card leaves at once after its own. */
export const completeCard = (parts: FinalCard & { busy: boolean; proceed: () => unknown }): TemplateResult =>
  card({
    ...parts,
    part: 'complete',
    title: parts.strings.signedIn.title,
    actions: primaryButton({ label: parts.strings.continue, busy: parts.busy, onClick: parts.proceed }),
  });

/** The API asks for something that is not known here, `what` by its own name for it. */
export const unsupportedCard = (parts: FinalCard & { what: string; startAgain: () => unknown }): TemplateResult =>
  card({
    ...parts,
    part: 'unsupported',
    title: parts.strings.unsupported.title,
    subtitle: parts.strings.unsupported.subtitle,
    fields: html`<p class="cl-formFieldInfoText">${parts.strings.unsupported.detail(parts.what)}</p>`,
    actions: primaryButton({ label: parts.strings.startAgain, onClick: parts.startAgain }),
  });
