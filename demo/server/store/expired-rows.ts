/** What time has made useless. Nothing depends on its being gone: whoever reads a row looks at its times too. */
import type { Database } from './database.ts';
import { forgetFailures } from './lockouts.ts';

/** Milliseconds. */
const day = 24 * 3600_000;
/** How long a session, a browser without one, and failures to sign in are kept after they were last of use. */
const memory = 30 * day;

/** Deletes rows that nobody can use any more. Several processes may do so at once. */
export async function deleteExpiredRows(database: Database, now: number): Promise<void> {
  await database.deleteFrom('handshakes').where('expire_at', '<=', now).execute();
  await database.deleteFrom('reverifications').where('expire_at', '<=', now).execute();
  await database.deleteFrom('oauth_states').where('expire_at', '<=', now).execute();
  await database.deleteFrom('used_id_tokens').where('expire_at', '<=', now).execute();
  await database
    .deleteFrom('external_accounts')
    .where('verified_at', 'is', null)
    .where('created_at', '<', now - day)
    .execute();
  // The longest window of a rate is a day.
  await database
    .deleteFrom('rate_counters')
    .where('window_start', '<', now - day)
    .execute();
  // Published for a day after they retired.
  await database
    .deleteFrom('signing_keys')
    .where('retired_at', '<', now - 2 * day)
    .execute();
  await database.deleteFrom('client_credentials').where('superseded_until', '<=', now).execute();
  // Sending is limited by what was sent in the last hour.
  await database
    .deleteFrom('verifications')
    .where('created_at', '<', now - day)
    .where((eb) => eb.or([eb('expire_at', '<', now - day), eb.and([eb('expire_at', 'is', null), eb('created_at', '<', now - 2 * day)])]))
    .execute();
  await database
    .deleteFrom('email_links')
    .where('expire_at', '<', now - day)
    .execute();
  // Registrations that nobody has finished.
  await database
    .deleteFrom('passkeys')
    .where('verified_at', 'is', null)
    .where('created_at', '<', now - day)
    .execute();
  // Invitations are listed, whatever has become of them.
  await database
    .deleteFrom('tickets')
    .where('kind', '!=', 'invitation')
    .where('expire_at', '<', now - memory)
    .execute();
  await database
    .deleteFrom('sign_ins')
    .where('abandon_at', '<', now - day)
    .execute();
  await database
    .deleteFrom('sign_ups')
    .where('abandon_at', '<', now - day)
    .execute();
  await forgetFailures(database, now - memory, now);
  await database
    .deleteFrom('sessions')
    .where('expire_at', '<', now - memory)
    .execute();
  await database
    .deleteFrom('clients')
    .where('updated_at', '<', now - memory)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('sessions').select('id').whereRef('sessions.client_id', '=', 'clients.id'))))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('sign_ins').select('id').whereRef('sign_ins.client_id', '=', 'clients.id'))))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('sign_ups').select('id').whereRef('sign_ups.client_id', '=', 'clients.id'))))
    .execute();
}
