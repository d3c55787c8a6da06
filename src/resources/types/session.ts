/** Sessions and their tokens. */
import type { ReverificationConfig } from '../../rules/reverification.ts';
import type { ReverificationLevel } from '../../wire/reverification.ts';
import type { SessionStatus } from '../../wire/session.ts';
import type { Jwt } from '../jwt.ts';
import type { ClerkResource, VerificationResource } from './resource.ts';
import type { AttemptFactorParams, PrepareFactorParams, SignInFactor } from './sign-in.ts';
import type { UserResource } from './user.ts';

export interface SessionWithActivitiesResource extends ClerkResource {
  id: string;
  status: string;
  expireAt: Date;
  abandonAt: Date;
  lastActiveAt: Date;
  latestActivity: {
    id: string;
    deviceType?: string | undefined;
    browserName?: string | undefined;
    browserVersion?: string | undefined;
    country?: string | undefined;
    city?: string | undefined;
    isMobile?: boolean | undefined;
    ipAddress?: string | undefined;
  };
  /** Who acts as the user. */
  actor: Record<string, unknown> | null;
  revoke(): Promise<SessionWithActivitiesResource>;
}

export interface GetTokenOptions {
  template?: string;
  organizationId?: string | null;
  skipCache?: boolean;
}

export interface PublicUserData {
  firstName: string | null;
  lastName: string | null;
  imageUrl: string;
  hasImage: boolean;
  identifier: string;
  userId?: string | undefined;
  username?: string | undefined;
  banned?: boolean | undefined;
  /** Only with enterprise SSO. */
  deprovisioned?: boolean | undefined;
}

/** A token of a session. */
export interface TokenResource extends ClerkResource {
  getRawString(): string;
  /** Its parts, unless it is malformed; the signature is not checked. */
  jwt: Jwt | undefined;
}

export type SessionVerificationLevel = ReverificationLevel;

/** How far a session has got with proving anew who its user is. */
export interface SessionVerificationResource extends ClerkResource {
  /** `needs_first_factor`, `needs_second_factor`, `complete`. */
  status: string;
  level: SessionVerificationLevel;
  session: SessionResource;
  firstFactorVerification: VerificationResource;
  secondFactorVerification: VerificationResource;
  supportedFirstFactors: SignInFactor[] | null;
  supportedSecondFactors: SignInFactor[] | null;
}

/** What somebody is to be, or to have done. */
export interface CheckAuthorizationParams {
  /** Who has proved lately who they are: `strict_mfa`, `strict`, `moderate`, `lax`, or a level and its minutes. */
  reverification?: ReverificationConfig;
  [wanted: string]: unknown;
}

export interface SessionResource extends ClerkResource {
  id: string;
  status: SessionStatus;
  expireAt: Date;
  abandonAt: Date;
  lastActiveAt: Date;
  lastActiveOrganizationId: string | null;
  lastActiveToken: TokenResource | null;
  factorVerificationAge: [number, number] | null;
  actor: Record<string, unknown> | null;
  /** The actor where that is a program. */
  agent: Record<string, unknown> | null;
  tasks: { key: string }[] | null;
  currentTask?: { key: string } | undefined;
  user: UserResource | null;
  publicUserData: PublicUserData;
  createdAt: Date;
  updatedAt: Date;
  touch(): Promise<SessionResource>;
  end(): Promise<SessionResource>;
  remove(): Promise<SessionResource>;
  /** A session token, or `null` without a user. Rejects with `clerk_offline` when offline and no valid one is at hand. */
  getToken(options?: GetTokenOptions): Promise<string | null>;
  /** Organisations and billing are out of scope: `false` for everything but reverification checks. */
  checkAuthorization(params: CheckAuthorizationParams): boolean;
  /** Starts to prove anew who the user is. Who has no second factor is asked for the first. */
  startVerification(params: { level: SessionVerificationLevel }): Promise<SessionVerificationResource>;
  prepareFirstFactorVerification(params: PrepareFactorParams): Promise<SessionVerificationResource>;
  attemptFirstFactorVerification(params: AttemptFactorParams): Promise<SessionVerificationResource>;
  /** Has the browser ask for a passkey. Rejects with the API's error, or a ClerkRuntimeError `passkey_…`. */
  verifyWithPasskey(): Promise<SessionVerificationResource>;
  prepareSecondFactorVerification(params: PrepareFactorParams): Promise<SessionVerificationResource>;
  attemptSecondFactorVerification(params: AttemptFactorParams): Promise<SessionVerificationResource>;
  clearCache(): void;
}
