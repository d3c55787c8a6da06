/** What the user is asked for now and then (dossier part 1, §2.9; part 2, §4.1). */
import type { State } from '../clerk/state.ts';
import { SessionWithActivities } from './session-with-activities.ts';
import { diffPatch } from '../rules/diff-patch.ts';
import type { JsonObject } from '../rules/merge-patch.ts';
import type { SessionWithActivitiesResource, UpdateUserParams, UserResource } from '../resources/types.ts';
import type { User } from '../resources/user.ts';
import { ownSessionEndpoints } from '../wire/own-sessions.ts';
import { userDeletionEndpoints } from '../wire/user-deletion.ts';
import { userEndpoints } from '../wire/user.ts';

/** Methods of the user. */
export const userMethods = {
  async delete(this: User): Promise<void> {
    await this.request(userDeletionEndpoints.deleteUser);
    const state = this.resourceContext as State;
    state.setSession(null);
    state.tell('signout');
    await state.refreshClient();
  },

  async getSessions(this: User): Promise<SessionWithActivitiesResource[]> {
    const list = await this.request(ownSessionEndpoints.listActiveSessions);
    return list.map((session) => new SessionWithActivities(this, session));
  },

  /**
   * The way of API versions that no longer replace metadata: the difference to a fresh copy, as a patch. Nothing of the refused request was
   * applied.
   */
  async replaceByPatch(this: User, { unsafeMetadata, ...rest }: UpdateUserParams): Promise<UserResource> {
    if (Object.keys(rest).length) await this.writeUser(userEndpoints.updateUser, rest);
    else await this.reload();
    const wanted = JSON.parse(JSON.stringify(unsafeMetadata)) as JsonObject;
    const patch = diffPatch(this.unsafeMetadata, wanted);
    return Object.keys(patch).length ? this.writeUser(userEndpoints.updateUserMetadata, { unsafeMetadata: patch }) : this;
  },
};
