/** A device with passkeys, in software: answers the options of WebAuthn as a browser with its authenticator does, or as a forger would. */
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What an answer may be wrong about; the default is what was asked for. */
export interface Forgery {
  origin?: string;
  /** The domain that the device signs for. */
  rpId?: string;
  challenge?: string;
  /** `webauthn.create` or `webauthn.get`. */
  type?: string;
  /** Default: one more than before. */
  counter?: number;
  /** Whether the device knows its holder, by a fingerprint or a PIN. */
  isUserVerified?: boolean;
  /** `null` leaves it out. */
  userHandle?: string | null;
  credentialId?: string;
  signature?: string;
}

export interface PasskeyDevice {
  /** Of the passkey that was registered last. */
  credentialId: string;
  /** Makes a passkey. @param nonce options as JSON text; @returns `public_key_credential` */
  register(nonce: string, forgery?: Forgery): string;
  /** Signs with the passkey. */
  sign(nonce: string, forgery?: Forgery): string;
}

const encode = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url');
const hash = (text: string | Buffer) => createHash('sha256').update(text).digest();

/** A new device that holds no passkey yet, on a page of this origin. */
export function createPasskeyDevice(origin: string): PasskeyDevice {
  let privateKey: KeyObject;
  let userHandle = '';
  let counter = 0;

  const clientData = (type: string, options: { challenge: string }, forgery: Forgery) =>
    Buffer.from(
      JSON.stringify({ type: forgery.type ?? type, challenge: forgery.challenge ?? options.challenge, origin: forgery.origin ?? origin }),
    );
  const authenticatorData = (rpId: string, { isUserVerified = true, ...forgery }: Forgery, attested?: Buffer) => {
    counter = forgery.counter ?? counter + 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const flags = 0x01 | (isUserVerified ? 0x04 : 0) | (attested ? 0x40 : 0);
    return Buffer.concat([hash(forgery.rpId ?? rpId), Buffer.from([flags]), count, attested ?? Buffer.alloc(0)]);
  };
  const credential = (id: string, response: object) =>
    JSON.stringify({ type: 'public-key', id, rawId: id, authenticatorAttachment: 'platform', response });

  const device: PasskeyDevice = {
    credentialId: '',
    register: (nonce, forgery = {}) => {
      const options = JSON.parse(nonce) as { challenge: string; rp: { id: string }; user: { id: string } };
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' });
      privateKey = pair.privateKey;
      userHandle = options.user.id;
      const id = forgery.credentialId === undefined ? randomBytes(32) : Buffer.from(forgery.credentialId, 'base64url');
      device.credentialId = encode(id);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      // COSE (RFC 9053): an elliptic curve key, ES256, P-256.
      const publicKey = isoCBOR.encode(
        new Map<number, number | Uint8Array>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
          [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
        ]),
      );
      const attested = Buffer.concat([Buffer.alloc(16), length, id, publicKey]);
      const authData = new Uint8Array(authenticatorData(options.rp.id, { counter: 0, ...forgery }, attested));
      const attestation = new Map<string, string | Map<never, never> | Uint8Array>([
        ['fmt', 'none'],
        ['attStmt', new Map<never, never>()],
        ['authData', authData],
      ]);
      return credential(device.credentialId, {
        clientDataJSON: encode(clientData('webauthn.create', options, forgery)),
        attestationObject: encode(isoCBOR.encode(attestation)),
        transports: ['internal'],
      });
    },
    sign: (nonce, forgery = {}) => {
      const options = JSON.parse(nonce) as { challenge: string; rpId: string };
      const client = clientData('webauthn.get', options, forgery);
      const data = authenticatorData(options.rpId, forgery);
      const signature = createSign('sha256')
        .update(Buffer.concat([data, hash(client)]))
        .sign(privateKey);
      return credential(forgery.credentialId ?? device.credentialId, {
        clientDataJSON: encode(client),
        authenticatorData: encode(data),
        signature: forgery.signature ?? encode(signature),
        userHandle: forgery.userHandle === undefined ? userHandle : forgery.userHandle,
      });
    },
  };
  return device;
}
