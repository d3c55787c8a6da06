/** What a user proves the second step of a sign-in by, as it is set up. */
import type { ClerkResource } from './resource.ts';

/** An authenticator app. */
export interface TOTPResource extends ClerkResource {
  id: string;
  /** Base32; with `uri`, for the QR code, in the answer of `createTOTP()` alone. */
  secret?: string | null;
  uri?: string | null;
  verified: boolean;
  /** Only where the verification has made them. */
  backupCodes?: string[] | null;
  createdAt: Date | null;
  updatedAt: Date | null;
}

/** Codes that are each good for one sign-in: known here and now, and never again. */
export interface BackupCodeResource extends ClerkResource {
  id: string;
  codes: string[];
  createdAt: Date | null;
  updatedAt: Date | null;
}

/** What is no more. */
export interface DeletedObjectResource {
  object: string;
  id?: string | undefined;
  slug?: string | null | undefined;
  deleted: boolean;
}
