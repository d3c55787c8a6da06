import { ownSessionEndpoints, sessionWithActivity } from '../wire/own-sessions.ts';
import type { SessionWithActivityJSON } from '../wire/own-sessions.ts';
import { camelCaseKeys } from '../rules/names.ts';
import { BaseResource, take } from '../resources/base.ts';
import type { SessionWithActivitiesResource } from '../resources/types.ts';
import type { User } from '../resources/user.ts';

/** A session in the list of the user's devices. */
export class SessionWithActivities extends BaseResource implements SessionWithActivitiesResource {
  declare id: string;
  declare status: string;
  declare expireAt: Date;
  declare abandonAt: Date;
  declare lastActiveAt: Date;
  declare actor: Record<string, unknown> | null;
  declare latestActivity: SessionWithActivitiesResource['latestActivity'];

  constructor(user: BaseResource, json: SessionWithActivityJSON) {
    super(user.resourceContext, '/me/sessions', user.actingSessionId);
    this.apply(json);
  }

  override apply(json: SessionWithActivityJSON): this {
    take(this, json, sessionWithActivity, new Date(this.resourceContext.platform.now()));
    this.latestActivity = camelCaseKeys(json.latest_activity ?? { id: '' }) as SessionWithActivitiesResource['latestActivity'];
    return this;
  }

  /** The API has a list of them only. */
  override async reload(): Promise<this> {
    const json = (await this.request(ownSessionEndpoints.listSessions)).find(({ id }) => id === this.id);
    return json ? this.apply(json) : this;
  }

  /** Ends that session, on whichever device it is. */
  async revoke(): Promise<SessionWithActivitiesResource> {
    return this.send(ownSessionEndpoints.revokeSession, { path: { sessionId: this.id } });
  }
}

/** Methods of the user. */
export const sessionsOfUser = {
  async getSessions(this: User): Promise<SessionWithActivitiesResource[]> {
    const list = await this.request(ownSessionEndpoints.listActiveSessions);
    return list.map((session) => new SessionWithActivities(this, session));
  },
};
