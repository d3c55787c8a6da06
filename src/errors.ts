/**
 * Every error a page can meet, with Clerk's names and fields (dossier part 1, §3.3), and the guards that tell them apart.
 * Guards look at brands, never at `instanceof`: two copies of a script may share a page.
 */

import { camelCaseKeys } from './rules/names.ts';

/** What an error is about, beyond its code, with names as in JavaScript. */
export interface ErrorMeta {
  /** The parameter that was refused, as on the wire: `email_address`. */
  paramName?: string | undefined;
  /** With `identifier_already_signed_in`: the session to go on with. */
  sessionId?: string | undefined;
  emailAddresses?: string[] | undefined;
  identifiers?: string[] | undefined;
  zxcvbn?: { suggestions: { code: string; message: string }[] } | undefined;
  [key: string]: unknown;
}

/** One error, as the API worded it. */
export interface ClerkAPIError {
  code: string;
  message: string;
  longMessage?: string | undefined;
  meta?: ErrorMeta | undefined;
}

/** An item of `errors` on the wire. */
export interface ErrorItem {
  code: string;
  message?: string | null | undefined;
  long_message?: string | null | undefined;
  meta?: Record<string, unknown> | null | undefined;
}

/** An error item of the wire, as pages see it. */
export function apiErrorOf({ code, message, long_message, meta }: ErrorItem): ClerkAPIError {
  return { code, message: message ?? '', longMessage: long_message ?? undefined, meta: camelCaseKeys(meta ?? {}) };
}

/** Base of the errors that Clerk's own code makes. */
export class ClerkError extends Error {
  static readonly kind: string = 'ClerkError';
  readonly clerkError = true;
  /** Stable; see the dossier for the list. */
  declare readonly code: string;
  declare readonly longMessage: string | undefined;
  declare readonly docsUrl: string | undefined;

  constructor(message: string, options: { code: string; cause?: unknown; longMessage?: string; docsUrl?: string }) {
    super(`Clerk: ${message} (code="${options.code}")`, options);
    Object.assign(this, options).name = new.target.kind;
  }
}

/** A fault on this side: `network_error`, `clerk_offline`, `invalid_response`, `not_supported` … */
export class ClerkRuntimeError extends ClerkError {
  static override readonly kind: string = 'ClerkRuntimeError';
  readonly clerkRuntimeError = true;
}

/** `getToken()` found no network and no token that is still valid. Being offline signs nobody out. */
export class ClerkOfflineError extends ClerkRuntimeError {
  static override readonly kind: string = 'ClerkOfflineError';

  constructor(cause?: unknown) {
    super('Offline, and no session token is valid any more', { code: 'clerk_offline', cause });
  }

  /** Whether `error` is one, also of another copy of the script. */
  static is(error: unknown): error is ClerkOfflineError {
    return field(error, 'code') === 'clerk_offline';
  }
}

/** The API answered with errors. */
export class ClerkAPIResponseError extends Error {
  static readonly kind: string = 'ClerkAPIResponseError';
  readonly clerkError = true;
  readonly code = 'api_response_error';
  declare readonly status: number;
  readonly errors: ClerkAPIError[];
  readonly longMessage: string | undefined;
  /** To be named in a support request. */
  declare readonly clerkTraceId: string | undefined;
  /** Seconds to wait; on status 429 only. */
  declare readonly retryAfter: number | undefined;

  constructor(
    message: string,
    { data, ...fields }: { data: readonly ErrorItem[]; status: number; clerkTraceId?: string | undefined; retryAfter?: number | undefined },
  ) {
    const errors = data.map(apiErrorOf);
    const [first] = errors;
    super(first?.longMessage || first?.message || message);
    Object.assign(this, fields).name = new.target.kind;
    this.errors = errors;
    this.longMessage = first?.longMessage;
  }
}

/** An email link that could not be used: `expired`, `failed` or `client_mismatch`. */
export class EmailLinkError extends Error {
  static readonly kind: string = 'EmailLinkError';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.name = 'EmailLinkError';
    this.code = code;
  }
}

/** Codes of {@link EmailLinkError}. */
export const EmailLinkErrorCode = { Expired: 'expired', Failed: 'failed', ClientMismatch: 'client_mismatch' } as const;

const field = (value: unknown, key: string): unknown => (Object(value) as Record<string, unknown>)[key];

/** Errors of the API carry their list. */
export function isClerkAPIResponseError(error: unknown): error is ClerkAPIResponseError {
  return field(error, 'clerkError') === true && Array.isArray(field(error, 'errors'));
}

export function isClerkRuntimeError(error: unknown): error is ClerkRuntimeError {
  return field(error, 'clerkRuntimeError') === true;
}

export function isClerkError(error: unknown): error is ClerkError | ClerkAPIResponseError {
  return field(error, 'clerkError') === true;
}

export function isEmailLinkError(error: unknown): error is EmailLinkError {
  return field(error, 'name') === 'EmailLinkError';
}

/** Errors of a wallet, by the codes that wallets agreed on. */
export function isMetamaskError(error: unknown): error is { code: 4001 | 32602 | 32603; message: string } {
  return [4001, 32602, 32603].includes(field(error, 'code') as number) && field(error, 'message') !== undefined;
}

/** Any of those that Clerk's code throws or passes on. */
export function isKnownError(error: unknown): boolean {
  return isClerkError(error) || isEmailLinkError(error) || isMetamaskError(error);
}

/** Whether the first error of an answer of the API has this code. */
export const hasCode = (error: unknown, code: string) => isClerkAPIResponseError(error) && field(error.errors[0], 'code') === code;

export const isUserLockedError = (error: unknown): boolean => hasCode(error, 'user_locked');
export const isPasswordPwnedError = (error: unknown): boolean => hasCode(error, 'form_password_pwned');
export const isPasswordCompromisedError = (error: unknown): boolean => hasCode(error, 'form_password_compromised');
export const isReverificationCancelledError = (error: unknown): boolean =>
  isClerkRuntimeError(error) && error.code === 'reverification_cancelled';
export const isCaptchaError = (error: unknown): boolean =>
  ['captcha_invalid', 'captcha_not_enabled', 'captcha_missing_token'].some((code) => hasCode(error, code));
export const isUnauthorizedError = (error: unknown): boolean => statusOf(error) === 401 && hasCode(error, 'authentication_invalid');
export const is4xxError = (error: unknown): boolean => Math.floor(statusOf(error) / 100) === 4;
export const is429Error = (error: unknown): boolean => statusOf(error) === 429;
/** The wider meaning of "signed out" that touch and token requests use. */
export const isUnauthenticatedError = (error: unknown): boolean => [401, 422].includes(statusOf(error)) || isRefusedUser(error);
/** The request did not reach the API, or its answer did not arrive. */
export const isNetworkError = (error: unknown): boolean => field(error, 'code') === 'network_error';

const isRefusedUser = (error: unknown) => statusOf(error) === 403 && (hasCode(error, 'user_banned') || hasCode(error, 'user_deactivated'));

/** `undefined` unless the API answered. */
export const statusOf = (error: unknown) => field(error, 'status') as number;
