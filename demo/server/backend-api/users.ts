/** `/v1/users`: the users of the instance, as backends read and write them (dossier part 2, §6.2–§6.4). */
import { Hono } from 'hono';
import type { Context } from 'hono';
import { readApiVersion } from '../api-version.ts';
import type { Dependencies } from '../dependencies.ts';
import { checkRate } from '../domain/rate-limit.ts';
import { importSecondFactors } from '../domain/second-factors.ts';
import { endSessionsOfUser } from '../domain/sessions.ts';
import { notFound } from '../errors.ts';
import { presentBackendUser } from '../present/user.ts';
import type { BackendUserJSON } from '../present/user.ts';
import type { AppEnvironment } from '../request-context.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { countUsers, listUsers } from '../store/list-users.ts';
import { findBackendUser } from '../store/users.ts';
import type { BackendUser } from '../store/users.ts';
import { deleteUser, insertUser, lockUser } from '../store/write-users.ts';
import { readBody } from './body.ts';
import { readNewUser } from './create-user.ts';
import { addReplacementRoutes } from './identifications.ts';
import { readQuery } from './query.ts';
import { addExternalAccountRoutes } from './user-external-accounts.ts';
import { addSecondFactorRoutes, readSecondFactors } from './user-second-factors.ts';
import { addUserActions } from './user-actions.ts';
import { readUserFilter, readUserPage } from './user-filter.ts';
import { addMetadataRoutes } from './user-metadata.ts';
import { applyUserUpdate } from './update-user.ts';

/** What the handlers of one user share. */
export interface UserRoutes {
  app: Hono<AppEnvironment>;
  context: Dependencies;
  /** Answers with the user as it is stored now. */
  answer(c: Context<AppEnvironment>, id: string): Promise<Response>;
  present(user: BackendUser): BackendUserJSON;
}

/** @throws ApiError 404 if there is no such user. */
export async function requireUser(database: Database, id: string): Promise<BackendUser> {
  const user = await findBackendUser(database, id);
  if (!user) throw notFound('user');
  return user;
}

export function createUserRoutes(context: Dependencies): Hono<AppEnvironment> {
  const { database, now } = context;
  const app = new Hono<AppEnvironment>();
  const present = (user: BackendUser) => presentBackendUser(user, context);
  const answer: UserRoutes['answer'] = async (c, id) => c.json(present(await requireUser(database, id)));

  app.get('/', async (c) => {
    const query = readQuery(c);
    const page = await readUserPage(query, (id) => requireUser(database, id));
    return c.json((await listUsers(database, readUserFilter(query), page)).map(present));
  });
  app.get('/count', async (c) => {
    return c.json({ object: 'total_count', total_count: await countUsers(database, readUserFilter(readQuery(c))) });
  });
  app.post('/', async (c) => {
    const body = await readBody(c);
    const factors = readSecondFactors(body, context);
    const user = await readNewUser(body, context);
    const { id } = await inTransaction(database, async (transaction) => {
      const inserted = await insertUser(transaction, user, now());
      await importSecondFactors(context, transaction, inserted.id, factors);
      return inserted;
    });
    return answer(c, id);
  });
  app.get('/:id', (c) => answer(c, c.req.param('id')));
  app.patch('/:id', async (c) => {
    const id = c.req.param('id');
    await checkRate(context, 'userUpdate', id);
    await applyUserUpdate(context, { id, body: await readBody(c), apiVersion: readApiVersion(c) });
    return answer(c, id);
  });
  app.delete('/:id', async (c) => {
    const id = c.req.param('id');
    const { external_id } = await requireUser(database, id);
    await inTransaction(database, async (transaction) => {
      await lockUser(transaction, id);
      // Before the rows go, so that browsers notice.
      await endSessionsOfUser(transaction, id, { now: now(), status: 'removed' });
      if (!(await deleteUser(transaction, id))) throw notFound('user');
    });
    return c.json({ object: 'user', id, deleted: true, ...(external_id !== null && { external_id }) });
  });

  const routes: UserRoutes = { app, context, answer, present };
  addMetadataRoutes(routes);
  addUserActions(routes);
  addReplacementRoutes(routes);
  addSecondFactorRoutes(routes);
  addExternalAccountRoutes(routes);
  // Organisations are none of this server's, so nobody is in one.
  for (const path of ['/:id/organization_memberships', '/:id/organization_invitations'] as const) {
    app.get(path, async (c: Context<AppEnvironment, typeof path>) => {
      await requireUser(database, c.req.param('id'));
      return c.json({ data: [], total_count: 0 });
    });
  }
  return app;
}
