/** What is asked of a session now and then (dossier part 2, §4.3). */
import type { Session } from '../resources/session.ts';
import type { SessionResource } from '../resources/types.ts';
import { oneSessionEndpoints } from '../wire/one-session.ts';

/** Methods of a session. */
export const sessionMethods = {
  reload(this: Session): Promise<SessionResource> {
    return this.send(oneSessionEndpoints.getSession, { path: { sessionId: this.id } });
  },

  end(this: Session): Promise<SessionResource> {
    return this.act(oneSessionEndpoints.endSession);
  },

  remove(this: Session): Promise<SessionResource> {
    return this.act(oneSessionEndpoints.removeSession);
  },
};
