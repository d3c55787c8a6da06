/**
 * What a transaction changes of users and sessions, for whoever has to be told. Store functions note what they change, here and nowhere
 * else; all of it is handed over once, just before the commit, so that what an observer writes is part of the same transaction.
 */
import type { Database } from './database.ts';
import type { Session } from './sessions.ts';
import type { BackendUser } from './users.ts';

/** What has become of a user in a transaction: one thing, however many statements it took. */
export type UserChange = { kind: 'created' | 'updated' } | { kind: 'deleted'; user: BackendUser };

export interface Changes {
  /** By id of the user. */
  users: Map<string, UserChange>;
  /** Sessions that have started or ended, by id, as they are now. */
  sessions: Map<string, Session>;
}

export interface ChangeObserver {
  /** Within the transaction, after all of its work. What it throws rolls the transaction back. */
  beforeCommit(transaction: Database, changes: Changes): Promise<void>;
  afterCommit(): void;
}

const observers = new WeakMap<Database, ChangeObserver>();
const openChanges = new WeakMap<Database, Changes>();

/** From now on each transaction of this database that changes a user or a session tells the observer. There is one at most. */
export function observeChanges(database: Database, observer: ChangeObserver): void {
  observers.set(database, observer);
}

/** Whether anybody would learn of a change. Nothing is read for the sake of changes that nobody looks at. */
export const isObserved = (database: Database): boolean => observers.has(database) || openChanges.has(database);

/** Runs work in the transaction that `run` opens on this database, and tells the observer, if there is one, what it has changed. */
export async function observed<Result>(
  database: Database,
  work: (transaction: Database) => Promise<Result>,
  run: (work: (transaction: Database) => Promise<Result>) => Promise<Result>,
): Promise<Result> {
  const observer = observers.get(database);
  if (!observer) return run(work);
  const changes: Changes = { users: new Map(), sessions: new Map() };
  const isEmpty = () => !changes.users.size && !changes.sessions.size;
  const result = await run(async (transaction) => {
    openChanges.set(transaction, changes);
    const worked = await work(transaction);
    if (!isEmpty()) await observer.beforeCommit(transaction, changes);
    return worked;
  });
  if (!isEmpty()) observer.afterCommit();
  return result;
}

export function noteUser(transaction: Database, id: string, kind: 'created' | 'updated'): void {
  const users = changesOf(transaction)?.users;
  // Who was created here is new to everybody, whatever was changed since.
  if (users && !users.has(id)) users.set(id, { kind });
}

export function noteDeletedUser(transaction: Database, user: BackendUser): void {
  changesOf(transaction)?.users.set(user.id, { kind: 'deleted', user });
}

export function noteSession(transaction: Database, session: Session): void {
  changesOf(transaction)?.sessions.set(session.id, session);
}

function changesOf(database: Database): Changes | undefined {
  if (observers.has(database)) throw new Error('Changes of users and sessions are written in a transaction.');
  return openChanges.get(database);
}
