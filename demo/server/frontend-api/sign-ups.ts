/** Sign-up attempts (dossier part 2, §3). */
import type { signUpEndpoints } from '../../../src/wire/sign-up.ts';
import type { Dependencies } from '../dependencies.ts';
import { alreadyVerified } from '../domain/code-verification.ts';
import { linkStrategy } from '../domain/email-link.ts';
import { requireText } from '../domain/form-values.ts';
import { identificationKinds, kindOfStrategy, kindOfText } from '../domain/identification-kinds.ts';
import { refuseSecondSession } from '../domain/sign-in.ts';
import {
  attemptIdentification,
  cannotBeUpdated,
  changeSignUp,
  prepareIdentification,
  readSignUp,
  requireOpen,
  startSignUp,
} from '../domain/sign-up-steps.ts';
import type { SignUpProof, SignUpSource } from '../domain/sign-up-steps.ts';
import { findTransfer } from '../domain/sign-up-if-missing.ts';
import { invitedSource, ticketStrategy } from '../domain/sign-up-ticket.ts';
import type { SignUpForm } from '../domain/sign-up-values.ts';
import { ApiError, notFound, parameterError } from '../errors.ts';
import { signUpWithIdToken } from '../oauth/one-tap.ts';
import { isProviderStrategy, oneTapStrategy } from '../oauth/providers.ts';
import { sendSignUpToProvider, startProviderSignUp, transferToSignUp } from '../oauth/sign-up.ts';
import type { OAuthForm } from '../oauth/start.ts';
import { presentSignUpById } from '../present/sign-up.ts';
import { checkChannel } from '../factors/sent-code.ts';
import type { IdentificationKind } from '../store/identifications.ts';
import type { SignUp } from '../store/sign-ups.ts';
import type { Caller, Handlers } from './handler.ts';

export const signUpHandlers: Handlers<keyof typeof signUpEndpoints> = {
  createSignUp: async ({ context, caller, form }) => {
    await checkSignUpRate(caller);
    const invited = await readTicket(context, form);
    // Whoever is invited gets in where others do not.
    if (!invited) refuseClosed(context);
    const source = form.transfer ? await findTransfer(context, caller) : invited;
    if ((form.transfer && !source) || isProviderStrategy(form.strategy) || form.strategy === oneTapStrategy) {
      await refuseSecondSession(context, caller);
      return present(context, await createProviderSignUp(context, caller, form));
    }
    const proof = proofToPrepare(context, form.strategy);
    if (proof && !source && !namesEither(form, proof.kind)) requireText(form[proof.kind], proof.kind);
    await refuseSecondSession(context, caller);
    const signUp = await startSignUp(context, caller, form, source);
    if (proof && signUp.status !== 'complete') await prepareIdentification({ context, caller, signUp }, proof, redirectOf(form));
    return present(context, signUp);
  },

  getSignUp: async ({ context, caller, path }) => present(context, await readSignUp(context, caller, path.signUpId)),

  updateSignUp: async ({ context, caller, path, form }) => {
    const proof = proofToPrepare(context, form.strategy);
    const signUp = await readSignUp(context, caller, path.signUpId);
    requireOpen(context, caller, signUp, cannotBeUpdated);
    const changed = await changeSignUp({ context, caller, signUp }, form, await readTicket(context, form));
    if (proof && changed.status !== 'complete') {
      await prepareIdentification({ context, caller, signUp: changed }, proof, redirectOf(form));
    }
    if (isProviderStrategy(form.strategy) && changed.status !== 'complete') {
      await sendSignUpToProvider({ context, signUp: changed }, form.strategy, form);
    }
    return present(context, signUp);
  },

  prepareVerification: async ({ context, caller, path, form }) => {
    const strategy = requireText(form.strategy, 'strategy');
    const proof = isProviderStrategy(strategy) ? undefined : knownProof(context, strategy);
    if (proof) checkChannel(proof.kind, form.channel);
    const signUp = await readSignUp(context, caller, path.signUpId);
    requireOpen(context, caller, signUp, alreadyVerified);
    if (proof) await prepareIdentification({ context, caller, signUp }, proof, redirectOf(form));
    else await sendSignUpToProvider({ context, signUp }, strategy, form);
    return present(context, signUp);
  },

  attemptVerification: async ({ context, caller, path, form }) => {
    await caller.checkRate('attempt');
    const proof = knownProof(context, requireText(form.strategy, 'strategy'));
    const signUp = await readSignUp(context, caller, path.signUpId);
    requireOpen(context, caller, signUp, alreadyVerified);
    await attemptIdentification({ context, caller, signUp }, { ...proof, code: requireText(form.code, 'code') });
    return present(context, signUp);
  },
};

/** The invitation that create or update comes with, if it says so. */
async function readTicket(
  context: Dependencies,
  { strategy, ticket }: { strategy?: string | undefined; ticket?: string | undefined },
): Promise<SignUpSource | undefined> {
  return strategy === ticketStrategy ? invitedSource(context, requireText(ticket, 'ticket')) : undefined;
}

/** The attempt as the step has left it. */
async function present(context: Dependencies, { id }: SignUp) {
  const presented = await presentSignUpById(context, id);
  if (!presented) throw notFound('sign-up');
  return presented;
}

/** @throws ApiError 429 `signup_rate_limit_exceeded`. */
async function checkSignUpRate(caller: Caller): Promise<void> {
  try {
    await caller.checkRate('createSignUp');
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 429) throw error;
    const item = {
      code: 'signup_rate_limit_exceeded',
      message: 'Too many sign-ups',
      longMessage: 'Too many sign-ups from this address. Please wait a moment and try again.',
    };
    throw new ApiError(429, item, { cause: error, ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }) });
  }
}

/** What create or update asks a code for at once. Clerk's own script also says `password` there, which asks for nothing. */
const proofToPrepare = (context: Pick<Dependencies, 'settings'>, strategy: string | undefined): SignUpProof | undefined =>
  !strategy || strategy === 'password' || strategy === ticketStrategy || isProviderStrategy(strategy)
    ? undefined
    : knownProof(context, strategy);

const redirectOf = ({ redirect_url: redirectUrl }: { redirect_url?: string | undefined }) => ({ redirectUrl });

/** Whether what is to be proved came in the field for either kind. */
const namesEither = (
  { email_address_or_phone_number: text }: { email_address_or_phone_number?: string | undefined },
  kind: IdentificationKind,
) => Boolean(text) && kindOfText(text ?? '') === kind;

/** @throws ApiError 422 `form_param_value_invalid` for a strategy that this instance does not have. */
function knownProof({ settings: { attributes } }: Pick<Dependencies, 'settings'>, strategy: string): SignUpProof {
  const { emailAddress } = attributes;
  const isLink = strategy === linkStrategy && emailAddress.verifications.includes(linkStrategy);
  const kind = isLink ? 'email_address' : kindOfStrategy(strategy);
  if (kind && identificationKinds[kind].settingsOf(attributes).enabled) return { kind, strategy };
  throw parameterError('form_param_value_invalid', 'strategy', 'This strategy is not supported.');
}

/** @throws ApiError 403 where strangers may not sign up. */
function refuseClosed({ settings: { signUp } }: Pick<Dependencies, 'settings'>): void {
  if (signUp.mode === 'restricted') {
    throw new ApiError(403, {
      code: 'sign_up_mode_restricted',
      message: 'Sign-ups are restricted',
      longMessage: 'Access to this application is by invitation only. Contact its administrator.',
    });
  }
  if (signUp.mode === 'waitlist') {
    throw new ApiError(403, {
      code: 'sign_up_restricted_waitlist',
      message: 'Sign-ups are restricted',
      longMessage: 'Sign-ups are not open yet. Join the waitlist to get access.',
    });
  }
}

/** The ways that lead over a provider, or come from one. */
function createProviderSignUp(context: Dependencies, caller: Caller, form: ProviderForm): Promise<SignUp> {
  if (form.transfer) return transferToSignUp(context, caller, form);
  if (form.strategy === oneTapStrategy) return signUpWithIdToken(context, caller, requireText(form.token, 'token'), form);
  return startProviderSignUp(context, caller, form.strategy ?? '', form);
}

type ProviderForm = SignUpForm & OAuthForm & { transfer?: boolean | undefined; strategy?: string | undefined; token?: string | undefined };
