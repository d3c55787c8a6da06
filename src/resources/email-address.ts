import { emailAddress } from '../wire/email-address.ts';
import type { EmailAddressJSON } from '../wire/email-address.ts';
import { BaseResource, take } from './base.ts';
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
    take(this, json, emailAddress, new Date(context.platform.now()));
    this.linkedTo ??= [];
    this.verification = new Verification(json.verification, context);
  }

  /** The address comes with the user: reload that. */
  reload(): Promise<this> {
    return Promise.resolve(this);
  }

  override toString(): string {
    return this.emailAddress;
  }
}
