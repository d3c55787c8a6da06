/** The life of sessions: started by a complete sign-in or sign-up, ended by people, administrators and time. */
import type { Dependencies } from '../dependencies.ts';
import { changeAuthentication, findClient, lockClients, supersedeCookies } from '../store/clients.ts';
import type { Database } from '../store/database.ts';
import { closeSessions, findClientsOfSessions, findSessionsOfClient, insertSession } from '../store/sessions.ts';
import type { SessionChoice } from '../store/sessions.ts';
import { findUser } from '../store/users.ts';
import { updateUser } from '../store/write-users.ts';
import { tasksOf } from './session-tasks.ts';

/** Milliseconds: the absolute end of a session, and how long it may lie unused (dossier part 1, §5.2). */
export const sessionLifetime = 7 * 24 * 3600_000;
export const sessionPatience = 30 * 24 * 3600_000;

/** How a session ended. */
export type EndStatus = 'ended' | 'removed' | 'replaced' | 'revoked';

export interface Impersonation {
  actor: Record<string, unknown>;
  lifetime: number;
}

export interface NewSession {
  clientId: string;
  userId: string;
  /** How the user proved who they are: `password`, `email_code` …; shown as "last used" at the next sign-in. */
  strategy: string;
  /** Default: now. */
  firstFactorVerifiedAt?: number | undefined;
  /** `true`: a second factor was proved just now. */
  hasSecondFactor?: boolean;
  /** Somebody who acts in place of the user, and for how many milliseconds at most. */
  impersonation?: Impersonation | undefined;
  /** `true`: the browser is not the one that asks. It keeps its credential, since nobody can hand it another one. */
  isElsewhere?: boolean | undefined;
  address: string;
  userAgent: string | undefined;
}

/**
 * Signs a user in on a client, within the transaction that completes the attempt. Who asks for it claims the browser's credential
 * before and renews it afterwards (`Caller`); the former one stops here, so it never gains the session.
 *
 * @returns the id of the session, which is the client's last active one from now on.
 */
export async function startSession(
  { now: clock, settings }: Pick<Dependencies, 'now' | 'settings'>,
  transaction: Database,
  {
    clientId,
    userId,
    strategy,
    firstFactorVerifiedAt,
    hasSecondFactor = false,
    impersonation,
    isElsewhere,
    address,
    userAgent,
  }: NewSession,
): Promise<string> {
  const now = clock();
  await lockClients(transaction, [clientId]);
  const user = await findUser(transaction, userId);
  if (settings.singleSessionMode) await closeSessions(transaction, { clientId }, 'replaced', now);
  const sessionId = await insertSession(transaction, {
    client_id: clientId,
    user_id: userId,
    expire_at: now + Math.min(sessionLifetime, impersonation?.lifetime ?? sessionLifetime),
    abandon_at: now + sessionPatience,
    last_active_at: now,
    first_factor_verified_at: firstFactorVerifiedAt ?? now,
    second_factor_verified_at: hasSecondFactor ? now : null,
    // What a user has to do is not for others.
    tasks: user && !impersonation ? tasksOf(user, settings) : [],
    actor: impersonation ? JSON.stringify(impersonation.actor) : null,
    user_agent: userAgent?.slice(0, 512) ?? null,
    ip_address: address || null,
    created_at: now,
    updated_at: now,
  });
  const changes = { last_active_session_id: sessionId, last_authentication_strategy: strategy };
  await changeAuthentication(transaction, clientId, changes, now);
  if (!isElsewhere) await supersedeCookies(transaction, clientId, now);
  if (!impersonation) await updateUser(transaction, userId, { last_sign_in_at: now, last_active_at: startOfDay(now) }, now);
  return sessionId;
}

/** `last_active_at` of users has day precision (dossier part 2, §1.12). */
export const startOfDay = (time: number) => time - (time % (24 * 3600_000));

/** Ends all sessions of a user but one, everywhere: after a new password, a ban, or when the user is deleted. */
export async function endSessionsOfUser(
  transaction: Database,
  userId: string,
  { exceptSessionId, now, status }: { exceptSessionId?: string | undefined; now: number; status: EndStatus },
): Promise<void> {
  await endSessions(transaction, { userId, exceptSessionId }, { now, status });
}

/** Ends the chosen sessions that are still active; their clients turn to another session, if they have one. */
export async function endSessions(
  transaction: Database,
  choice: SessionChoice,
  { now, status }: { now: number; status: EndStatus },
): Promise<void> {
  await lockClients(transaction, await findClientsOfSessions(transaction, choice, now));
  for (const clientId of await closeSessions(transaction, choice, status, now)) {
    const open = await findSessionsOfClient(transaction, clientId, now);
    const client = await findClient(transaction, clientId);
    const isStillOpen = open.some(({ id }) => id === client?.last_active_session_id);
    const [latest] = open.sort((one, other) => other.last_active_at - one.last_active_at);
    await changeAuthentication(transaction, clientId, isStillOpen ? {} : { last_active_session_id: latest?.id ?? null }, now);
  }
}
