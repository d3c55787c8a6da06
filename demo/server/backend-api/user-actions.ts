/** What is done to a user without a body of fields: ban, lock, check a password (dossier part 2, §6.4). */
import { endSessionsOfUser } from '../domain/sessions.ts';
import { ApiError, parameterError } from '../errors.ts';
import { inTransaction } from '../store/database.ts';
import { noFailures } from '../store/lockouts.ts';
import { findPasswordHash } from '../store/users.ts';
import { updateUser } from '../store/write-users.ts';
import type { UserChanges } from '../store/write-users.ts';
import { readBody } from './body.ts';
import { requireUser } from './users.ts';
import type { UserRoutes } from './users.ts';

export function addUserActions({ app, context, answer }: UserRoutes): void {
  const { database, now, settings, passwords } = context;
  const set = (path: '/:id/unban' | '/:id/lock' | '/:id/unlock' | '/:id/password/unset_compromised', changes: () => UserChanges) =>
    app.post(path, async (c) => {
      const id = c.req.param('id');
      await updateUser(database, id, changes(), now());
      return answer(c, id);
    });

  app.post('/:id/ban', async (c) => {
    const id = c.req.param('id');
    await inTransaction(database, async (transaction) => {
      await updateUser(transaction, id, { banned: true }, now());
      await endSessionsOfUser(transaction, id, { now: now(), status: 'revoked' });
    });
    return answer(c, id);
  });
  set('/:id/unban', () => ({ banned: false }));
  // Stops sign-ins only: sessions go on (security.md, C6).
  set('/:id/lock', () => ({ locked_until: now() + settings.lockout.durationInMinutes * 60_000 }));
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
