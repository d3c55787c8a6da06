/**
 * The UI entry: a separate ES module that the core imports when a page needs it. It registers `<clerk-sign-in>`; what further
 * elements share with it they find here.
 */
export { startUserInterface } from './elements/user-interface.ts';
export * from './elements/shared.ts';
