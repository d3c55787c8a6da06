import { passkey } from '../wire/passkey.ts';
import type { PasskeyJSON } from '../wire/passkey.ts';
import { BaseResource, take } from './base.ts';
import type { ResourceContext } from './base.ts';
import type { PasskeyResource } from './types.ts';
import { Verification } from './verification.ts';

/** A passkey of the user. Nothing of the key is ever here. */
export class Passkey extends BaseResource implements PasskeyResource {
  declare id: string;
  declare name: string | null;
  declare verification: PasskeyResource['verification'];
  declare lastUsedAt: Date | null;
  declare createdAt: Date;
  declare updatedAt: Date;

  // From the further file.
  declare update: PasskeyResource['update'];
  declare delete: PasskeyResource['delete'];

  constructor(context: ResourceContext, sessionId: string, json: PasskeyJSON) {
    super(context, '/me/passkeys', sessionId);
    this.apply(json);
  }

  override apply(json: PasskeyJSON): this {
    take(this, json, passkey);
    this.verification = json.verification ? new Verification(json.verification, this) : null;
    return this;
  }
}
