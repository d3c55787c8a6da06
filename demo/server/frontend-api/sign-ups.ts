/** Sign-up attempts (dossier part 2, §3). */
import type { signUpEndpoints } from '../../../src/wire/sign-up.ts';
import type { Dependencies } from '../dependencies.ts';
import { alreadyVerified } from '../domain/code-verification.ts';
import { requireText } from '../domain/form-values.ts';
import { refuseSecondSession } from '../domain/sign-in.ts';
import {
  attemptAddress,
  cannotBeUpdated,
  changeSignUp,
  prepareAddress,
  readSignUp,
  requireOpen,
  signUpStrategy,
  startSignUp,
} from '../domain/sign-up-steps.ts';
import { readInvitation, ticketStrategy } from '../domain/sign-up-ticket.ts';
import { ApiError, notFound, parameterError } from '../errors.ts';
import { presentSignUpById } from '../present/sign-up.ts';
import type { SignUp } from '../store/sign-ups.ts';
import type { Ticket } from '../store/tickets.ts';
import type { Caller, Handlers } from './handler.ts';

export const signUpHandlers: Handlers<keyof typeof signUpEndpoints> = {
  createSignUp: async ({ context, caller, form }) => {
    await checkSignUpRate(caller);
    const invitation = await readTicket(context, form);
    // Whoever is invited gets in where others do not.
    if (!invitation) refuseClosed(context);
    if (form.transfer) throw nothingToTransfer();
    const asksForCode = namesCode(form.strategy);
    if (asksForCode) requireText(form.email_address, 'email_address');
    await refuseSecondSession(context, caller);
    const signUp = await startSignUp(context, caller, form, invitation);
    if (asksForCode && signUp.status !== 'complete') await prepareAddress({ context, caller, signUp });
    return present(context, signUp);
  },

  getSignUp: async ({ context, caller, path }) => present(context, await readSignUp(context, caller, path.signUpId)),

  updateSignUp: async ({ context, caller, path, form }) => {
    const asksForCode = namesCode(form.strategy);
    const signUp = await readSignUp(context, caller, path.signUpId);
    requireOpen(context, caller, signUp, cannotBeUpdated);
    const changed = await changeSignUp({ context, caller, signUp }, form, await readTicket(context, form));
    if (asksForCode && changed.status !== 'complete') await prepareAddress({ context, caller, signUp: changed });
    return present(context, signUp);
  },

  prepareVerification: async ({ context, caller, path, form }) => {
    checkStrategy(requireText(form.strategy, 'strategy'));
    const signUp = await readSignUp(context, caller, path.signUpId);
    requireOpen(context, caller, signUp, alreadyVerified);
    await prepareAddress({ context, caller, signUp });
    return present(context, signUp);
  },

  attemptVerification: async ({ context, caller, path, form }) => {
    await caller.checkRate('attempt');
    checkStrategy(requireText(form.strategy, 'strategy'));
    const signUp = await readSignUp(context, caller, path.signUpId);
    requireOpen(context, caller, signUp, alreadyVerified);
    await attemptAddress({ context, caller, signUp }, requireText(form.code, 'code'));
    return present(context, signUp);
  },
};

/** The invitation that create or update comes with, if it says so. */
async function readTicket(
  context: Dependencies,
  { strategy, ticket }: { strategy?: string | undefined; ticket?: string | undefined },
): Promise<Ticket | undefined> {
  return strategy === ticketStrategy ? readInvitation(context, requireText(ticket, 'ticket')) : undefined;
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

/** Whether create or update asks for a code at once. Clerk's own script also says `password` there, which asks for nothing. */
function namesCode(strategy: string | null | undefined): boolean {
  if (!strategy || strategy === 'password' || strategy === ticketStrategy) return false;
  checkStrategy(strategy);
  return true;
}

/** @throws ApiError 422 `form_param_value_invalid` for a strategy that this server does not have. */
function checkStrategy(strategy: string): void {
  if (strategy === signUpStrategy) return;
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

const nothingToTransfer = () =>
  new ApiError(400, {
    code: 'account_transfer_invalid',
    message: 'Invalid transfer',
    longMessage: 'There is no account to transfer to this sign-up.',
  });
