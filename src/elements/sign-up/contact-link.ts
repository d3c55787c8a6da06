import type { TemplateResult } from 'lit';
import { html, nothing } from '../shared.ts';

/** Whom to ask, where nobody can sign up by themselves. */
export const contactLink = (label: string, address: string): TemplateResult | typeof nothing =>
  address
    ? html`<p><a class="cl-link cl-footerActionLink" href="mailto:${encodeURIComponent(address).replaceAll('%40', '@')}">${label}</a></p>`
    : nothing;
