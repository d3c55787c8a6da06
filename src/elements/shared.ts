/**
 * What the elements that come in files of their own share with the UI entry. They import every value from here: the build points
 * this import at the UI file, so that a page has one Lit, one set of templates and one set of style sheets. What no element needs is not
 * listed: each name costs bytes.
 */
export { css, html, nothing, ReactiveElement } from 'lit';
export { adoptStyles } from './base/adopt-styles.ts';
export { ClerkCardElement } from './base/card-element.ts';
export { ClerkFinishedEvent } from './base/card-events.ts';
export { ClerkController } from './base/clerk-controller.ts';
export { ClerkElement } from './base/clerk-element.ts';
export { ConnectedElement } from './base/connected-element.ts';
export { CountdownController } from './base/countdown-controller.ts';
export { currentClerk } from './base/current-clerk.ts';
export { createSteps } from './fetch-attempt.ts';
export { furtherFile } from './further-file.ts';
export { readAttribute } from './read-attribute.ts';
export { controls } from './styles/controls.ts';
export { reset } from './styles/reset.ts';
export { tokens } from './styles/tokens.ts';
export { fetchPhone, fetchedPhone } from './fetch-phone.ts';
export { actionLink } from './templates/button.ts';
export { footerAction } from './templates/card.ts';
export { classNames } from './templates/class-names.ts';
export { checkboxFrame, describedBy, fieldFrame } from './templates/field.ts';
export { identityPreview } from './templates/identity-preview.ts';
export { passwordField } from './templates/password-input.ts';
export { textField } from './templates/text-input.ts';
export { missingField, problemOf } from '../flows/problem.ts';
export { en } from '../i18n/en/cards.ts';
export { catalogue } from '../rules/page-texts.ts';
export { errorText } from '../i18n/error-text.ts';
