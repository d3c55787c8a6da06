/**
 * What a card needs only where somebody is signed in already: who that is, a choice of accounts, and what is left to do before a session is
 * theirs without reserve. A file of its own, which imports nothing of the UI file and is given what it needs, as `later.ts` is.
 */
export { sessionScreen } from './sessions/session-screen.ts';
