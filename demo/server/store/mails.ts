/** Mails and text messages of the inbox page, while nothing is set to send them by. */
import type { Insertable, Selectable } from 'kysely';
import { createId } from '../ids.ts';
import type { Database } from './database.ts';
import type { MailTable } from './tables/instance.ts';

export type StoredMail = Selectable<MailTable>;

/** Older ones are dropped: the inbox is a tool, not an archive. */
const kept = 200;

export async function insertMail(database: Database, mail: Omit<Insertable<MailTable>, 'id' | 'created_at'>, now: number): Promise<void> {
  await database
    .insertInto('mails')
    .values({ ...mail, id: createId('mail'), created_at: now })
    .execute();
  const oldest = database.selectFrom('mails').select('created_at').orderBy('created_at', 'desc').offset(kept).limit(1);
  await database.deleteFrom('mails').where('created_at', '<=', oldest).execute();
}

/** Newest first. */
export async function listMails(database: Database): Promise<StoredMail[]> {
  return database.selectFrom('mails').selectAll().orderBy('created_at', 'desc').orderBy('id').limit(kept).execute();
}
