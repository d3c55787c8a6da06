import { emailAddress } from '../wire/email-address.ts';
import type { EmailAddressJSON } from '../wire/email-address.ts';
import { BaseResource, take } from './base.ts';
import type { ResourceContext } from './base.ts';
import { identificationLinks } from './identification-links.ts';
import type { EmailAddressResource, IdentificationLinkResource, VerificationResource } from './types.ts';
import { Verification } from './verification.ts';

/** An email address of the user. It is proved and taken away by methods of the further file (`src/methods/identifications.ts`). */
export class EmailAddress extends BaseResource implements EmailAddressResource {
  declare id: string;
  declare emailAddress: string;
  declare verification: VerificationResource;
  declare linkedTo: IdentificationLinkResource[];
  declare matchesSsoConnection: boolean;
  declare createdAt: Date;
  declare updatedAt: Date;

  declare create: EmailAddressResource['create'];
  declare prepareVerification: EmailAddressResource['prepareVerification'];
  declare attemptVerification: EmailAddressResource['attemptVerification'];
  declare destroy: EmailAddressResource['destroy'];

  constructor(context: ResourceContext, sessionId: string, json: EmailAddressJSON) {
    super(context, '/me/email_addresses', sessionId);
    this.apply(json);
  }

  override apply(json: EmailAddressJSON): this {
    const { resourceContext: context } = this;
    take(this, json, emailAddress, new Date(context.platform.now()));
    this.linkedTo = identificationLinks(json.linked_to, this);
    this.verification = new Verification(json.verification, this);
    return this;
  }

  override toString(): string {
    return this.emailAddress;
  }
}
