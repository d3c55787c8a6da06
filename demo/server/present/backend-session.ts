/** Sessions and clients as backends see them (dossier part 2, §6.5). */
import type { Client } from '../store/clients.ts';
import type { Session } from '../store/sessions.ts';

export interface BackendSessionJSON {
  object: 'session';
  id: string;
  client_id: string;
  user_id: string;
  status: string;
  last_active_organization_id: null;
  last_active_at: number;
  expire_at: number;
  abandon_at: number;
  actor: Record<string, unknown> | null;
  tasks: { key: string }[] | null;
  created_at: number;
  updated_at: number;
}

/** What is left to do, by name; `null` if nothing is. */
export const presentTasks = ({ tasks }: Pick<Session, 'tasks'>): { key: string }[] | null =>
  tasks.length ? tasks.map((key) => ({ key })) : null;

export function presentBackendSession(session: Session): BackendSessionJSON {
  return {
    object: 'session',
    id: session.id,
    client_id: session.client_id,
    user_id: session.user_id,
    status: session.status,
    last_active_organization_id: null,
    last_active_at: session.last_active_at,
    expire_at: session.expire_at,
    abandon_at: session.abandon_at,
    actor: session.actor,
    tasks: presentTasks(session),
    created_at: session.created_at,
    updated_at: session.updated_at,
  };
}

export interface BackendClientJSON extends Omit<Client, 'id'> {
  object: 'client';
  id: string;
  session_ids: string[];
  sessions: BackendSessionJSON[];
}

export function presentBackendClient(client: Client, sessions: readonly Session[]): BackendClientJSON {
  return {
    object: 'client',
    id: client.id,
    session_ids: sessions.map(({ id }) => id),
    sessions: sessions.map(presentBackendSession),
    sign_in_id: client.sign_in_id,
    sign_up_id: client.sign_up_id,
    last_active_session_id: client.last_active_session_id,
    last_authentication_strategy: client.last_authentication_strategy,
    created_at: client.created_at,
    updated_at: client.updated_at,
  };
}
