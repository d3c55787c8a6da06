/** How a field looks: label row with progress, control, messages, and a button to try again. */
import { html } from '../shared.ts';
import type { Strings } from '../../i18n/en/cards.ts';
import { en } from '../../i18n/en/unsafe-field.ts';
import type { TemplateResult } from 'lit';
import type { SaveStatus } from './draft.ts';
import type { FieldType } from './field-types.ts';
import type { FieldView } from './field-view.ts';

export interface Progress {
  status: SaveStatus;
  /** `false` while the file of its control is on its way. */
  hasControl: boolean;
  retry: (() => void) | undefined;
  strings: Strings;
}

export function fieldTemplate(type: FieldType, view: FieldView, { status, hasControl, retry, strings }: Progress): TemplateResult {
  view.frame.action = statusTemplate(status);
  const whole = type.drawFrame(view, hasControl ? type.drawControl(view) : undefined);
  return html`
    <div class="cl-formFieldBox">${whole}</div>
    ${retry && html`<button type="button" class="cl-link cl-formFieldAction" @click=${retry}>${strings.retry}</button>`}
  `;
}

/** Progress beside the label. Readers are told of the end only: most saves are over at once. */
const statusTemplate = (status: SaveStatus): TemplateResult =>
  html`<span class="cl-formFieldHintText">
    ${status === 'saving' ? html`<span aria-hidden="true" class="cl-saving">${en.saving}</span>` : ''}
    <span role="status">${status === 'saved' ? en.saved : ''}</span>
  </span>`;
