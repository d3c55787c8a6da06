import { ownSessionEndpoints, sessionWithActivity } from '../wire/own-sessions.ts';
import type { SessionWithActivityJSON } from '../wire/own-sessions.ts';
import { camelCaseKeys } from '../rules/names.ts';
import { take } from '../resources/base.ts';
import type { BaseResource } from '../resources/base.ts';
import type { SessionWithActivitiesResource } from '../resources/types.ts';

/** A session in the list of the user's devices. */
export class SessionWithActivities implements SessionWithActivitiesResource {
  declare id: string;
  declare status: string;
  declare expireAt: Date;
  declare abandonAt: Date;
  declare lastActiveAt: Date;
  declare latestActivity: SessionWithActivitiesResource['latestActivity'];
  readonly #user: BaseResource;

  constructor(user: BaseResource, json: SessionWithActivityJSON) {
    this.#user = user;
    this.#apply(json);
  }

  #apply(json: SessionWithActivityJSON): this {
    take(this, json, sessionWithActivity, new Date(this.#user.resourceContext.platform.now()));
    this.latestActivity = camelCaseKeys(json.latest_activity ?? { id: '' }) as SessionWithActivitiesResource['latestActivity'];
    return this;
  }

  /** Ends that session, on whichever device it is. */
  async revoke(): Promise<SessionWithActivitiesResource> {
    return this.#apply(await this.#user.request(ownSessionEndpoints.revokeSession, { path: { sessionId: this.id } }));
  }
}
