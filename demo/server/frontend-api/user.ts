/** The signed-in user (dossier part 2, §1.3, §4.1). */
import type { accountEndpoints } from '../../../src/wire/own-account.ts';
import type { userEndpoints } from '../../../src/wire/user.ts';
import { metadataVersion } from '../api-version.ts';
import type { Dependencies } from '../dependencies.ts';
import { mergeInto, parseMetadata } from '../domain/metadata.ts';
import { requireFreshProof } from '../domain/reverification.ts';
import { endSessionsOfUser, startOfDay } from '../domain/sessions.ts';
import { readProfileChanges } from '../domain/profile.ts';
import { ApiError, authenticationInvalid, parameterError } from '../errors.ts';
import { presentUser } from '../present/user.ts';
import { inTransaction } from '../store/database.ts';
import { findUser } from '../store/users.ts';
import type { User } from '../store/users.ts';
import { changeMetadata, deleteUser, updateUser } from '../store/write-users.ts';
import type { Caller, Handlers } from './handler.ts';

export const userHandlers: Handlers<keyof (typeof userEndpoints & typeof accountEndpoints)> = {
  getUser: async ({ context, caller }) => presentUser(await requireUser(context, caller), context),

  updateUser: async ({ context, caller, form, apiVersion }) => {
    const user = await requireUser(context, caller);
    if (form.password !== undefined) throw passwordDeprecated();
    if (form.unsafe_metadata !== undefined && apiVersion >= metadataVersion) {
      const instead = 'unsafe_metadata is no longer accepted here. Use PATCH /v1/me/metadata instead.';
      throw parameterError('form_param_deprecated', 'unsafe_metadata', instead);
    }
    const changes = readProfileChanges(form, user, context.settings);
    if (sensitive.some((name) => name in changes)) await requireOwner(context, caller);
    if (!Object.keys(changes).length) return presentUser(user, context);
    await updateUser(context.database, user.id, changes, context.now());
    return presentChanged(context, caller, user.id);
  },

  updateUserMetadata: async ({ context, caller, form }) => {
    const { user_id: id } = await caller.session();
    if (form.unsafe_metadata === undefined) {
      throw parameterError('form_param_missing', 'unsafe_metadata', 'unsafe_metadata must be included.');
    }
    const patch = parseMetadata(form.unsafe_metadata, 'unsafe_metadata');
    await changeMetadata(context.database, id, mergeInto({ unsafe_metadata: patch }), context.now());
    return presentChanged(context, caller, id);
  },

  deleteUser: async ({ context, caller }) => {
    const user = await requireOwner(context, caller);
    if (!(user.delete_self_enabled ?? context.settings.deleteSelf)) throw deleteSelfNotEnabled();
    const isDeleted = await inTransaction(context.database, async (transaction) => {
      const now = context.now();
      // Users are locked before clients, as sign-ins do, so that nobody waits in a circle.
      await updateUser(transaction, user.id, { last_active_at: startOfDay(now) }, now);
      // Before the sessions go with their user, their clients have to learn of it.
      await endSessionsOfUser(transaction, user.id, { now, status: 'removed' });
      await caller.claimCredential(transaction);
      return deleteUser(transaction, user.id);
    });
    if (!isDeleted) throw authenticationInvalid();
    caller.renewCredential();
    return { object: 'user', id: user.id, deleted: true };
  },
};

/**
 * Whom the request acts for.
 * @throws ApiError 401 `authentication_invalid`, 403 `user_banned`.
 */
export async function requireUser({ database }: Pick<Dependencies, 'database'>, caller: Caller): Promise<User> {
  const session = await caller.session();
  const user = await findUser(database, session.user_id);
  if (!user) throw authenticationInvalid();
  return user;
}

/**
 * The user as stored now, for this answer and for the client that comes with it.
 * @throws ApiError 401 `authentication_invalid` if somebody has deleted it meanwhile.
 */
async function presentChanged(context: Dependencies, caller: Caller, id: string) {
  const user = await findUser(context.database, id);
  if (!user) throw authenticationInvalid();
  caller.readUsers.push(user);
  return presentUser(user, context);
}

/** What people are found by: changed by nobody who only found an open session. */
const sensitive = ['username', 'primary_email_address_id', 'primary_phone_number_id'];

/**
 * Whom the request acts for, with something that only they themselves may do.
 * @throws ApiError as {@link requireUser}; 403 `session_reverification_required`.
 */
export async function requireOwner(context: Dependencies, caller: Caller): Promise<User> {
  const user = await requireUser(context, caller);
  requireFreshProof(context, await caller.session(), user);
  return user;
}

const passwordDeprecated = () =>
  new ApiError(403, {
    code: 'updating_user_password_deprecated',
    message: 'Updating the password here is no longer supported',
    longMessage: 'The password cannot be changed with this request. Change it in the account settings instead.',
  });

const deleteSelfNotEnabled = () =>
  new ApiError(403, {
    code: 'user_delete_self_not_enabled',
    message: 'User cannot delete own account',
    longMessage: 'You are not allowed to delete your account. Ask the administrator of this application.',
  });
