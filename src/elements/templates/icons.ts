/** Line icons, 20 × 20, coloured by the text around them. They say nothing that the text does not. */
import { html } from 'lit';

export const eyeIcon = html`<svg class="cl-formFieldInputShowPasswordIcon" viewBox="0 0 20 20" aria-hidden="true">
  <path d="M2 10s3-5.5 8-5.5 8 5.5 8 5.5-3 5.5-8 5.5S2 10 2 10Z" />
  <circle cx="10" cy="10" r="2.5" />
  <path class="cl-strike" d="m4 16 12-12" />
</svg>`;

export const editIcon = html`<svg class="cl-identityPreviewEditButtonIcon" viewBox="0 0 20 20" aria-hidden="true">
  <path d="m12.5 4.5 3 3L7 16H4v-3l8.5-8.5Z" />
</svg>`;

export const alertIcon = html`<svg class="cl-alertIcon" viewBox="0 0 20 20" aria-hidden="true">
  <circle cx="10" cy="10" r="7.5" />
  <path d="M10 6v4.5M10 13.5v.01" />
</svg>`;

export const spinner = html`<span class="cl-spinner" aria-hidden="true"></span>`;
