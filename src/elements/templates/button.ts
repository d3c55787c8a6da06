/** Buttons, and the links that are buttons. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { spinner } from './icons.ts';

export interface PrimaryButton {
  label: string;
  /** Shows a spinner beside the label. */
  busy: boolean;
  /** Why it cannot be used for now. It keeps the focus, unlike a disabled button; whoever handles its action has to look. */
  waiting: string | undefined;
  /** Without one it submits its form. */
  onClick: ((event: Event) => unknown) | undefined;
}

/** The button that goes on from a screen. */
export const primaryButton = ({ label, busy, waiting, onClick }: PrimaryButton): TemplateResult => html`
  <button
    type=${onClick ? 'button' : 'submit'}
    class="cl-formButtonPrimary ${busy ? 'cl-loading' : ''}"
    aria-disabled=${busy || waiting ? 'true' : nothing}
    @click=${onClick}
  >
    ${busy ? spinner : nothing}<span>${label}</span>
  </button>
`;

/** Moves within a card: a link to the reader, though it has no address. `element` is Clerk's name of the part. */
export const actionLink = (element: string, label: string, onClick: () => unknown): TemplateResult => html`
  <button type="button" role="link" class="cl-link cl-${element}" @click=${onClick}>${label}</button>
`;
