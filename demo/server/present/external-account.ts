/** Accounts at other providers on the wire (dossier part 2, §1.12). Tokens are not among what is presented. */
import type { ExternalAccountJSON } from '../../../src/wire/external-account.ts';
import type { Complete } from '../../../src/wire/primitives.ts';
import type { ConnectedAccount } from '../store/connected-accounts.ts';
import { objectOf, presentVerification } from './verification.ts';

/**
 * An account of a user. One that is connected stays so while it is renewed.
 * @param isAsked `true` in the answer to whoever has asked to renew it: where to go is in the verification.
 */
export function presentExternalAccount(account: ConnectedAccount, now: number, isAsked = false): Complete<ExternalAccountJSON> {
  return {
    object: 'external_account',
    id: account.id,
    provider: account.strategy,
    identification_id: account.identification_id,
    // Published as texts that are always there.
    provider_user_id: account.provider_user_id ?? '',
    approved_scopes: account.approved_scopes,
    email_address: account.email_address ?? '',
    email_address_verified: account.email_address_verified,
    first_name: account.first_name ?? '',
    last_name: account.last_name ?? '',
    image_url: account.image_url,
    avatar_url: account.image_url ?? '',
    username: account.username,
    phone_number: null,
    public_metadata: {},
    label: null,
    verification: verificationOf(account, now, isAsked),
    created_at: account.created_at,
    updated_at: account.updated_at,
  };
}

function verificationOf({ strategy, verified_at, verification, created_at }: ConnectedAccount, now: number, isAsked: boolean) {
  if (verification && (isAsked || verified_at === null)) return presentVerification(verification, now);
  return {
    object: objectOf(strategy),
    status: verified_at === null ? 'expired' : 'verified',
    strategy,
    attempts: null,
    // Published as a number that is always there: since when it is settled.
    expire_at: verified_at ?? created_at,
  };
}
