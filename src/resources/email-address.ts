import type { EmailAddressJSON } from '../wire/email-address.ts';
import { BaseResource, declareUnsupported, take, takeDates } from './base.ts';
import type { ResourceContext } from './base.ts';
import type { EmailAddressResource, VerificationResource } from './types.ts';
import { Verification } from './verification.ts';

/** An email address of the user. */
export class EmailAddress extends BaseResource implements EmailAddressResource {
  declare id: string;
  declare emailAddress: string;
  declare verification: VerificationResource;
  declare linkedTo: unknown[];
  declare matchesSsoConnection: boolean;
  declare createdAt: Date;
  declare updatedAt: Date;

  constructor(context: ResourceContext, json: EmailAddressJSON) {
    super(context, '/me/email_addresses');
    this.id = json.id;
    this.emailAddress = json.email_address;
    this.verification = new Verification(json.verification, () => context.clientId());
    take(this, json, ['linked_to'], []);
    take(this, json, ['matches_sso_connection'], false);
    takeDates(this, json, ['created_at', 'updated_at'], new Date(context.now()));
  }

  /** The address comes with the user: reload that. */
  reload(): Promise<this> {
    return Promise.resolve(this);
  }

  override toString(): string {
    return this.emailAddress;
  }
}

declareUnsupported(
  EmailAddress,
  'EmailAddress',
  'create destroy prepareVerification attemptVerification createEmailLinkFlow createEnterpriseSSOLinkFlow',
);
