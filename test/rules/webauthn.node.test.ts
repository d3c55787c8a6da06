import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { credentialJSON, creationOptionsOf, isWebAuthnSupported, passkeyErrorCode, requestOptionsOf } from '../../src/rules/webauthn.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('passkeys where the browser does not read JSON itself', () => {
  const page = globalThis as { PublicKeyCredential?: unknown };

  before(() => {
    assert.equal(isWebAuthnSupported(), false);
    page.PublicKeyCredential = function PublicKeyCredential() {};
  });

  after(() => {
    delete page.PublicKeyCredential;
  });

  it('are known', () => {
    assert.equal(isWebAuthnSupported(), true);
  });

  it('are asked for with bytes out of base64url', () => {
    const nonce = { challenge: '-_8', rpId: 'localhost', allowCredentials: [{ type: 'public-key', id: 'AQI', transports: ['internal'] }] };
    assert.deepEqual(requestOptionsOf(JSON.stringify(nonce)), {
      challenge: bytes(0xfb, 0xff),
      rpId: 'localhost',
      allowCredentials: [{ type: 'public-key', id: bytes(1, 2), transports: ['internal'] }],
    });
  });

  it('are made with bytes out of base64url', () => {
    const nonce = { challenge: 'AQ', rp: { name: 'App' }, user: { id: 'Ag', name: 'ann', displayName: 'Ann' }, pubKeyCredParams: [] };
    assert.deepEqual(creationOptionsOf(JSON.stringify(nonce)), {
      ...nonce,
      challenge: bytes(1),
      user: { ...nonce.user, id: bytes(2) },
      excludeCredentials: undefined,
    });
  });
});

describe('credentialJSON()', () => {
  const common = { id: '-_8', rawId: bytes(0xfb, 0xff).buffer, type: 'public-key', authenticatorAttachment: 'platform' };
  const write = (response: object) => credentialJSON({ ...common, response } as unknown as PublicKeyCredential);
  const written = { ...common, rawId: '-_8' };

  it('writes a proof, of somebody unnamed too', () => {
    const response = { clientDataJSON: bytes(1).buffer, authenticatorData: bytes(2).buffer, signature: bytes(3).buffer, userHandle: null };
    assert.deepEqual(write(response), {
      ...written,
      response: { clientDataJSON: 'AQ', authenticatorData: 'Ag', signature: 'Aw', userHandle: null },
    });
  });

  it('writes a new passkey', () => {
    const response = { clientDataJSON: bytes(1).buffer, attestationObject: bytes(2).buffer, getTransports: () => ['internal'] };
    assert.deepEqual(write(response), {
      ...written,
      response: { clientDataJSON: 'AQ', attestationObject: 'Ag', transports: ['internal'] },
    });
  });
});

describe('passkeyErrorCode()', () => {
  const code = (name: string, action: 'retrieval' | 'registration') => passkeyErrorCode(new DOMException('', name), action);

  it('names what a browser refuses with as Clerk’s types do', () => {
    assert.deepEqual(
      ['AbortError', 'NotAllowedError', 'SecurityError', 'InvalidStateError', 'UnknownError'].map((name) => code(name, 'registration')),
      [
        'passkey_operation_aborted',
        'passkey_registration_cancelled',
        'passkey_invalid_rpID_or_domain',
        'passkey_already_exists',
        'passkey_registration_failed',
      ],
    );
    assert.deepEqual(
      ['NotAllowedError', 'InvalidStateError', 'TypeError'].map((name) => code(name, 'retrieval')),
      ['passkey_retrieval_cancelled', 'passkey_retrieval_failed', 'passkey_retrieval_failed'],
    );
    assert.equal(passkeyErrorCode(undefined, 'retrieval'), 'passkey_retrieval_failed');
  });
});
