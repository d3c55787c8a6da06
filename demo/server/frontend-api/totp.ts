/** The authenticator app and the backup codes of the signed-in user (dossier part 2, §4.1). */
import type { totpEndpoints, TOTPJSON } from '../../../src/wire/totp.ts';
import type { Complete } from '../../../src/wire/primitives.ts';
import { requireText } from '../domain/form-values.ts';
import { confirmAuthenticator, createAuthenticator, removeAuthenticator, renewBackupCodes } from '../domain/second-factors.ts';
import { ApiError, notFound } from '../errors.ts';
import { createId } from '../ids.ts';
import type { InstanceSettings } from '../settings.ts';
import type { Authenticator } from '../store/authenticators.ts';
import type { Handlers } from './handler.ts';
import { requireOwner, requireUser } from './user.ts';

export const totpHandlers: Handlers<keyof typeof totpEndpoints> = {
  createTOTP: async ({ context, caller }) => {
    const user = await requireOwner(context, caller);
    requireOffered(context.settings);
    const { authenticator, secret, uri } = await createAuthenticator(context, user);
    return present(authenticator, { secret, uri });
  },

  verifyTOTP: async ({ context, caller, form }) => {
    await caller.checkRate('attempt');
    const user = await requireUser(context, caller);
    requireOffered(context.settings);
    const { id: sessionId } = await caller.session();
    const { authenticator, backupCodes } = await confirmAuthenticator(context, user.id, {
      code: requireText(form.code, 'code'),
      sessionId,
    });
    return present(authenticator, { backup_codes: backupCodes });
  },

  deleteTOTP: async ({ context, caller }) => {
    const user = await requireOwner(context, caller);
    const removed = await removeAuthenticator(context, user.id, { byOwner: true });
    if (!removed) throw notFound('authenticator');
    return { object: 'totp', id: removed.id, deleted: true };
  },

  createBackupCodes: async ({ context, caller }) => {
    const user = await requireOwner(context, caller);
    const codes = await renewBackupCodes(context, user.id);
    const now = context.now();
    // The set of codes is nothing that could be asked for again, so its id is kept nowhere.
    return { object: 'backup_code', id: createId('bkp'), codes, created_at: now, updated_at: now };
  },
};

const present = (
  { id, verified_at, created_at, updated_at }: Authenticator,
  shownOnce: { secret?: string; uri?: string; backup_codes?: string[] | null },
): Complete<TOTPJSON> => ({
  object: 'totp',
  id,
  secret: null,
  uri: null,
  verified: verified_at !== null,
  backup_codes: null,
  created_at,
  updated_at,
  ...shownOnce,
});

/** @throws ApiError 403 `feature_not_enabled`: not in this instance. */
function requireOffered({ attributes }: InstanceSettings): void {
  if (attributes.authenticatorApp.enabled) return;
  throw new ApiError(403, {
    code: 'feature_not_enabled',
    message: 'Not enabled',
    longMessage: 'Authenticator apps are not enabled in the settings of this instance.',
  });
}
