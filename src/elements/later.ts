/**
 * What the sign-in card does not need at first: the modal dialog, and the screens of codes, of other ways in and of a forgotten password. A file of its own, fetched by
 * the UI file when they come near. It imports nothing of the UI file and is given what it needs instead, so that the files name one
 * another in one direction: each name holds a hash of the content, and a page that pins the core pins them all.
 */
export { ModalDialog } from './modal-dialog.ts';
export { laterFactors } from '../factors/later-screens.ts';
export { laterScreen, methodButton } from './sign-in/later-screens.ts';
