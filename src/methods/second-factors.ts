/** Authenticator app and backup codes of the signed-in user (dossier part 2, §4.1). */
import { BaseResource, take } from '../resources/base.ts';
import type { BackupCodeResource, DeletedObjectResource, TOTPResource } from '../resources/types.ts';
import type { User } from '../resources/user.ts';
import type { DeletedObjectJSON } from '../wire/deleted-object.ts';
import { backupCodes, totp, totpEndpoints } from '../wire/totp.ts';
import type { TOTPJSON } from '../wire/totp.ts';
import type { Endpoint } from '../wire/endpoint.ts';

/** Known when it is made, and never read again: reloading changes nothing. */
abstract class ShownOnce extends BaseResource {
  constructor(owner: BaseResource, path: string, json: object, { shape }: { shape: Record<string, unknown> }) {
    super(owner.resourceContext, path);
    take(this, json, { shape });
  }

  override reload(): Promise<this> {
    return Promise.resolve(this);
  }
}

class TOTP extends ShownOnce implements TOTPResource {
  declare id: string;
  declare secret: string | null;
  declare uri: string | null;
  declare verified: boolean;
  declare backupCodes: string[] | null;
  declare createdAt: Date | null;
  declare updatedAt: Date | null;
}

class BackupCode extends ShownOnce implements BackupCodeResource {
  declare id: string;
  declare codes: string[];
  declare createdAt: Date | null;
  declare updatedAt: Date | null;
}

/** Codes that were not made are `null`, and no empty list. */
const totpOf = (user: User, json: TOTPJSON): TOTPResource =>
  Object.assign(new TOTP(user, '/me', json, totp), { backupCodes: json.backup_codes ?? null });

/** What a deletion says, in the words of pages. */
export const deletedObjectOf = ({ object = '', id, slug, deleted }: DeletedObjectJSON): DeletedObjectResource => ({
  object,
  id,
  slug,
  deleted,
});

const ask = <E extends Endpoint>(user: User, endpoint: E, body: object = {}) =>
  user.changeUser(() => user.request(endpoint, { body: { ...body } }));

/** Methods of the user. */
export const secondFactorsOfUser = {
  async createTOTP(this: User): Promise<TOTPResource> {
    return totpOf(this, await ask(this, totpEndpoints.createTOTP));
  },

  async verifyTOTP(this: User, { code }: { code: string }): Promise<TOTPResource> {
    return totpOf(this, await ask(this, totpEndpoints.verifyTOTP, { code }));
  },

  async disableTOTP(this: User): Promise<DeletedObjectResource> {
    return deletedObjectOf(await ask(this, totpEndpoints.deleteTOTP));
  },

  async createBackupCode(this: User): Promise<BackupCodeResource> {
    return new BackupCode(this, '/me/backup_codes', await ask(this, totpEndpoints.createBackupCodes), backupCodes);
  },
};
