/** What is done to a user without a body of fields: ban, lock, check a password or take it away (dossier part 2, §6.4). */
import { removePassword } from '../domain/new-password.ts';
import { endSessionsOfUser } from '../domain/sessions.ts';
import { ApiError, parameterError } from '../errors.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { lockUntil, noFailures } from '../store/lockouts.ts';
import { findBackendUsers, findPasswordHash } from '../store/users.ts';
import { lockUser, updateUser } from '../store/write-users.ts';
import type { UserChanges } from '../store/write-users.ts';
import { readBody } from './body.ts';
import type { Body } from './body.ts';
import { requireUser } from './users.ts';
import type { UserRoutes } from './users.ts';

/** In one request. */
const maximumCount = 50;

export function addUserActions({ app, context, answer, present }: UserRoutes): void {
  const { database, now, settings, passwords } = context;
  const ban = async (transaction: Database, id: string) => {
    await updateUser(transaction, id, { banned: true }, now());
    await endSessionsOfUser(transaction, id, { now: now(), status: 'revoked' });
  };
  const unban = (transaction: Database, id: string) => updateUser(transaction, id, { banned: false }, now());
  /** All of them or none. */
  const many = (path: '/ban' | '/unban', work: (transaction: Database, id: string) => Promise<void>) =>
    app.post(path, async (c) => {
      const ids = readIds(await readBody(c));
      await inTransaction(database, async (transaction) => {
        for (const id of [...ids].sort()) await work(transaction, id);
      });
      const users = new Map((await findBackendUsers(database, ids)).map((user) => [user.id, user]));
      return c.json(ids.flatMap((id) => users.get(id) ?? []).map(present));
    });
  const set = (path: '/:id/unban' | '/:id/lock' | '/:id/unlock' | '/:id/password/unset_compromised', changes: () => UserChanges) =>
    app.post(path, async (c) => {
      const id = c.req.param('id');
      await updateUser(database, id, changes(), now());
      return answer(c, id);
    });

  app.post('/:id/ban', async (c) => {
    const id = c.req.param('id');
    await inTransaction(database, (transaction) => ban(transaction, id));
    return answer(c, id);
  });
  set('/:id/unban', () => ({ banned: false }));
  many('/ban', ban);
  many('/unban', unban);
  // Stops sign-ins only: sessions go on (security.md, C6).
  set('/:id/lock', () => lockUntil(now() + settings.lockout.durationInMinutes * 60_000));
  set('/:id/unlock', () => noFailures);

  // Who has the password only is kept out from now on; who is signed in goes on, unless the backend wants otherwise.
  app.post('/:id/password/set_compromised', async (c) => {
    const id = c.req.param('id');
    const isEnd = (await readBody(c)).flag('revoke_all_sessions') === true;
    await inTransaction(database, async (transaction) => {
      await updateUser(transaction, id, { password_compromised: true }, now());
      if (isEnd) await endSessionsOfUser(transaction, id, { now: now(), status: 'revoked' });
    });
    return answer(c, id);
  });
  set('/:id/password/unset_compromised', () => ({ password_compromised: false }));

  app.post('/:id/remove_password', async (c) => {
    const { id, has_password: hasPassword } = await requireUser(database, c.req.param('id'));
    const isEnd = (await readBody(c)).flag('sign_out_of_other_sessions') === true;
    await inTransaction(database, async (transaction) => {
      await lockUser(transaction, id);
      if (hasPassword) await removePassword(transaction, id, now());
      if (isEnd) await endSessionsOfUser(transaction, id, { now: now(), status: 'revoked' });
    });
    return answer(c, id);
  });

  app.post('/:id/verify_password', async (c) => {
    const { id } = await requireUser(database, c.req.param('id'));
    const password = (await readBody(c)).raw('password');
    if (typeof password !== 'string') throw parameterError('form_param_missing', 'password', 'password must be included as text.');
    const stored = await findPasswordHash(database, id);
    if (stored === null) {
      throw new ApiError(400, { code: 'no_password_set', message: 'No password set', longMessage: 'This user does not have a password.' });
    }
    if (!(await passwords.verify(stored, password))) {
      throw new ApiError(422, {
        code: 'incorrect_password',
        message: 'Incorrect password',
        longMessage: 'The password is not the one of this user.',
      });
    }
    return c.json({ verified: true });
  });
}

/** @throws ApiError 422 for none, or for more than may be given in one request. */
function readIds(body: Body): string[] {
  const ids = [...new Set(body.texts('user_ids'))];
  if (!ids.length) throw parameterError('form_param_missing', 'user_ids', 'user_ids must be included.');
  if (ids.length <= maximumCount) return ids;
  throw parameterError('form_param_array_size_exceeded', 'user_ids', `user_ids takes at most ${maximumCount} values.`);
}
