import { phoneNumber } from '../wire/phone-number.ts';
import type { PhoneNumberJSON } from '../wire/phone-number.ts';
import { BaseResource, take } from './base.ts';
import type { ResourceContext } from './base.ts';
import { identificationLinks } from './identification-links.ts';
import type { IdentificationLinkResource, PhoneNumberResource, VerificationResource } from './types.ts';
import { Verification } from './verification.ts';

/** A phone number of the user. It is proved, kept for the second step and taken away by methods of the further file. */
export class PhoneNumber extends BaseResource implements PhoneNumberResource {
  declare id: string;
  declare phoneNumber: string;
  declare reservedForSecondFactor: boolean;
  declare defaultSecondFactor: boolean;
  declare backupCodes: string[] | null;
  declare verification: VerificationResource;
  declare linkedTo: IdentificationLinkResource[];
  declare createdAt: Date;
  declare updatedAt: Date;

  declare create: PhoneNumberResource['create'];
  declare prepareVerification: PhoneNumberResource['prepareVerification'];
  declare attemptVerification: PhoneNumberResource['attemptVerification'];
  declare setReservedForSecondFactor: PhoneNumberResource['setReservedForSecondFactor'];
  declare makeDefaultSecondFactor: PhoneNumberResource['makeDefaultSecondFactor'];
  declare destroy: PhoneNumberResource['destroy'];

  constructor(context: ResourceContext, sessionId: string, json: PhoneNumberJSON) {
    super(context, '/me/phone_numbers', sessionId);
    this.apply(json);
  }

  override apply(json: PhoneNumberJSON): this {
    const { resourceContext: context } = this;
    take(this, json, phoneNumber, new Date(context.platform.now()));
    this.backupCodes = json.backup_codes ?? null;
    this.linkedTo = identificationLinks(json.linked_to, this);
    this.verification = new Verification(json.verification, this);
    return this;
  }

  override toString(): string {
    return this.phoneNumber;
  }
}
