/**
 * What lies between the browser's passkeys and the API's JSON (dossier part 2, §9): options read for the browser, its answers written for
 * the API, its refusals named as Clerk's types name them. Bytes travel as base64url without padding.
 */

/** Whether this browser knows passkeys at all. */
export const isWebAuthnSupported = (): boolean => typeof PublicKeyCredential === 'function';

/** Whether it can offer them among what it fills in. */
export const isWebAuthnAutofillSupported = async (): Promise<boolean> =>
  isWebAuthnSupported() &&
  'isConditionalMediationAvailable' in PublicKeyCredential &&
  (await PublicKeyCredential.isConditionalMediationAvailable().catch(() => false));

/** Whether this device keeps them itself, and knows its holder. */
export const isWebAuthnPlatformAuthenticatorSupported = async (): Promise<boolean> =>
  isWebAuthnSupported() && (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false));

/** Codes of failures that are the browser's or the device's. */
export type PasskeyErrorCode =
  | 'passkey_not_supported'
  | 'passkey_pa_not_supported'
  | 'passkey_invalid_rpID_or_domain'
  | 'passkey_already_exists'
  | 'passkey_operation_aborted'
  | 'passkey_retrieval_cancelled'
  | 'passkey_retrieval_failed'
  | 'passkey_registration_cancelled'
  | 'passkey_registration_failed';

/** What a browser has refused with, by the name of its exception (WebAuthn, sections 5.1.3 and 5.1.4). */
export function passkeyErrorCode(error: unknown, action: 'retrieval' | 'registration'): PasskeyErrorCode {
  switch ((error as Partial<Error> | null)?.name) {
    case 'AbortError':
      return 'passkey_operation_aborted';
    case 'InvalidStateError':
      return action === 'registration' ? 'passkey_already_exists' : 'passkey_retrieval_failed';
    // The person said no, or said nothing for too long.
    case 'NotAllowedError':
      return `passkey_${action}_cancelled`;
    case 'SecurityError':
      return 'passkey_invalid_rpID_or_domain';
    default:
      return `passkey_${action}_failed`;
  }
}

/** Options for `navigator.credentials.get()` out of the `nonce` of a verification. */
export function requestOptionsOf(nonce: string): PublicKeyCredentialRequestOptions {
  const json = JSON.parse(nonce) as PublicKeyCredentialRequestOptionsJSON;
  const { challenge, allowCredentials } = json;
  return (
    parser('parseRequestOptionsFromJSON')?.(json) ??
    ({
      ...json,
      challenge: bytesOf(challenge),
      allowCredentials: allowCredentials?.map(descriptorOf),
    } as object as PublicKeyCredentialRequestOptions)
  );
}

/** Options for `navigator.credentials.create()`. */
export function creationOptionsOf(nonce: string): PublicKeyCredentialCreationOptions {
  const json = JSON.parse(nonce) as PublicKeyCredentialCreationOptionsJSON;
  const { challenge, user, excludeCredentials } = json;
  return (
    parser('parseCreationOptionsFromJSON')?.(json) ??
    ({
      ...json,
      challenge: bytesOf(challenge),
      user: { ...user, id: bytesOf(user.id) },
      excludeCredentials: excludeCredentials?.map(descriptorOf),
    } as object as PublicKeyCredentialCreationOptions)
  );
}

/** The answer of a device as the API reads it: these members and no others, whatever else the browser knows. */
export function credentialJSON({ id, rawId, type, authenticatorAttachment, response }: PublicKeyCredential): object {
  const text = (name: string) => {
    const bytes = (response as unknown as Record<string, ArrayBuffer | null | undefined>)[name];
    return bytes ? textOf(bytes) : null;
  };
  const transports = (response as Partial<AuthenticatorAttestationResponse>).getTransports?.();
  return {
    type,
    id,
    rawId: textOf(rawId),
    authenticatorAttachment,
    response: {
      clientDataJSON: text('clientDataJSON'),
      ...('attestationObject' in response
        ? { attestationObject: text('attestationObject'), transports: transports ?? [] }
        : { authenticatorData: text('authenticatorData'), signature: text('signature'), userHandle: text('userHandle') }),
    },
  };
}

/** Browsers since 2025 read such options themselves. */
const parser = <Name extends 'parseRequestOptionsFromJSON' | 'parseCreationOptionsFromJSON'>(name: Name) =>
  (PublicKeyCredential as Partial<Pick<typeof PublicKeyCredential, Name>>)[name]?.bind(PublicKeyCredential) as
    (typeof PublicKeyCredential)[Name] | undefined;

const descriptorOf = ({ id, ...rest }: PublicKeyCredentialDescriptorJSON) =>
  ({ ...rest, id: bytesOf(id) }) as PublicKeyCredentialDescriptor;

const bytesOf = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));

const textOf = (bytes: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
