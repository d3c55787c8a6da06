import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as errors from '../src/errors.ts';

const refused = (status: number, code: string) =>
  new errors.ClerkAPIResponseError('refused', { status, data: [{ code, message: 'm', long_message: 'Long.' }] });

describe('errors', () => {
  it('carry the names and fields of the published classes', () => {
    const error = new errors.ClerkRuntimeError('It broke', { code: 'network_error', cause: 'why' });
    assert.equal(error.message, 'Clerk: It broke (code="network_error")');
    assert.deepEqual(
      [error.name, error.code, error.cause, error.clerkError, error.clerkRuntimeError],
      ['ClerkRuntimeError', 'network_error', 'why', true, true],
    );
    const offline = new errors.ClerkOfflineError();
    assert.equal(offline.name, 'ClerkOfflineError');
    assert.ok(errors.ClerkOfflineError.is(offline) && errors.isClerkRuntimeError(offline));
    assert.equal(refused(422, 'x').message, 'Long.');
    assert.equal(refused(422, 'x').longMessage, 'Long.');
    assert.equal(new errors.ClerkAPIResponseError('HTML', { status: 502, data: [] }).message, 'HTML');
  });

  it('keep what is said beyond the code, by names of JavaScript', () => {
    const zxcvbn = { suggestions: [{ code: 'longer_word', message: 'Longer' }] };
    const { meta } = errors.apiErrorOf({ code: 'x', meta: { param_name: 'password', zxcvbn } });
    assert.deepEqual(meta, { paramName: 'password', zxcvbn });
  });

  it('are told apart by brand, also those of another copy of the script', () => {
    const copy = { clerkError: true, errors: [{ code: 'user_locked' }], status: 403 };
    assert.ok(
      errors.isClerkAPIResponseError(copy) && errors.isUserLockedError(copy) && errors.is4xxError(copy) && errors.isKnownError(copy),
    );
    assert.ok(errors.isPasswordPwnedError(refused(422, 'form_password_pwned')));
    assert.ok(errors.isPasswordCompromisedError(refused(422, 'form_password_compromised')));
    assert.ok(errors.isUnauthorizedError(refused(401, 'authentication_invalid')));
    assert.ok(errors.isUnauthenticatedError(refused(403, 'user_banned')) && !errors.isUnauthenticatedError(refused(403, 'x')));
    assert.ok(errors.isCaptchaError(refused(400, 'captcha_invalid')) && errors.is429Error(refused(429, 'x')));
    assert.ok(errors.isNetworkError(new errors.ClerkRuntimeError('x', { code: 'network_error' })));
    assert.ok(errors.isEmailLinkError(new errors.EmailLinkError('expired')));
    assert.ok(errors.isMetamaskError({ code: 4001, message: 'no' }));
  });

  it('are not seen where there are none', () => {
    for (const value of [null, undefined, 5, 'text', {}, new Error('x'), { errors: [] }, { clerkError: true }]) {
      assert.equal(
        errors.isClerkAPIResponseError(value) ||
          errors.isUserLockedError(value) ||
          errors.is4xxError(value) ||
          errors.isNetworkError(value),
        false,
      );
    }
  });
});
