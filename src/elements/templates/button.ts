/** Buttons, and the links that are buttons. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classNames } from './class-names.ts';
import { arrowIcon, spinner } from './icons.ts';

export interface PrimaryButton {
  label: string;
  /** Shows a spinner beside the label. */
  busy?: boolean;
  /** Cannot be used for now. It keeps the focus, unlike a disabled button; whoever handles its action has to look. */
  waiting?: boolean;
  /** Without one it submits its form. */
  onClick?: () => unknown;
}

export const primaryButton = ({ label, busy = false, waiting = false, onClick }: PrimaryButton): TemplateResult => html`
  <button
    type=${onClick ? 'button' : 'submit'}
    class=${classNames('formButtonPrimary', undefined, busy && 'loading')}
    aria-disabled=${busy || waiting ? 'true' : nothing}
    @click=${onClick}
  >
    ${busy ? spinner : nothing}<span>${label}</span>
  </button>
`;

/** A wide button of second rank, such as another way to sign in. */
export const blockButton = (label: string, onClick: () => unknown): TemplateResult => html`
  <button type="button" class="cl-alternativeMethodsBlockButton" @click=${onClick}>
    <span class="cl-alternativeMethodsBlockButtonText">${label}</span>${arrowIcon}
  </button>
`;

/** Moves within a card: a link to the reader, though it has no address. `element` is Clerk's name of the part. */
export const actionLink = (element: string, label: string, onClick: () => unknown): TemplateResult => html`
  <button type="button" role="link" class=${classNames(element)} @click=${onClick}>${label}</button>
`;
