/** Email addresses and phone numbers on the wire (dossier part 2, §1.12). */
import type { EmailAddressJSON } from '../../../src/wire/email-address.ts';
import type { PhoneNumberJSON } from '../../../src/wire/phone-number.ts';
import type { Complete } from '../../../src/wire/primitives.ts';
import { normalizeEmailAddress } from '../domain/identifiers.ts';
import type { EmailAddress, PhoneNumber } from '../store/identifications.ts';
import type { ConnectedAccount } from '../store/connected-accounts.ts';
import { presentProved, presentVerification } from './verification.ts';

/**
 * @param now milliseconds since 1970.
 * @param accounts of the same user: those with this address are linked to it.
 */
export function presentEmailAddress(
  address: EmailAddress,
  now: number,
  accounts: readonly ConnectedAccount[] = [],
): Complete<EmailAddressJSON> {
  return {
    object: 'email_address',
    id: address.id,
    email_address: address.email_address,
    matches_sso_connection: false,
    ...shared(address, now),
    linked_to: accounts
      .filter((account) => account.verified_at !== null && isSame(account.email_address, address.email_address_normalized))
      .map(({ strategy, identification_id }) => ({ type: strategy, id: identification_id })),
  };
}

const isSame = (text: string | null, normalized: string) => text !== null && normalizeEmailAddress(text)?.normalized === normalized;

/**
 * @param now milliseconds since 1970.
 * @param backupCodes shown in the answer to the request that has made them, and never again.
 */
export function presentPhoneNumber(number: PhoneNumber, now: number, backupCodes: string[] | null = null): Complete<PhoneNumberJSON> {
  return {
    object: 'phone_number',
    id: number.id,
    phone_number: number.phone_number,
    reserved_for_second_factor: number.reserved_for_second_factor,
    default_second_factor: number.default_second_factor,
    backup_codes: backupCodes,
    ...shared(number, now),
  };
}

function shared(identification: EmailAddress | PhoneNumber, now: number) {
  const { reserved, created_at, updated_at } = identification;
  return { reserved, verification: presentProof(identification, now), linked_to: [], created_at, updated_at };
}

/** How it was proved; else the verification that is under way, if there is one. */
function presentProof({ verified_by, verified_at, created_at, verification }: EmailAddress | PhoneNumber, now: number) {
  if (verified_by === null) return verification && presentVerification(verification, now);
  return presentProved(verified_by, verified_at ?? created_at);
}
