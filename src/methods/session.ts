/** What is asked of a session now and then (dossier part 2, §4.3). */
import type { Session } from '../resources/session.ts';
import type { SessionResource } from '../resources/types.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { oneSessionEndpoints } from '../wire/one-session.ts';
import { stateOf } from './state-of.ts';

/** Methods of a session. */
export const sessionMethods = {
  reload(this: Session): Promise<SessionResource> {
    return this.send(oneSessionEndpoints.getSession, { path: { sessionId: this.id } });
  },

  end(this: Session): Promise<SessionResource> {
    return leave(this, oneSessionEndpoints.endSession);
  },

  remove(this: Session): Promise<SessionResource> {
    return leave(this, oneSessionEndpoints.removeSession);
  },
};

async function leave(session: Session, endpoint: Endpoint): Promise<SessionResource> {
  await session.act(endpoint);
  stateOf(session).tell('signout');
  return session;
}
