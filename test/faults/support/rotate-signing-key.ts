/** A new signing key in place of the present one, at a time of the server's own clock. */
import { exportJWK, generateKeyPair } from 'jose';
import { createId } from '../../../demo/server/ids.ts';
import { inTransaction } from '../../../demo/server/store/database.ts';
import type { Database } from '../../../demo/server/store/database.ts';

/** @param now milliseconds since 1970 */
export async function rotateSigningKey(database: Database, now: number): Promise<void> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const key = { private_key: JSON.stringify(await exportJWK(privateKey)), public_key: JSON.stringify(await exportJWK(publicKey)) };
  await inTransaction(database, async (transaction) => {
    await transaction.updateTable('signing_keys').set({ retired_at: now }).where('retired_at', 'is', null).execute();
    await transaction
      .insertInto('signing_keys')
      .values({ id: createId('ins'), ...key, created_at: now, activated_at: now })
      .execute();
  });
}
