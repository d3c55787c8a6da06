/** What browsers give for a passkey: read from its JSON text, and judged (WebAuthn, sections 7.1 and 7.2). */
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { AuthenticatorTransportFuture } from '@simplewebauthn/server';
import * as z from 'zod/mini';
import { parameterError } from '../errors.ts';
import type { Credential, VerifiedPasskey } from '../store/passkeys.ts';
import { requireText } from './form-values.ts';
import type { RelyingParty } from './relying-party.ts';

const parameter = 'public_key_credential';
const base64url = z.string().check(z.regex(/^[\w-]+$/));
/** Bytes of an id are 1023 at the most (WebAuthn, section 5.8.3). */
const credentialId = base64url.check(z.maxLength(1364));
const transport = z.string().check(z.regex(/^[a-z-]{1,32}$/));
const common = { id: credentialId, rawId: credentialId, type: z.literal('public-key') };

const registration = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.nullish(z.array(transport).check(z.maxLength(16))),
  }),
});

const assertion = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: z.nullish(base64url),
  }),
});

export type Registration = z.infer<typeof registration>;
export type Assertion = z.infer<typeof assertion>;

/** @throws ApiError 422 `passkey_invalid_public_key_credential`, `form_param_missing`, `form_param_nil`. */
export const parseRegistration = (text: string | undefined): Registration => parse(registration, text);

/** @throws ApiError as {@link parseRegistration}. */
export const parseAssertion = (text: string | undefined): Assertion => parse(assertion, text);

function parse<Schema extends z.ZodMiniType<{ id: string; rawId: string }>>(schema: Schema, text: string | undefined): z.infer<Schema> {
  const result = z.safeParse(schema, parseJson(requireText(text, parameter)));
  if (result.success && result.data.id === result.data.rawId) return result.data;
  throw parameterError('passkey_invalid_public_key_credential', parameter, 'This is not the credential of a passkey, as JSON text.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an answer has to fit. */
export interface Expectation {
  challenge: string;
  relyingParty: RelyingParty;
}

/** A new key pair; `undefined` if the answer is not one to this challenge, on this page, by somebody whom the device knows. */
export async function judgeRegistration(given: Registration, { challenge, relyingParty }: Expectation): Promise<Credential | undefined> {
  const { transports, ...response } = given.response;
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...given, response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...algorithms],
    });
    // The id that is signed, not the one beside it.
    if (!verified || registrationInfo.credential.id !== given.id) return undefined;
    const { id, publicKey, counter } = registrationInfo.credential;
    return { credential_id: id, public_key: Buffer.from(publicKey), counter, transports: transports ?? [] };
  } catch {
    return undefined;
  }
}

/** The number of a signature, 0 where the device counts none; `undefined` if it does not fit. */
export async function judgeAssertion(
  given: Assertion,
  { challenge, relyingParty, passkey }: Expectation & { passkey: VerifiedPasskey },
): Promise<number | undefined> {
  const { userHandle, ...response } = given.response;
  if (typeof userHandle === 'string' && userHandle !== userHandleOf(passkey.user_id)) return undefined;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...given, response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      credential: {
        id: passkey.credential_id,
        publicKey: new Uint8Array(passkey.public_key),
        counter: passkey.counter,
        transports: passkey.transports as AuthenticatorTransportFuture[],
      },
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    return undefined;
  }
}

/** By COSE's numbers, the best one first: Ed25519, ES256, RS256. */
export const algorithms = [-8, -7, -257] as const;

/** How devices know the user: the id says nothing about the person, and no other account has it. */
export const userHandleOf = (userId: string): string => Buffer.from(userId).toString('base64url');
