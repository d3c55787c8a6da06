/** Passwords: which are accepted, and how they are kept (security.md §3). */
import { createHmac } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { ApiError, serviceUnavailable } from '../errors.ts';
import type { ApiErrorItem } from '../errors.ts';
import { sha256 } from '../ids.ts';
import type { InstanceSettings } from '../settings.ts';
import { commonPasswords } from './common-passwords.ts';

/** 19,456 KiB, two passes, 32 bytes; argon2id is the library's default. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };
/** How hashes with these parameters begin. */
const prefix = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;
const maximumRunning = 4;
const maximumQueued = 64;

/** Same spelling, same password: composed and decomposed forms are one. */
const normalize = (password: string) => password.normalize('NFKC');

/** Hashes and checks passwords, off the event loop, a few at a time. */
export interface PasswordHasher {
  /** @throws ApiError 503 if too many are waiting. */
  hash(password: string): Promise<string>;
  /** `false` too where there is nothing to compare with, after the same time: give `null` for an unknown user. */
  verify(stored: string | null, password: string): Promise<boolean>;
  /** `true` for a hash that {@link hash} would make otherwise today: it is replaced when its password is next used. */
  isOutdated(stored: string): boolean;
}

/** Marks hashes that came from elsewhere: made without our pepper and our spelling rule. */
const imported = 'imported';

/**
 * An argon2id digest of another system, as it is stored; `undefined` if it is none, or so costly that checking it would stop the others.
 */
export function importPasswordDigest(digest: string): string | undefined {
  const [, memory, time, lanes] =
    /^\$argon2id\$v=19\$m=(\d{1,9}),t=(\d{1,9}),p=(\d{1,9})\$[\w+/]{11,86}\$[\w+/]{22,86}$/.exec(digest)?.map(Number) ?? [];
  const isBounded = memory && time && lanes && memory <= 65_536 && time <= 10 && lanes <= 4 && memory >= 8 * lanes;
  return isBounded ? imported + digest : undefined;
}

/** @param pepper key of an HMAC that a reader of the database lacks; its fingerprint is stored with each hash. */
export function createPasswordHasher(pepper?: string): PasswordHasher {
  const limited = limitConcurrency();
  const pepperId = pepper ? sha256(`pepper:${pepper}`).toString('hex').slice(0, 8) : '';
  const season = (password: string) =>
    pepper ? createHmac('sha256', pepper).update(normalize(password)).digest('base64') : normalize(password);
  const hashNow = async (password: string) => pepperId + (await hash(season(password), parameters));
  const dummy = limited(() => hashNow('nobody has this password'));

  return {
    hash: (password) => limited(() => hashNow(password)),
    verify: async (stored, password) => {
      const mark = stored?.slice(0, stored.indexOf('$'));
      const fits = stored !== null && (mark === pepperId || mark === imported) && isAcceptable(password);
      const compared = fits ? stored : await dummy;
      const given = fits && mark === imported ? password : season(fits ? password : '');
      const matches = await limited(() => verify(compared.slice(compared.indexOf('$')), given));
      return fits && matches;
    },
    isOutdated: (stored) => !stored.startsWith(`${pepperId}${prefix}`),
  };
}

/** Nothing longer or ill-formed was ever accepted, so it need not be hashed to be refused. */
function isAcceptable(password: string): boolean {
  return password.length <= 4 * 72 && !/\p{Surrogate}/u.test(password);
}

function limitConcurrency(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (running >= maximumRunning) {
      if (queue.length >= maximumQueued) throw serviceUnavailable();
      await new Promise<void>((resolve) => queue.push(resolve));
    } else {
      running++;
    }
    try {
      return await work();
    } finally {
      const next = queue.shift();
      // The place is handed on, so nobody can slip in between.
      if (next) next();
      else running--;
    }
  };
}

/** What a new password is checked against. */
export interface PasswordContext {
  rules: InstanceSettings['password'];
  /** The user's identifiers, in any spelling. */
  identifiers?: readonly (string | null | undefined)[];
  /** Name of the request parameter, for `meta.param_name`. */
  parameter?: string;
}

/** Every rule that a new password breaks, as error items (dossier part 2, §2.9); empty if it is fine. */
export function passwordProblems(password: string, { rules, identifiers = [], parameter = 'password' }: PasswordContext): ApiErrorItem[] {
  const problem = (code: string, message: string): ApiErrorItem => ({
    code,
    message,
    longMessage: message,
    meta: { param_name: parameter },
  });
  if (/\p{Surrogate}/u.test(password)) {
    return [problem('form_password_validation_failed', 'The password holds half a character. Please type it again.')];
  }
  const normalized = normalize(password);
  const length = [...normalized].length;
  const problems: ApiErrorItem[] = [];
  const check = (wrong: boolean, code: string, message: string) => {
    if (wrong) problems.push(problem(code, message));
  };
  check(length < rules.minLength, 'form_password_length_too_short', `Passwords must be ${rules.minLength} characters or more.`);
  check(length > rules.maxLength, 'form_password_length_too_long', `Passwords must be ${rules.maxLength} characters or less.`);
  check(
    rules.requireUppercase && !/\p{Lu}/u.test(normalized),
    'form_password_no_uppercase',
    'Passwords must contain at least one uppercase character.',
  );
  check(
    rules.requireLowercase && !/\p{Ll}/u.test(normalized),
    'form_password_no_lowercase',
    'Passwords must contain at least one lowercase character.',
  );
  check(rules.requireNumbers && !/\p{Nd}/u.test(normalized), 'form_password_no_number', 'Passwords must contain at least one number.');
  check(
    rules.requireSpecialCharacter && !/[\p{P}\p{S}]/u.test(normalized),
    'form_password_no_special_char',
    'Passwords must contain at least one special character.',
  );
  const folded = normalized.toLowerCase();
  check(
    identifiers.some((identifier) => identifier && normalize(identifier).trim().toLowerCase() === folded.trim()),
    'form_password_matches_identifier',
    'Your password must not be the same as your email address or username.',
  );
  check(
    commonPasswords.has(folded),
    'form_password_pwned',
    'This password is one of the most common ones and easily guessed. Please choose another.',
  );
  return problems;
}

/**
 * Refuses a new password that breaks a rule.
 * @throws ApiError 422 with an item for each broken rule.
 */
export function checkPassword(password: string, context: PasswordContext): void {
  const problems = passwordProblems(password, context);
  if (problems.length) throw new ApiError(422, problems);
}
