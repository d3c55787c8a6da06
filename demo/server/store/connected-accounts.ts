/** Accounts of users at other providers, as they go with their user: without tokens (`external-accounts.ts` has the rest). */
import type { ExpressionBuilder } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import type { ExternalAccount } from './external-accounts.ts';
import type { Tables } from './schema.ts';
import type { Verification } from './verifications.ts';

/** An account at another provider, with the verification that is under way; never its tokens. */
export type ConnectedAccount = Omit<ExternalAccount, 'sealed_tokens' | 'user_id'> & {
  verification: PresentedVerification | null;
};

/** Of a verification what may be shown. */
type PresentedVerification = Pick<Verification, 'id' | 'strategy' | 'status' | 'attempts' | 'redirect_url' | 'error' | 'expire_at'>;

const columns = [
  'external_accounts.id',
  'external_accounts.strategy',
  'external_accounts.identification_id',
  'external_accounts.provider_user_id',
  'external_accounts.approved_scopes',
  'external_accounts.email_address',
  'external_accounts.email_address_verified',
  'external_accounts.first_name',
  'external_accounts.last_name',
  'external_accounts.image_url',
  'external_accounts.username',
  'external_accounts.verified_at',
  'external_accounts.verification_id',
  'external_accounts.created_at',
  'external_accounts.updated_at',
] as const;

/** The accounts of the user that a query selects, oldest first. */
export const selectExternalAccountsOfUser = (users: ExpressionBuilder<Tables, 'users'>) =>
  jsonArrayFrom(
    users
      .selectFrom('external_accounts')
      .select(columns)
      .select((accounts) =>
        jsonObjectFrom(
          accounts
            .selectFrom('verifications')
            .select(['id', 'strategy', 'status', 'attempts', 'redirect_url', 'error', 'expire_at'])
            .whereRef('verifications.id', '=', 'external_accounts.verification_id'),
        ).as('verification'),
      )
      .whereRef('external_accounts.user_id', '=', 'users.id')
      .orderBy('external_accounts.created_at')
      .orderBy('external_accounts.id'),
  );
