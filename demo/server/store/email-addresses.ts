/** Email addresses of users. */
import type { Selectable } from 'kysely';
import { notFound } from '../errors.ts';
import { noteUser } from './changes.ts';
import type { Database } from './database.ts';
import type { EmailAddressTable } from './schema.ts';

export type EmailAddress = Selectable<EmailAddressTable>;

/** Who has an address; the argument is normalised by `domain/identifiers.ts`. */
export async function findEmailAddress(database: Database, normalized: string): Promise<EmailAddress | undefined> {
  return database.selectFrom('email_addresses').selectAll().where('email_address_normalized', '=', normalized).executeTakeFirst();
}

/**
 * Marks an address as proved, within the transaction that proves it.
 * @throws ApiError 404 if the user has no such address.
 */
export async function markEmailAddressVerified(
  transaction: Database,
  address: { id: string; userId: string; verifiedBy: string },
  now: number,
): Promise<void> {
  const { numUpdatedRows } = await transaction
    .updateTable('email_addresses')
    .set({ verified_by: address.verifiedBy, verified_at: now, updated_at: now })
    .where('id', '=', address.id)
    .where('user_id', '=', address.userId)
    .executeTakeFirst();
  if (!numUpdatedRows) throw notFound('email address');
  noteUser(transaction, address.userId, 'updated');
}
