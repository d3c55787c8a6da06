import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { editIcon } from './icons.ts';

/** Whom a screen is about, with a button to change that. */
export const identityPreview = (identifier: string, editLabel: string, edit: () => unknown): TemplateResult => html`
  <div class="cl-identityPreview">
    <span class="cl-identityPreviewText" dir="auto">${identifier}</span>
    <button type="button" class="cl-iconButton cl-identityPreviewEditButton" aria-label=${editLabel} @click=${edit}>${editIcon}</button>
  </div>
`;
