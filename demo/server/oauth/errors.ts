/** What can go wrong on the way to a provider and back (dossier part 2, §8, appendix A). */
import { ApiError, parameterError } from '../errors.ts';

/** 400: there is nothing that this answer of a provider belongs to, or it is not what it should be. */
export const callbackInvalid = (cause?: unknown) =>
  new ApiError(
    400,
    {
      code: 'oauth_callback_invalid',
      message: 'Invalid answer of the provider',
      longMessage: 'This answer of the provider is invalid, too old, or was used before. Start again.',
    },
    { cause },
  );

/** 403: the person has refused, or the provider has. */
export const accessDenied = (name: string) =>
  new ApiError(403, {
    code: 'oauth_access_denied',
    message: 'Access denied',
    longMessage: `You did not grant access to your ${name} account.`,
  });

/** 404: nobody here has this account, or its address. */
export const accountNotFound = () =>
  new ApiError(404, {
    code: 'external_account_not_found',
    message: 'The External Account was not found.',
    longMessage: 'The External Account was not found.',
  });

/** Somebody has this account already, so there is nobody to be signed up. */
export const accountExists = () =>
  new ApiError(400, {
    code: 'external_account_exists',
    message: 'This external account already exists.',
    longMessage: 'This external account already exists.',
  });

/** 400: nothing waits to become the other kind of attempt. */
export const transferInvalid = () =>
  new ApiError(400, {
    code: 'account_transfer_invalid',
    message: 'Invalid transfer',
    longMessage: 'There is nothing to transfer. Start again.',
  });

/** 400: connected to another user. */
export const identificationClaimed = () =>
  new ApiError(400, {
    code: 'oauth_identification_claimed',
    message: 'Identification claimed by another user',
    longMessage: 'This external account is connected to another user.',
  });

/** 400: the user has one at this provider. */
export const alreadyConnected = (name: string) =>
  new ApiError(400, {
    code: 'oauth_account_already_connected',
    message: 'Account already connected',
    longMessage: `An account of ${name} is connected already. Remove it before you connect another.`,
  });

/** 400: not one of this instance's. */
export const providerNotEnabled = () =>
  new ApiError(400, {
    code: 'oauth_provider_not_enabled',
    message: 'OAuth provider not enabled',
    longMessage: 'This provider is not enabled in the settings of this instance.',
  });

/** 422: such a strategy does not sign in here. */
export const strategyNotSupported = () => parameterError('form_param_value_invalid', 'strategy', 'This strategy is not supported.');
