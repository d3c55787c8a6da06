/** Email addresses and phone numbers of a user. */
import type { EmailLinkFlow, StartEmailLinkFlowParams } from './email-links.ts';
import type { ClerkResource, VerificationResource } from './resource.ts';

/** What has brought an address or a number along. */
export interface IdentificationLinkResource extends ClerkResource {
  id: string;
  type: string;
}

export interface EmailAddressResource extends ClerkResource {
  id: string;
  emailAddress: string;
  verification: VerificationResource;
  linkedTo: IdentificationLinkResource[];
  matchesSsoConnection: boolean;
  createdAt: Date;
  updatedAt: Date;
  toString(): string;
  /** Adds it to the user, as `user.createEmailAddress()` does. */
  create(): Promise<EmailAddressResource>;
  /** Sends a code or, with `email_link`, a link that leads to `redirectUrl`. */
  prepareVerification(
    params: { strategy: 'email_code' } | { strategy: 'email_link' | 'enterprise_sso'; redirectUrl: string },
  ): Promise<EmailAddressResource>;
  attemptVerification(params: { code: string }): Promise<EmailAddressResource>;
  createEmailLinkFlow(): EmailLinkFlow<StartEmailLinkFlowParams, EmailAddressResource>;
  destroy(): Promise<void>;
}

export interface PhoneNumberResource extends ClerkResource {
  id: string;
  /** E.164. */
  phoneNumber: string;
  verification: VerificationResource;
  reservedForSecondFactor: boolean;
  defaultSecondFactor: boolean;
  linkedTo: IdentificationLinkResource[];
  /** Those that were made because this has become the first second factor: known in that answer alone. */
  backupCodes?: string[] | null;
  createdAt: Date;
  updatedAt: Date;
  toString(): string;
  /** Adds it to the user, as `user.createPhoneNumber()` does. */
  create(): Promise<PhoneNumberResource>;
  /** Sends a code. */
  prepareVerification(): Promise<PhoneNumberResource>;
  attemptVerification(params: { code: string }): Promise<PhoneNumberResource>;
  setReservedForSecondFactor(params: { reserved: boolean }): Promise<PhoneNumberResource>;
  makeDefaultSecondFactor(): Promise<PhoneNumberResource>;
  destroy(): Promise<void>;
}
