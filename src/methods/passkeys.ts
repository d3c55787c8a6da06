/** Passkeys: signing in with one, and those of the signed-in user (dossier part 2, §9). */
import { ClerkRuntimeError } from '../errors.ts';
import { Passkey } from '../resources/passkey.ts';
import type { Session } from '../resources/session.ts';
import type { SignIn } from '../resources/sign-in.ts';
import type {
  AuthenticateWithPasskeyParams,
  DeletedObjectResource,
  PasskeyResource,
  SessionVerificationResource,
  UpdatePasskeyParams,
} from '../resources/types.ts';
import type { User } from '../resources/user.ts';
import {
  credentialJSON,
  creationOptionsOf,
  isWebAuthnPlatformAuthenticatorSupported,
  isWebAuthnSupported,
  passkeyErrorCode,
  requestOptionsOf,
} from '../rules/webauthn.ts';
import type { PasskeyErrorCode } from '../rules/webauthn.ts';
import { passkeyEndpoints } from '../wire/own-passkeys.ts';
import { deletedObjectOf } from './second-factors.ts';

const strategy = 'passkey';

/** What the browser or the device has refused, with one of Clerk's codes. */
export class ClerkWebAuthnError extends ClerkRuntimeError {
  static override readonly kind: string = 'ClerkWebAuthnError';
  declare readonly code: PasskeyErrorCode;
}

const messages: Partial<Record<PasskeyErrorCode, string>> = {
  passkey_not_supported: 'This browser knows no passkeys',
  passkey_pa_not_supported: 'This device keeps no passkeys itself',
  passkey_invalid_rpID_or_domain: 'Passkeys do not work at this address',
  passkey_already_exists: 'This device has a passkey for this account already',
  passkey_operation_aborted: 'Another request for a passkey has taken the place of this one',
};

const failure = (code: PasskeyErrorCode, cause?: unknown) =>
  new ClerkWebAuthnError(messages[code] ?? 'The passkey could not be used', { code, cause });

/** Browsers ask for one passkey at a time: the last one who asks is heard. */
let running: AbortController | undefined;

async function askDevice(action: 'retrieval' | 'registration', ask: (signal: AbortSignal) => Promise<Credential | null>): Promise<object> {
  if (!isWebAuthnSupported()) throw failure('passkey_not_supported');
  running?.abort();
  const { signal } = (running = new AbortController());
  try {
    return credentialJSON((await ask(signal)) as PublicKeyCredential);
  } catch (error) {
    throw failure(passkeyErrorCode(error, action), error);
  }
}

/**
 * The device's answer to a verification, for `public_key_credential`.
 * @param nonce of the verification
 * @throws ClerkWebAuthnError
 */
export const passkeyAnswer = (nonce: string | null, mediation?: CredentialMediationRequirement): Promise<object> =>
  askDevice('retrieval', (signal) =>
    navigator.credentials.get({ publicKey: requestOptionsOf(nonce ?? ''), signal, ...(mediation && { mediation }) }),
  );

/** Methods of the sign-in. */
export const passkeysOfSignIn = {
  async authenticateWithPasskey(this: SignIn, { flow }: AuthenticateWithPasskeyParams = {}): Promise<SignIn> {
    if (flow) await this.create({ strategy });
    const isFirst = flow || this.status === 'needs_first_factor';
    if (!flow) await (isFirst ? this.prepareFirstFactor({ strategy }) : this.prepareSecondFactor({ strategy }));
    const { nonce } = isFirst ? this.firstFactorVerification : this.secondFactorVerification;
    const publicKeyCredential = await passkeyAnswer(nonce, flow === 'autofill' ? 'conditional' : undefined);
    await (isFirst
      ? this.attemptFirstFactor({ strategy, publicKeyCredential })
      : this.attemptSecondFactor({ strategy, publicKeyCredential }));
    return this;
  },
};

/** Methods of the user. */
export const passkeysOfUser = {
  async createPasskey(this: User): Promise<PasskeyResource> {
    if (!isWebAuthnSupported()) throw failure('passkey_not_supported');
    const { id, verification } = await this.request(passkeyEndpoints.createPasskey);
    const publicKey = creationOptionsOf(verification?.nonce ?? '');
    const isOwn = publicKey.authenticatorSelection?.authenticatorAttachment === 'platform';
    if (isOwn && !(await isWebAuthnPlatformAuthenticatorSupported())) throw failure('passkey_pa_not_supported');
    const publicKeyCredential = await askDevice('registration', (signal) => navigator.credentials.create({ publicKey, signal }));
    const options = { path: { passkeyId: id }, body: { strategy, publicKeyCredential } };
    const json = await this.changeUser(() => this.request(passkeyEndpoints.verifyPasskey, options));
    return new Passkey(this.resourceContext, this.actingSessionId!, json);
  },
};

/** Methods of a passkey. */
export const passkeyMethods = {
  reload(this: Passkey): Promise<Passkey> {
    return this.send(passkeyEndpoints.getPasskey, { ...pathOf(this), reload: true });
  },

  update(this: Passkey, { name }: UpdatePasskeyParams): Promise<Passkey> {
    return this.changeUser(() => this.send(passkeyEndpoints.updatePasskey, { ...pathOf(this), body: { name } }));
  },

  async delete(this: Passkey): Promise<DeletedObjectResource> {
    return deletedObjectOf(await this.changeUser(() => this.request(passkeyEndpoints.deletePasskey, pathOf(this))));
  },
};

const pathOf = ({ id }: Passkey) => ({ path: { passkeyId: id } });

/** Methods of the session. */
export const passkeysOfSession = {
  async verifyWithPasskey(this: Session): Promise<SessionVerificationResource> {
    const { firstFactorVerification } = await this.prepareFirstFactorVerification({ strategy });
    const publicKeyCredential = await passkeyAnswer(firstFactorVerification.nonce);
    return this.attemptFirstFactorVerification({ strategy, publicKeyCredential });
  },
};
