/** What shortcodes of claims lead to (dossier part 1, §6.4). */
import type { JsonObject } from '../../../src/rules/merge-patch.ts';
import { isTwoFactorEnabled } from '../domain/two-factor.ts';
import type { Session } from '../store/sessions.ts';
import type { User } from '../store/users.ts';
import { avatarUrl } from './user.ts';
import type { UserContext } from './user.ts';

/**
 * By the first word of their path. Private metadata is not among them: the row that this is made from does not hold it
 * (security.md, M1). While there are no organisations, what begins with `org` is missing.
 */
export function claimValues(
  { user, session }: { user: User; session: Pick<Session, 'actor'> },
  { frontendApiUrl }: Pick<UserContext, 'frontendApiUrl'>,
): JsonObject {
  const email = user.email_addresses.find(({ id }) => id === user.primary_email_address_id);
  const phone = user.phone_numbers.find(({ id }) => id === user.primary_phone_number_id);
  return {
    user: {
      id: user.id,
      external_id: user.external_id,
      first_name: user.first_name,
      last_name: user.last_name,
      full_name: [user.first_name, user.last_name].filter(Boolean).join(' ') || null,
      username: user.username,
      image_url: avatarUrl(user.id, frontendApiUrl),
      has_image: false,
      primary_email_address: email?.email_address ?? null,
      email_verified: Boolean(email?.verified_by),
      primary_phone_number: phone?.phone_number ?? null,
      primary_phone_address: phone?.phone_number ?? null,
      phone_number_verified: Boolean(phone?.verified_by),
      primary_web3_wallet: null,
      two_factor_enabled: isTwoFactorEnabled(user),
      // Seconds, like the times of every token.
      created_at: Math.floor(user.created_at / 1000),
      updated_at: Math.floor(user.updated_at / 1000),
      public_metadata: user.public_metadata ?? {},
      unsafe_metadata: user.unsafe_metadata ?? {},
      organizations: {},
    },
    session: { actor: session.actor, reverification_id: null },
  };
}
