import { sessionEndpoints, sessionWithActivity } from '../wire/session.ts';
import type { SessionWithActivityJSON } from '../wire/session.ts';
import { camelCaseKeys } from '../rules/names.ts';
import { take } from './base.ts';
import type { ResourceContext } from './base.ts';
import type { SessionWithActivitiesResource } from './types.ts';

/** A session in the list of the user's devices. */
export class SessionWithActivities implements SessionWithActivitiesResource {
  declare id: string;
  declare status: string;
  declare expireAt: Date;
  declare abandonAt: Date;
  declare lastActiveAt: Date;
  declare latestActivity: SessionWithActivitiesResource['latestActivity'];
  readonly #context: ResourceContext;

  constructor(context: ResourceContext, json: SessionWithActivityJSON) {
    this.#context = context;
    this.#apply(json);
  }

  #apply(json: SessionWithActivityJSON): this {
    take(this, json, sessionWithActivity, new Date(this.#context.platform.now()));
    this.latestActivity = camelCaseKeys(json.latest_activity ?? { id: '' }) as SessionWithActivitiesResource['latestActivity'];
    return this;
  }

  /** Ends that session, on whichever device it is. */
  async revoke(): Promise<SessionWithActivitiesResource> {
    return this.#apply(await this.#context.api.call(sessionEndpoints.revokeSession, { path: { sessionId: this.id } }));
  }
}
