/** What resources have in common. */
import type { ErrorMeta } from '../../errors.ts';
import type { VerificationStatus } from '../../wire/verification.ts';

/** Common to all resources. */
export interface ClerkResource {
  readonly id?: string | undefined;
  /** The path this resource was read from, below `/v1`. */
  pathRoot: string;
  /** Reads the resource again from the API. Rejects with a ClerkAPIResponseError or a `network_error`. */
  reload(): Promise<this>;
}

/** A gate against bots that is before an attempt. Our API has none. */
export interface ProtectCheckResource {
  status: 'pending';
  token: string;
  /** Of the script that asks for the proof. */
  sdkUrl: string;
  /** Milliseconds since 1970. */
  expiresAt?: number;
  uiHints?: Record<string, string>;
}

/** What a password lacks that is marked here, by the settings of the instance. */
export interface ComplexityErrors {
  max_length?: boolean;
  min_length?: boolean;
  require_lowercase?: boolean;
  require_numbers?: boolean;
  require_special_char?: boolean;
  require_uppercase?: boolean;
}

export interface ValidatePasswordCallbacks {
  onValidation?: (result: { complexity?: ComplexityErrors }) => void;
  /** Whether the password has all that it needs. */
  onValidationComplexity?: (isComplexEnough: boolean) => void;
}

/** The state of proving one thing (dossier part 2, §0.5). */
export interface VerificationResource extends ClerkResource {
  status: VerificationStatus | null;
  strategy: string | null;
  attempts: number | null;
  expireAt: Date | null;
  nonce: string | null;
  message: string | null;
  channel: string | null;
  externalVerificationRedirectURL: URL | null;
  verifiedAtClient: string | null;
  error: { code: string; message: string; longMessage?: string | undefined; meta?: ErrorMeta | undefined } | null;
  verifiedFromTheSameClient(): boolean;
}
