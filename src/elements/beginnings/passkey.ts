/** The browser's own dialogs for passkeys. */
import { en } from '../../i18n/en/beginnings.ts';
import type { SignInResource } from '../../resources/types.ts';
import { credentialJSON, isWebAuthnAutofillSupported, passkeyErrorCode, requestOptionsOf } from '../../rules/webauthn.ts';

/**
 * Has the browser ask for a passkey. Resolves with the device's answer, as the API takes it.
 * @param nonce of the verification that was prepared
 * @throws a failure with a code and a text, in the shape of the API's
 */
export async function askForPasskey(nonce: string | null, options: CredentialRequestOptions = {}): Promise<string> {
  try {
    const publicKey = requestOptionsOf(nonce ?? '');
    return JSON.stringify(credentialJSON((await navigator.credentials.get({ ...options, publicKey })) as PublicKeyCredential));
  } catch (cause) {
    const code = passkeyErrorCode(cause, 'retrieval');
    throw Object.assign(new Error(code, { cause }), { errors: [{ code, longMessage: en.passkeyErrors[code] ?? en.passkeyFailed }] });
  }
}

/**
 * Has the browser offer passkeys among what it fills in. Resolves with the device's answer once somebody has picked one, and with nothing where that
 * cannot be, or where another way was taken: then nobody has asked for it, and there is nothing to say.
 * @param create begins an attempt
 */
export async function pickFromAutofill(create: () => Promise<SignInResource>, signal: AbortSignal): Promise<string | undefined> {
  if (!(await isWebAuthnAutofillSupported()) || signal.aborted) return undefined;
  try {
    const { firstFactorVerification } = await create();
    // An aborted signal has the browser refuse.
    return await askForPasskey(firstFactorVerification.nonce, { mediation: 'conditional', signal });
  } catch {
    return undefined;
  }
}
