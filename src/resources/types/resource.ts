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

/** The state of proving one thing (dossier part 2, §0.5). */
export interface VerificationResource {
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
