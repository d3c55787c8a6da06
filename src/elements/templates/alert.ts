import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { alertIcon } from './icons.ts';

/** Messages that belong to no field, announced at once. `note` is announced with them and not once more, so that it may count down. */
export const alert = (messages: string[], note?: string): TemplateResult | typeof nothing =>
  messages.length
    ? html`
        <div class="cl-alert cl-alert__danger" role="alert">
          ${alertIcon}
          <div class="cl-alertTextContainer">
            ${messages.map((text) => html`<p class="cl-alertText">${text}</p>`)}
            ${note ? html`<p class="cl-alertText" aria-live="off">${note}</p>` : nothing}
          </div>
        </div>
      `
    : nothing;
