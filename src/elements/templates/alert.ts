import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { alertIcon } from './icons.ts';

/** Messages that belong to no field, announced at once. `note` stands below them and is not announced, so that it may count down. */
export const alert = (messages: string[], note?: string): TemplateResult | typeof nothing =>
  messages.length
    ? html`
        <div class="cl-alert cl-alert__danger" role="alert">
          ${alertIcon}
          <div class="cl-alertTextContainer">${messages.map((text) => html`<p class="cl-alertText">${text}</p>`)}</div>
        </div>
        ${note ? html`<p class="cl-formFieldInfoText">${note}</p>` : nothing}
      `
    : nothing;
