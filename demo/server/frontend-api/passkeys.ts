/** The passkeys of the signed-in user (dossier part 2, §4.1, §9). */
import type { passkeyEndpoints } from '../../../src/wire/own-passkeys.ts';
import type { Dependencies } from '../dependencies.ts';
import { confirmPasskey, createPasskey, removePasskey, renamePasskey } from '../domain/passkeys.ts';
import { passkeyStrategy } from '../domain/passkey-challenges.ts';
import { ApiError, notFound, parameterError } from '../errors.ts';
import { presentPasskey, presentProposedPasskey } from '../present/passkey.ts';
import { describeUserAgent } from '../present/user-agent.ts';
import type { InstanceSettings } from '../settings.ts';
import { findPasskey } from '../store/passkeys.ts';
import type { PasskeyChoice } from '../store/passkeys.ts';
import { findVerification } from '../store/verifications.ts';
import type { Handlers } from './handler.ts';
import { requireOwner, requireUser } from './user.ts';

export const passkeyHandlers: Handlers<keyof typeof passkeyEndpoints> = {
  createPasskey: async ({ context, caller }) => {
    const user = await requireOwner(context, caller);
    requireOffered(context.settings);
    const { id } = await createPasskey(context, user, { origin: caller.origin, name: nameOf(caller.userAgent) });
    return present(context, { id, userId: user.id });
  },

  getPasskey: async ({ context, caller, path }) => {
    const { id: userId } = await requireUser(context, caller);
    return present(context, { id: path.passkeyId, userId });
  },

  verifyPasskey: async ({ context, caller, path, form }) => {
    await caller.checkRate('attempt');
    const { id: userId } = await requireUser(context, caller);
    requireOffered(context.settings);
    if (form.strategy && form.strategy !== passkeyStrategy) {
      throw parameterError('form_param_value_invalid', 'strategy', `strategy must be ${passkeyStrategy}.`);
    }
    const choice = { id: path.passkeyId, userId };
    await confirmPasskey(context, choice, { origin: caller.origin, credential: form.public_key_credential });
    return present(context, choice);
  },

  updatePasskey: async ({ context, caller, path, form }) => {
    const { id: userId } = await requireUser(context, caller);
    const choice = { id: path.passkeyId, userId };
    await renamePasskey(context, choice, form.name);
    return present(context, choice);
  },

  deletePasskey: async ({ context, caller, path }) => {
    const { id: userId } = await requireOwner(context, caller);
    await removePasskey(context, { id: path.passkeyId, userId });
    return { object: 'passkey', id: path.passkeyId, deleted: true };
  },
};

async function present({ database, now }: Dependencies, choice: PasskeyChoice) {
  const passkey = await findPasskey(database, choice);
  if (!passkey) throw notFound('passkey');
  if (passkey.verified_at !== null) return presentPasskey(passkey);
  return presentProposedPasskey(passkey, await findVerification(database, passkey.verification_id), now());
}

/** What a passkey is called until its owner gives it a name of their own. */
function nameOf(userAgent: string | undefined): string {
  const { browser_name: browser, device_type: device } = describeUserAgent(userAgent ?? '');
  if (!browser) return 'Passkey';
  return device ? `${browser} on ${device}` : browser;
}

/** @throws ApiError 403 `feature_not_enabled`: not in this instance. */
function requireOffered({ attributes }: InstanceSettings): void {
  if (attributes.passkey.enabled) return;
  throw new ApiError(403, {
    code: 'feature_not_enabled',
    message: 'Not enabled',
    longMessage: 'Passkeys are not enabled in the settings of this instance.',
  });
}
