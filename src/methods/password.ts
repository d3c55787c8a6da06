/** The password of the signed-in user (dossier part 2, §4.1). */
import type { RemovePasswordParams, UpdatePasswordParams, UserResource } from '../resources/types.ts';
import type { User } from '../resources/user.ts';
import { passwordEndpoints } from '../wire/password.ts';

/** Methods of the user. */
export const passwordOfUser = {
  updatePassword(this: User, params: UpdatePasswordParams): Promise<UserResource> {
    return this.writeUser(passwordEndpoints.changePassword, params);
  },

  removePassword(this: User, params: RemovePasswordParams): Promise<UserResource> {
    return this.writeUser(passwordEndpoints.removePassword, params);
  },
};
