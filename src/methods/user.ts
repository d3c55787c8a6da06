/** What the user is asked for now and then (dossier part 1, §2.9; part 2, §4.1). */
import { stateOf } from './state-of.ts';
import { diffPatch } from '../rules/diff-patch.ts';
import type { JsonObject } from '../rules/merge-patch.ts';
import type { UpdateUserParams, UserResource } from '../resources/types.ts';
import type { User } from '../resources/user.ts';
import { accountEndpoints } from '../wire/own-account.ts';
import { userEndpoints } from '../wire/user.ts';

/** Methods of the user. */
export const userMethods = {
  reload(this: User): Promise<UserResource> {
    return this.send(accountEndpoints.getUser, { reload: true });
  },

  async delete(this: User): Promise<void> {
    await this.request(accountEndpoints.deleteUser);
    const state = stateOf(this);
    state.setSession(null);
    state.tell('signout');
    await state.refreshClient();
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
