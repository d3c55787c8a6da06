/**
 * What the elements that come in files of their own share with the UI entry. They import every value from here: the build points
 * this import at the UI file, so that a page has one Lit, one set of templates and one set of style sheets.
 */
export { css, html, LitElement, nothing } from 'lit';
export { keyed } from 'lit/directives/keyed.js';
export { ActionController } from './base/action-controller.ts';
export { AttemptCardElement } from './base/attempt-card-element.ts';
export { ClerkFinishedEvent, ClerkNavigateEvent } from './base/card-events.ts';
export { ClerkController } from './base/clerk-controller.ts';
export { ClerkElement } from './base/clerk-element.ts';
export { CountdownController } from './base/countdown-controller.ts';
export { currentClerk } from './base/current-clerk.ts';
export { FormErrors } from './base/form-errors.ts';
export { cardStyles } from './styles/card.ts';
export { controls } from './styles/controls.ts';
export { hostStyles } from './styles/host.ts';
export { reset } from './styles/reset.ts';
export { tokens } from './styles/tokens.ts';
export { alert } from './templates/alert.ts';
export { actionLink, blockButton, primaryButton } from './templates/button.ts';
export { card, footerAction, loadingCard } from './templates/card.ts';
export { classNames } from './templates/class-names.ts';
export { codeField, isCompleteCode, resendLink } from './templates/code-input.ts';
export { checkboxFrame, describedBy, fieldFrame, fieldMessages } from './templates/field.ts';
export { identityPreview } from './templates/identity-preview.ts';
export { passwordHint } from './templates/password-hint.ts';
export { passwordField } from './templates/password-input.ts';
export { hiddenUsername, textField } from './templates/text-input.ts';
export { brokenPasswordRules } from '../flows/password-rules.ts';
export { hasCode, localProblem, problemOf } from '../flows/problem.ts';
export { errorText } from '../i18n/error-text.ts';
export { en } from '../i18n/en.ts';
