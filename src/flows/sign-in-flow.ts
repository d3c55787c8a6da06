/**
 * Where a sign-in stands. The API owns the state; this only reads it, together with the little that the person has decided
 * in the card.
 */
import type { FactorRules } from '../factors/factor.ts';
import type { EnvironmentResource, SignInFactor, SignInResource } from '../resources/types.ts';
import { isUnderWay } from '../rules/under-way.ts';

/** What the person has decided in this card, and the API does not know. */
export interface SignInChoice {
  /** Whether this card is working on the attempt; one left from an earlier visit counts only while its code is under way. */
  engaged: boolean;
  /** A screen in place of the attempt's own. */
  view?: 'start' | 'methods' | 'forgotten' | undefined;
  /** The factor chosen among the supported ones. */
  factor?: SignInFactor | undefined;
}

/** The kinds of identifier that the first field takes. */
export type IdentifierKind = 'emailAddress' | 'username' | 'phoneNumber';

export type SignInStep =
  | {
      name: 'start';
      identifiers: IdentifierKind[];
      /** `visible` from the start, `hidden` until a password manager fills it, or not there. */
      password: 'visible' | 'hidden' | 'none';
      signUp: boolean;
    }
  | {
      name: 'factor';
      stage: 'first' | 'second';
      factor: SignInFactor;
      others: boolean;
      reset: SignInFactor | undefined;
    }
  | { name: 'methods'; stage: 'first' | 'second'; factors: SignInFactor[] }
  | { name: 'forgotten'; reset: SignInFactor; factors: SignInFactor[] }
  | { name: 'new-password' }
  | { name: 'complete'; sessionId: string | null }
  /** The API asks for something that this version cannot do: said, with a way to start again. */
  | { name: 'unsupported'; what: string };

/** The step to show. `known` are the rules of every factor that can be drawn; others are skipped. */
export function stepOf(
  signIn: SignInResource,
  environment: EnvironmentResource,
  choice: SignInChoice,
  known: readonly FactorRules[],
): SignInStep {
  if (choice.view === 'start' || !(choice.engaged || isLeftUnderWay(signIn, known))) return startOf(environment);
  switch (signIn.status) {
    case null:
    case 'needs_identifier':
    case 'abandoned':
      return startOf(environment);
    case 'needs_first_factor':
      return firstFactorOf(signIn, environment, choice, known);
    case 'needs_second_factor':
    case 'needs_client_trust':
      return secondFactorOf(signIn, choice, known);
    case 'needs_new_password':
      return { name: 'new-password' };
    case 'complete':
      return { name: 'complete', sessionId: signIn.createdSessionId };
    default:
      return { name: 'unsupported', what: signIn.status };
  }
}

/** Rules of a factor's strategy. */
export const rulesOf = <Rules extends FactorRules>(known: readonly Rules[], strategy: string): Rules | undefined =>
  known.find((rules) => rules.strategy === strategy);

/** Whether two entries of the list of factors are the same way in. */
export const isSameFactor = (one: SignInFactor, other: SignInFactor): boolean =>
  one.strategy === other.strategy &&
  one.emailAddressId === other.emailAddressId &&
  one.phoneNumberId === other.phoneNumberId;

function startOf(environment: EnvironmentResource): SignInStep {
  const kinds: [IdentifierKind, string][] = [
    ['emailAddress', 'email_address'],
    ['phoneNumber', 'phone_number'],
    ['username', 'username'],
  ];
  const identifiers = kinds.filter(([, name]) => environment.attribute(name).usedForFirstFactor).map(([kind]) => kind);
  const prefersPassword = environment.preferredSignInStrategy === 'password';
  const password = environment.attribute('password').enabled ? (prefersPassword ? 'visible' : 'hidden') : 'none';
  return { name: 'start', identifiers, password, signUp: environment.signUpMode === 'public' };
}

function firstFactorOf(
  signIn: SignInResource,
  environment: EnvironmentResource,
  choice: SignInChoice,
  known: readonly FactorRules[],
): SignInStep {
  const supported = signIn.supportedFirstFactors ?? [];
  const usable = supported.filter(({ strategy }) => rulesOf(known, strategy)?.rank);
  const recovering = supported.filter(
    ({ strategy }) => rulesOf(known, strategy) && !usable.some((factor) => factor.strategy === strategy),
  );
  const chosen = [...usable, ...recovering].find((factor) => choice.factor && isSameFactor(factor, choice.factor));
  const sent = [...usable, ...recovering].find(({ strategy }) => isUnderWay(signIn.firstFactorVerification, strategy));
  const factor = chosen ?? sent ?? startingFactor(usable, environment, known);
  const reset = byPrimary(recovering)[0];
  if (!factor) return { name: 'unsupported', what: names(supported) };
  const others = usable.filter((other) => !isSameFactor(other, factor));
  if (choice.view === 'methods') return { name: 'methods', stage: 'first', factors: others };
  if (choice.view === 'forgotten' && reset) return { name: 'forgotten', reset, factors: others };
  return { name: 'factor', stage: 'first', factor, others: others.length > 0, reset };
}

function secondFactorOf(signIn: SignInResource, choice: SignInChoice, known: readonly FactorRules[]): SignInStep {
  const supported = signIn.supportedSecondFactors ?? [];
  const usable = supported.filter(({ strategy }) => rulesOf(known, strategy)?.second);
  const chosen = usable.find((factor) => choice.factor && isSameFactor(factor, choice.factor));
  const preferred = ['totp', 'phone_code'].flatMap((strategy) =>
    usable.filter((factor) => factor.strategy === strategy),
  );
  const factor = chosen ?? preferred[0] ?? usable[0];
  if (!factor) return { name: 'unsupported', what: names(supported) };
  const others = usable.filter((other) => !isSameFactor(other, factor));
  if (choice.view === 'methods') return { name: 'methods', stage: 'second', factors: others };
  return { name: 'factor', stage: 'second', factor, others: others.length > 0, reset: undefined };
}

/** The factor to start with, by the instance's preference; of several addresses the primary one. */
function startingFactor(
  usable: SignInFactor[],
  environment: EnvironmentResource,
  known: readonly FactorRules[],
): SignInFactor | undefined {
  const preference = environment.preferredSignInStrategy === 'otp' ? 'otp' : 'password';
  const rank = ({ strategy }: SignInFactor) => rulesOf(known, strategy)?.rank?.[preference] ?? Infinity;
  return byPrimary(usable).sort((one, other) => rank(one) - rank(other))[0];
}

const byPrimary = (factors: SignInFactor[]) =>
  [...factors].sort((one, other) => Number(other.primary === true) - Number(one.primary === true));

const names = (factors: SignInFactor[]) => factors.map(({ strategy }) => strategy).join(', ') || 'no factor';

function isLeftUnderWay(signIn: SignInResource, known: readonly FactorRules[]): boolean {
  return (
    signIn.status === 'needs_first_factor' &&
    known.some(({ strategy }) => isUnderWay(signIn.firstFactorVerification, strategy))
  );
}
