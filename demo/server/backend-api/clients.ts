/** `/v1/clients`: browsers, as backends see them, and the answer to a handshake (dossier part 1, §9.2; part 2, §6.5). */
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { ApiError, notFound, parameterError } from '../errors.ts';
import { presentBackendClient } from '../present/backend-session.ts';
import type { AppEnvironment } from '../request-context.ts';
import { findAllSessionsOfClient } from '../store/backend-sessions.ts';
import { findClient, findClientBySecret } from '../store/clients.ts';
import type { Client } from '../store/clients.ts';
import { takeHandshake } from '../store/handshakes.ts';
import { readBody } from './body.ts';
import { readQuery } from './query.ts';

export function createClientRoutes({ database, now }: Dependencies): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  const answer = async (c: Context<AppEnvironment>, client: Client | undefined) => {
    if (!client) throw notFound('client');
    return c.json(presentBackendClient(client, await findAllSessionsOfClient(database, client, now())));
  };

  app.get('/handshake_payload', async (c) => {
    const nonce = readQuery(c).one('nonce');
    if (nonce === undefined) throw parameterError('form_param_missing', 'nonce', 'nonce must be included.');
    const directives = await takeHandshake(database, nonce, now());
    if (!directives) throw notFound('handshake');
    return c.json({ directives });
  });
  app.get('/', () => {
    throw new ApiError(410, {
      code: 'gone',
      message: 'Gone',
      longMessage: 'Clients cannot be listed. List the sessions of a user instead.',
    });
  });
  app.post('/verify', async (c) => {
    const token = (await readBody(c)).text('token', 16_384);
    if (!token) throw parameterError('form_param_missing', 'token', 'token must be included: the value of the __client cookie.');
    const known = await findClientBySecret(database, { secret: token, kind: 'cookie' }, now());
    return answer(c, known?.client);
  });
  app.get('/:id', async (c) => answer(c, await findClient(database, c.req.param('id'))));
  return app;
}
