/**
 * Where a sign-up stands. The API owns the state; this only reads it, together with the little that the person has decided
 * in the card.
 */
import type { EnvironmentResource, SignUpResource } from '../resources/types.ts';
import { isUnderWay } from '../rules/under-way.ts';
import { firstFields, missingFields } from './sign-up-fields.ts';
import type { ContactName, SignUpField } from './sign-up-fields.ts';

/** What the person has decided in this card, and the API does not know. */
export interface SignUpChoice {
  /** Whether this card is working on the attempt; one left from an earlier visit counts only while something of it is under way. */
  engaged: boolean;
  /** A screen in place of the attempt's own. */
  view?: 'start' | undefined;
  /** Which of the two is asked for, where either will do. */
  contact?: ContactName | undefined;
  /** How the address is to be proved, of several ways. */
  strategy?: string | undefined;
}

export type SignUpStep =
  /** The first form; at `continue` only what is still missing, such as after a provider has said who somebody is. */
  | { name: 'start' | 'continue'; fields: SignUpField[] }
  /** Nobody can sign up here by themselves. */
  | { name: 'closed'; mode: 'restricted' | 'waitlist' }
  /** The address or number is proved by this strategy, or by the other one; `sent` as long as what was sent is valid. */
  | { name: 'verify'; contact: ContactName; strategy: string; address: string; sent: boolean; other: string | undefined }
  | { name: 'complete'; sessionId: string | null }
  /** The API asks for something that this version cannot do: said, with a way to start again. */
  | { name: 'unsupported'; what: string };

/** How each is proved, best first: one line a strategy that has a screen in `src/factors/verifications.ts`. */
const strategies: Record<ContactName, readonly string[]> = {
  emailAddress: ['email_link', 'email_code'],
  phoneNumber: ['phone_code'],
};

/** In the order in which they are proved. */
const contactParams: [ContactName, string][] = [
  ['emailAddress', 'email_address'],
  ['phoneNumber', 'phone_number'],
];

/** The step to show. */
export function stepOf(signUp: SignUpResource, environment: EnvironmentResource, choice: SignUpChoice): SignUpStep {
  if (choice.view === 'start' || !(choice.engaged || isLeftUnderWay(signUp))) return startOf(environment, choice);
  switch (signUp.status) {
    case null:
    case 'abandoned':
      return startOf(environment, choice);
    case 'missing_requirements':
      return requirementOf(signUp, environment, choice);
    case 'complete':
      return { name: 'complete', sessionId: signUp.createdSessionId };
    default:
      return { name: 'unsupported', what: signUp.status };
  }
}

function startOf(environment: EnvironmentResource, { contact }: SignUpChoice): SignUpStep {
  const mode = environment.signUpMode;
  if (mode === 'restricted' || mode === 'waitlist') return { name: 'closed', mode };
  const fields = firstFields(environment, contact);
  return fields.length || environment.social.length ? { name: 'start', fields } : { name: 'unsupported', what: 'no field' };
}

/** What an attempt still needs: what was given is verified before anything else is asked for (dossier part 2, §3.3). */
function requirementOf(signUp: SignUpResource, environment: EnvironmentResource, choice: SignUpChoice): SignUpStep {
  const { unverifiedFields } = signUp;
  const unverified = contactParams.find(([, param]) => unverifiedFields.includes(param));
  if (unverified) return verificationOf(unverified, signUp, environment, choice);
  const [unknown] = unverifiedFields;
  const fields = unknown ?? missingFields(signUp.missingFields, choice.contact);
  if (typeof fields === 'string') return { name: 'unsupported', what: fields };
  return fields.length ? { name: 'continue', fields } : { name: 'unsupported', what: 'custom_action' };
}

/** By what was chosen, else by what is under way, else by the best of what the API takes. */
function verificationOf(
  [contact, param]: [ContactName, string],
  signUp: SignUpResource,
  environment: EnvironmentResource,
  choice: SignUpChoice,
): SignUpStep {
  const verification = signUp.verifications[contact];
  const named = verification.supportedStrategies;
  const wanted = named.length ? named : environment.attribute(param).verifications;
  // Where nothing is said, codes are what every instance has.
  const possible = strategies[contact].filter((each) => (wanted.length ? wanted.includes(each) : each !== 'email_link'));
  const isSent = (strategy: string) => isUnderWay(verification, strategy);
  const strategy = possible.find((each) => each === choice.strategy) ?? possible.find(isSent) ?? possible[0];
  if (!strategy) return { name: 'unsupported', what: wanted.join(', ') };
  const other = possible.find((each) => each !== strategy);
  return { name: 'verify', contact, strategy, address: signUp[contact] ?? '', sent: isSent(strategy), other };
}

/** Whether something was sent that is still valid, or a provider or an invitation has brought somebody here. */
const isLeftUnderWay = ({ status, unverifiedFields, verifications }: SignUpResource): boolean =>
  status === 'missing_requirements' &&
  (verifications.externalAccount.status === 'verified' ||
    verifications.emailAddress.strategy === 'ticket' ||
    contactParams.some(
      ([contact, param]) =>
        unverifiedFields.includes(param) && strategies[contact].some((strategy) => isUnderWay(verifications[contact], strategy)),
    ));
