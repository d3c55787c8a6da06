/** Passkeys on the wire (dossier part 2, §9). */
import type { PasskeyJSON } from '../../../src/wire/passkey.ts';
import type { Complete } from '../../../src/wire/primitives.ts';
import { passkeyStrategy } from '../domain/passkey-challenges.ts';
import type { Passkey } from '../store/passkeys.ts';
import type { Verification } from '../store/verifications.ts';
import { presentProved, presentVerification } from './verification.ts';

type Shown = Pick<Passkey, 'id' | 'name' | 'last_used_at' | 'created_at' | 'updated_at'>;

/** One that is verified. */
export const presentPasskey = (passkey: Shown): Complete<PasskeyJSON> => ({
  ...describe(passkey),
  verification: presentProved(passkeyStrategy, passkey.created_at),
});

/** One that is verified, for backends: their published description knows no times but that of use. */
export function presentBackendPasskey(passkey: Shown): object {
  const { created_at: _created, updated_at: _updated, ...shown } = presentPasskey(passkey);
  return shown;
}

/** One whose registration is under way: the options are in the nonce of its verification. */
export const presentProposedPasskey = (passkey: Shown, verification: Verification | undefined, now: number): Complete<PasskeyJSON> => ({
  ...describe(passkey),
  verification: verification ? presentVerification(verification, now) : null,
});

const describe = ({ id, name, last_used_at, created_at, updated_at }: Shown) => ({
  object: 'passkey',
  id,
  name,
  last_used_at,
  created_at,
  updated_at,
});
