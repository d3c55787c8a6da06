/**
 * Settings of the instance: `demo/instance.json`, or the file that `CLERK_INSTANCE` names. The file is written in snake_case like
 * the wire; what is left out has the default written here, and every mistake is named with its path.
 */
import * as z from 'zod/mini';
import { isJsonObject } from '../../src/rules/merge-patch.ts';
import type { JsonObject } from '../../src/rules/merge-patch.ts';
import { metadataBytes, metadataProblem, metadataProblems, maximumMetadataBytes } from '../../src/rules/metadata-limits.ts';
import {
  claimsProblems,
  findClaimsProblems,
  isTemplateName,
  templateClockSkew,
  templateLifetime,
  templateNameRule,
} from './domain/claim-rules.ts';
import { StartError } from './start-error.ts';
import { isAddressOrSubnet } from './client-address.ts';
import { completeProviders, socialMistakes, socialSettings } from './oauth/settings.ts';
import type { SocialProvider } from './oauth/settings.ts';
import { describeIssue } from './settings-issues.ts';
import { camelizeKeys } from './settings-keys.ts';
import type { Camelized } from './settings-keys.ts';
import { webhookMistakes, webhookSettings } from './webhooks/settings.ts';

/** `development` with `pk_test_` keys, `production` with `pk_live_`. */
export type InstanceType = 'development' | 'production';

const flag = z.boolean();
const text = z.string();
const oneLine = text.check(
  z.regex(/^[^\p{Cc}]*$/u, 'expected text without line breaks'),
  z.maxLength(200, 'expected at most 200 characters'),
);
const whole = (minimum: number, maximum: number) =>
  z.int().check(z.minimum(minimum, `expected ${minimum} or more`), z.maximum(maximum, `expected ${maximum} or less`));
const page = text.check(z.regex(/^(\/(?!\/)|https?:\/\/|$)/, 'expected a path that starts with / or an http(s) address'));
const origin = text.check(
  z.refine((value) => URL.canParse(value) && new URL(value).origin === value, 'expected an origin such as https://www.example.com'),
);
const hostName = text.check(z.regex(/^[a-z0-9.-]+$/, 'expected a host name in lower case, without scheme and port'));
// Not a record: zod would silently leave out a key called `__proto__`.
const document = z.custom<JsonObject>(isJsonObject, 'expected an object').check(
  z.refine((value) => !metadataProblem(value), {
    error: ({ input }) => metadataProblems[metadataProblem(input) ?? 'not_an_object'],
    abort: true,
  }),
);
const metadata = document.check(
  z.refine((value) => metadataBytes(value) <= maximumMetadataBytes, `expected at most ${maximumMetadataBytes} bytes of JSON`),
);
const claims = document.check(({ value, issues }) => {
  for (const problem of findClaimsProblems(value)) {
    issues.push({ code: 'custom', path: problem.path, message: claimsProblems[problem.kind], input: problem.value });
  }
});
const seconds = ({ minimum, maximum, default: usual }: typeof templateLifetime) => z._default(whole(minimum, maximum), usual);

/** An object whose fields all have defaults, so that it may be left out too. */
const block = <Shape extends Record<string, z.ZodMiniType>>(shape: Shape) => z.prefault(z.strictObject(shape), {} as never);
const attribute = (enabled: boolean, required: boolean) =>
  block({ enabled: z._default(flag, enabled), required: z._default(flag, required) });
const limit = z.strictObject({ requests: whole(1, 1_000_000), window: whole(1, 86_400) });

const file = z.strictObject({
  application_name: z._default(oneLine.check(z.minLength(1, 'expected a name')), 'My application'),
  /** `+clerk_test` addresses, and numbers such as +1 415 555 0100, take the code 424242. Default: on for a test instance. */
  test_mode: z.optional(flag),
  attributes: block({
    email_address: block({
      enabled: z._default(flag, true),
      required: z._default(flag, true),
      first_factors: z._default(z.array(z.enum(['email_code', 'email_link'])), ['email_code']),
      /** What proves an address at sign-up, the favourite first; a code can always be asked for. */
      verifications: z._default(z.array(z.enum(['email_code', 'email_link'])).check(z.minLength(1, 'expected one way at least')), [
        'email_code',
      ]),
      verify_at_sign_up: z._default(flag, true),
    }),
    phone_number: block({
      enabled: z._default(flag, false),
      required: z._default(flag, false),
      first_factors: z._default(z.array(z.enum(['phone_code'])), ['phone_code']),
      verify_at_sign_up: z._default(flag, true),
      /** Whether people may keep a number for the second step of their sign-ins. */
      second_factors: z._default(z.array(z.enum(['phone_code'])), []),
    }),
    username: attribute(false, false),
    first_name: attribute(false, false),
    last_name: attribute(false, false),
    password: attribute(true, true),
    /** Second factors that people may set up. */
    authenticator_app: block({ enabled: z._default(flag, false) }),
    backup_code: block({ enabled: z._default(flag, false) }),
    /** People may register passkeys and sign in with them. */
    passkey: block({ enabled: z._default(flag, false) }),
  }),
  sign_in: block({
    /** `required`: who has no second factor sets one up before their session is more than `pending`. */
    second_factor: block({ required: z._default(flag, false) }),
  }),
  email_link: block({
    /** A link works only in the browser in which it was asked for. */
    require_same_client: z._default(flag, false),
  }),
  /** Sensitive changes want a factor that was proved in the last ten minutes. */
  reverification: z._default(flag, false),
  /** Whoever comes with the right password, but without a second factor and from a browser unknown to them, proves an address too. */
  client_trust: z._default(flag, false),
  preferred_sign_in_strategy: z._default(z.enum(['password', 'otp']), 'password'),
  single_session_mode: z._default(flag, true),
  sign_up: block({
    mode: z._default(z.enum(['public', 'restricted', 'waitlist']), 'public'),
    legal_consent: z._default(flag, false),
  }),
  password: block({
    min_length: z._default(whole(8, 72), 8),
    max_length: z._default(whole(8, 72), 72),
    require_uppercase: z._default(flag, false),
    require_lowercase: z._default(flag, false),
    require_numbers: z._default(flag, false),
    require_special_character: z._default(flag, false),
  }),
  passkey: block({
    allow_autofill: z._default(flag, true),
    show_sign_in_button: z._default(flag, true),
    /** Who signs in with a passkey is not asked for a second factor, and a passkey may take the place of one. */
    satisfies_second_factor: z._default(flag, true),
    /** All pages within this domain share their passkeys. Default: each host name has its own. */
    domain: z._default(z.union([hostName, z.literal('')]), ''),
  }),
  lockout: block({
    max_attempts: z._default(whole(1, 1000), 10),
    duration_in_minutes: z._default(whole(5, 525_600), 60),
  }),
  enumeration_protection: z._default(flag, false),
  delete_self: z._default(flag, true),
  /** `off`, `hosted`, or some of the hosted numbers changed. Default: off for a test instance, hosted otherwise. */
  rate_limits: z.optional(
    z.union([
      z.enum(['off', 'hosted']),
      z.strictObject({
        create_sign_in: z.optional(limit),
        create_sign_up: z.optional(limit),
        attempt: z.optional(limit),
        backend_api: z.optional(limit),
        user_update: z.optional(limit),
      }),
    ]),
  ),
  /** Origins allowed beside this server's own; a test instance accepts every loopback origin. */
  allowed_origins: z._default(z.array(origin), []),
  /** Host names by which the server may be called, beside loopback names and its own. */
  allowed_hosts: z._default(z.array(hostName), []),
  /** Addresses whose `X-Forwarded-For` is believed. */
  trusted_proxies: z._default(
    z.array(text.check(z.refine(isAddressOrSubnet, 'expected an IP address or a subnet such as 10.0.0.0/8'))),
    [],
  ),
  urls: block({
    home: z._default(page, '/'),
    sign_in: z._default(page, '/sign-in'),
    sign_up: z._default(page, '/sign-up'),
    after_sign_out: z._default(page, '/'),
    terms: z._default(page, ''),
    privacy_policy: z._default(page, ''),
  }),
  support_email: z._default(oneLine, ''),
  /** Added to every session token; texts may hold shortcodes (`domain/shortcodes.ts`). */
  session_token: block({ claims: z._default(claims, {}) }),
  /** Tokens that `getToken({ template })` makes, beside those that backends add. */
  jwt_templates: z._default(
    z.array(
      z.strictObject({
        name: text.check(z.refine(isTemplateName, `expected ${templateNameRule}`)),
        claims,
        lifetime: seconds(templateLifetime),
        allowed_clock_skew: seconds(templateClockSkew),
      }),
    ),
    [],
  ),
  /** Providers that people may sign in with: OpenID Connect, or OAuth 2 with an address that says who somebody is. */
  social: socialSettings,
  /** Backends that are told of changes of users and sessions. */
  webhooks: webhookSettings,
  /** Created on the first start of a test instance. */
  users: z._default(
    z.array(
      z.strictObject({
        email_address: text,
        phone_number: z.optional(text),
        password: z.optional(text),
        username: z.optional(text),
        first_name: z.optional(text),
        last_name: z.optional(text),
        public_metadata: z.optional(metadata),
        private_metadata: z.optional(metadata),
        unsafe_metadata: z.optional(metadata),
      }),
    ),
    [],
  ),
});

/** The settings file as it may be written. */
export type SettingsFile = z.input<typeof file>;

/** A limit on requests of one kind; `window` in seconds. */
export type RateLimit = z.infer<typeof limit>;

const hostedLimits = (instanceType: InstanceType) => ({
  createSignIn: { requests: 5, window: 10 },
  createSignUp: { requests: 5, window: 10 },
  attempt: { requests: 3, window: 10 },
  backendApi: { requests: instanceType === 'development' ? 100 : 1000, window: 10 },
  userUpdate: { requests: 10, window: 10 },
});

export type RateLimits = Record<keyof ReturnType<typeof hostedLimits>, RateLimit>;

/** The settings in force. */
export type InstanceSettings = Omit<Camelized<z.infer<typeof file>>, 'testMode' | 'rateLimits' | 'social'> & {
  testMode: boolean;
  social: SocialProvider[];
  rateLimits: 'off' | RateLimits;
};

export type SeedUser = InstanceSettings['users'][number];

/** The settings file has mistakes; the message lists them, one a line, each with its path. */
export class SettingsError extends StartError {
  override readonly name: string = 'SettingsError';
}

/**
 * Reads the content of a settings file.
 * @throws SettingsError
 */
export function readSettings(content: unknown, instanceType: InstanceType): InstanceSettings {
  const result = z.safeParse(file, content, { reportInput: true });
  if (!result.success) throw new SettingsError(result.error.issues.flatMap(describeIssue).join('\n'));
  const { testMode = instanceType === 'development', rateLimits, social: given, ...settings } = camelizeKeys(result.data);
  const social = completeProviders(given);
  const mistakes = [];
  if (testMode && instanceType === 'production') {
    mistakes.push('test_mode: expected false, since the publishable key is pk_live_…: test codes belong to test instances');
  }
  if (settings.password.minLength > settings.password.maxLength) {
    mistakes.push('password.min_length: expected no more than password.max_length');
  }
  const { emailAddress, phoneNumber, username, password } = settings.attributes;
  if (!emailAddress.enabled && !phoneNumber.enabled && !username.enabled) {
    mistakes.push('attributes: expected email_address, phone_number or username to be enabled, or nobody could sign in');
  }
  const hasPhoneFactor = phoneNumber.enabled && phoneNumber.secondFactors.length > 0;
  if (settings.signIn.secondFactor.required && !settings.attributes.authenticatorApp.enabled && !hasPhoneFactor) {
    mistakes.push(
      'sign_in.second_factor.required: expected false, since neither attributes.authenticator_app nor a second factor of phone_number is on and nobody could set one up',
    );
  }
  const hasProvider = social.some(({ authenticatable }) => authenticatable);
  if (
    !password.enabled &&
    !hasProvider &&
    ![emailAddress, phoneNumber].some(({ enabled, firstFactors }) => enabled && firstFactors.length)
  ) {
    mistakes.push('attributes.password.enabled: expected true, since no enabled attribute has first_factors and nobody could sign in');
  }
  const names = settings.jwtTemplates.map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) < index)
      mistakes.push(`jwt_templates.${index}.name: expected a name that no other template has, got "${name}"`);
  }
  mistakes.push(...socialMistakes(social));
  mistakes.push(...webhookMistakes(settings.webhooks));
  if (mistakes.length) throw new SettingsError(mistakes.join('\n'));
  const isOff = rateLimits === 'off' || (rateLimits === undefined && instanceType === 'development');
  const overrides = typeof rateLimits === 'object' ? withoutUndefined(rateLimits) : {};
  return { ...settings, testMode, social, rateLimits: isOff ? 'off' : { ...hostedLimits(instanceType), ...overrides } };
}

const withoutUndefined = (limits: Partial<Record<keyof RateLimits, RateLimit | undefined>>) =>
  Object.fromEntries(Object.entries(limits).filter(([, value]) => value)) as Partial<RateLimits>;
