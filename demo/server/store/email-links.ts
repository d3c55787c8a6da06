/** Where mailed links lead. Only the SHA-256 of what is in a link is kept. */
import type { Insertable, Selectable } from 'kysely';
import { sha256 } from '../ids.ts';
import type { Database } from './database.ts';
import type { EmailLinkTable } from './tables/attempts.ts';

export type EmailLink = Omit<Selectable<EmailLinkTable>, 'token_hash'>;

export async function insertEmailLink(
  transaction: Database,
  { token, ...link }: Omit<Insertable<EmailLinkTable>, 'token_hash'> & { token: string },
): Promise<void> {
  await transaction
    .insertInto('email_links')
    .values({ ...link, token_hash: sha256(token) })
    .execute();
}

/** Whatever has become of what it proves. */
export async function findEmailLink(database: Database, token: string): Promise<EmailLink | undefined> {
  return database
    .selectFrom('email_links')
    .select(['verification_id', 'subject_id', 'client_id', 'user_agent', 'ip_address', 'redirect_url', 'expire_at'])
    .where('token_hash', '=', sha256(token))
    .executeTakeFirst();
}

/** Notes the browser in which a link is opened, before it is judged: who waits for it reads both at once. */
export async function noteOpener(database: Database, verificationId: string, clientId: string): Promise<void> {
  await database
    .updateTable('verifications')
    .set({ verified_at_client: clientId })
    .where('id', '=', verificationId)
    .where('status', '=', 'unverified')
    .execute();
}
