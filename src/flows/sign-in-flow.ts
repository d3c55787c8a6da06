/**
 * Where a sign-in stands after its first screen. The API owns the state; this only reads it, together with the little that the person has
 * decided in the card.
 */
import type { FactorRules } from '../factors/factor.ts';
import type { EnvironmentResource, SignInFactor, SignInResource, VerificationResource } from '../resources/types.ts';
import { isUnderWay } from '../rules/under-way.ts';
import type { SignInChoice } from './sign-in-start.ts';

export type Stage = 'first' | 'second';

export type SignInStep =
  | {
      name: 'factor';
      stage: Stage;
      factor: SignInFactor;
      others: boolean;
      reset: SignInFactor | undefined;
    }
  /** `isOnly`: there is no factor to go back to; the account signs in with providers only. */
  | { name: 'methods'; stage: Stage; factors: SignInFactor[]; isOnly: boolean }
  | { name: 'forgotten'; reset: SignInFactor; factors: SignInFactor[] }
  | { name: 'new-password' }
  | { name: 'complete'; sessionId: string | null }
  /** The API asks for something that this version cannot do: said, with a way to start again. */
  | { name: 'unsupported'; what: string };

/** What is read of a sign-in; proving anew who one is has the same members. */
export type Attempt = Pick<
  SignInResource,
  | 'status'
  | 'supportedFirstFactors'
  | 'supportedSecondFactors'
  | 'firstFactorVerification'
  | 'secondFactorVerification'
  | 'createdSessionId'
>;

/** The step to show. `known` are the rules of every factor that can be drawn; others are skipped. */
export function stepOf(signIn: Attempt, environment: EnvironmentResource, choice: SignInChoice, known: readonly FactorRules[]): SignInStep {
  switch (signIn.status) {
    case 'needs_first_factor':
      return factorOf('first', signIn, environment, choice, known);
    case 'needs_second_factor':
    case 'needs_client_trust':
      return factorOf('second', signIn, environment, choice, known);
    case 'needs_new_password':
      return { name: 'new-password' };
    case 'complete':
      return { name: 'complete', sessionId: signIn.createdSessionId };
    default:
      return { name: 'unsupported', what: String(signIn.status) };
  }
}

/** What was proved of a step, or is being proved. */
export const verificationOf = (attempt: Attempt, stage: Stage): VerificationResource =>
  stage === 'first' ? attempt.firstFactorVerification : attempt.secondFactorVerification;

/** Rules of a factor's strategy. */
export const rulesOf = <Rules extends FactorRules>(known: readonly Rules[], strategy: string): Rules | undefined =>
  known.find((rules) => rules.strategy === strategy);

/** Whether two entries of the list of factors are the same way in. */
export const isSameFactor = (one: SignInFactor, other: SignInFactor): boolean =>
  one.strategy === other.strategy && one.emailAddressId === other.emailAddressId && one.phoneNumberId === other.phoneNumberId;

/** The factor that is chosen, or under way, or to start with: by the instance's preference, and of several addresses the primary one. */
function factorOf(
  stage: Stage,
  signIn: Attempt,
  environment: EnvironmentResource,
  { view, factor: wanted }: SignInChoice,
  known: readonly FactorRules[],
): SignInStep {
  const first = stage === 'first';
  const preference = environment.preferredSignInStrategy === 'otp' ? 'otp' : 'password';
  const rank = ({ strategy }: SignInFactor): number | undefined => {
    const rules = rulesOf(known, strategy);
    return first ? rules?.rank?.[preference] : rules?.second;
  };
  const supported = (first ? signIn.supportedFirstFactors : signIn.supportedSecondFactors) ?? [];
  const usable = supported.filter(rank);
  const recovering = supported.filter((factor) => first && rulesOf(known, factor.strategy) && !rank(factor));
  const all = [...usable, ...recovering];
  const factor =
    all.find((each) => wanted && isSameFactor(each, wanted)) ??
    all.find(({ strategy }) => first && isSentFor(signIn, strategy, known)) ??
    byPrimary(usable).sort((one, other) => rank(one)! - rank(other)!)[0];
  const overProvider = first && supported.some(({ strategy }) => strategy.startsWith('oauth_'));
  if (!factor && overProvider) return { name: 'methods', stage, factors: [], isOnly: true };
  if (!factor) return { name: 'unsupported', what: supported.map(({ strategy }) => strategy).join(', ') || 'no factor' };
  const reset = byPrimary(recovering)[0];
  const factors = usable.filter((other) => !isSameFactor(other, factor));
  if (view === 'methods') return { name: view, stage, factors, isOnly: false };
  if (view === 'forgotten' && reset) return { name: view, reset, factors };
  return { name: 'factor', stage, factor, others: factors.length > 0 || overProvider, reset };
}

/** Of several numbers the one that is chosen for the second step comes first, else the primary one. */
const byPrimary = (factors: SignInFactor[]) => {
  const weight = (factor: SignInFactor) => (factor['default'] === true ? 2 : factor.primary === true ? 1 : 0);
  return [...factors].sort((one, other) => weight(other) - weight(one));
};

/** Whether the person is waited for to use what was sent. A device is asked anew. */
const isSentFor = ({ firstFactorVerification }: Attempt, strategy: string, known: readonly FactorRules[]): boolean =>
  rulesOf(known, strategy)?.prepare !== undefined && isUnderWay(firstFactorVerification, strategy);
