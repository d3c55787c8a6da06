import { camelCaseKeys } from '../rules/names.ts';
import type { ExternalAccountJSON } from '../wire/external-account.ts';
import { BaseResource } from './base.ts';
import type { ResourceContext } from './base.ts';
import type { ExternalAccountResource } from './types.ts';
import { Verification } from './verification.ts';

/** An account of the user at a provider. It changes by methods of the further file (`src/methods/external-accounts.ts`). */
export class ExternalAccount extends BaseResource implements ExternalAccountResource {
  declare id: string;
  declare identificationId: string;
  declare provider: string;
  declare providerUserId: string;
  declare emailAddress: string;
  declare approvedScopes: string;
  declare firstName: string;
  declare lastName: string;
  declare imageUrl: string;
  declare username?: string;
  declare phoneNumber?: string;
  declare publicMetadata: Record<string, unknown>;
  declare label?: string;
  declare verification: ExternalAccountResource['verification'];
  declare reauthorize: ExternalAccountResource['reauthorize'];
  declare destroy: ExternalAccountResource['destroy'];

  constructor(context: ResourceContext, sessionId: string, json: ExternalAccountJSON) {
    super(context, '/me/external_accounts', sessionId);
    this.apply(json);
  }

  override apply(json: ExternalAccountJSON): this {
    Object.assign(this, camelCaseKeys(json));
    this.provider = json.provider.replace('oauth_', '');
    this.verification = json.verification ? new Verification(json.verification, this) : null;
    return this;
  }

  providerSlug(): string {
    return this.provider;
  }

  providerTitle(): string {
    return `${this.provider.replace(/^./, (letter) => letter.toUpperCase())} Account`;
  }

  accountIdentifier(): string {
    return this.username || this.emailAddress || this.label || '';
  }
}
