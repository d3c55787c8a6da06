/** What a card shows where somebody is signed in already. */
import type { SessionResource } from '../resources/types.ts';

export type SessionStep =
  /** Something is to be done before the session is theirs without reserve. */
  | { name: 'task'; key: string; session: SessionResource }
  | { name: 'there'; session: SessionResource }
  /** Several accounts may be signed in: with which of them to go on, or with another one. */
  | { name: 'accounts'; sessions: SessionResource[] };

/** What is known in the card. */
export interface SessionSituation {
  /** The current session. */
  session: SessionResource | null | undefined;
  signedInSessions: SessionResource[];
  /** The instance allows one session only. */
  isSingle: boolean;
  flow: 'signIn' | 'signUp';
  /** Somebody is signing in or up here, beside those who are signed in. */
  isUnderWay: boolean;
}

/** The step to show; `undefined` where the card's own attempt goes on. */
export function sessionStepOf({ session, signedInSessions, isSingle, flow, isUnderWay }: SessionSituation): SessionStep | undefined {
  if (isUnderWay && !isSingle) return undefined;
  const key = session?.currentTask?.key;
  if (session && key !== undefined) return { name: 'task', key, session };
  if (isSingle) return session ? { name: 'there', session } : undefined;
  return flow === 'signIn' && signedInSessions.length ? { name: 'accounts', sessions: signedInSessions } : undefined;
}
