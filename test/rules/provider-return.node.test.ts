/** The table of what is to be done when somebody comes back from a provider, row by row. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SignInResource, SignUpResource } from '../../src/resources/types.ts';
import { returnOf, returnOfTransfer } from '../../src/rules/provider-return.ts';
import type { ProviderReturn } from '../../src/rules/provider-return.ts';

interface Proof {
  status?: string;
  code?: string;
  sessionId?: string;
}

const verification = ({ status, code, sessionId }: Proof = {}) => ({
  status: status ?? null,
  error: code ? { code, message: code, meta: { sessionId } } : null,
});
const signIn = (status: string | null, proof?: Proof, createdSessionId: string | null = null) =>
  ({ status, createdSessionId, firstFactorVerification: verification(proof) }) as unknown as SignInResource;
const signUp = (status: string | null, proof?: Proof, rest: object = {}) =>
  ({
    status,
    createdSessionId: null,
    missingFields: [],
    verifications: { externalAccount: verification(proof) },
    ...rest,
  }) as unknown as SignUpResource;

/** In a word: `session signIn sess_1`, `transfer signUp`, `proceed signIn`, `start signIn oauth_access_denied`. */
function told(outcome: ProviderReturn): string {
  switch (outcome.name) {
    case 'session':
      return `session ${outcome.flow} ${outcome.sessionId}`;
    case 'transfer':
      return `transfer ${outcome.to}`;
    default:
      return [outcome.name, outcome.flow, outcome.error?.code].filter(Boolean).join(' ');
  }
}

const taken: Proof = { status: 'transferable', code: 'external_account_exists' };
const nobody: Proof = { status: 'transferable', code: 'external_account_not_found' };
const denied: Proof = { status: 'failed', code: 'oauth_access_denied' };
const there: Proof = { status: 'failed', code: 'identifier_already_signed_in', sessionId: 'sess_there' };
const locked: Proof = { status: 'failed', code: 'user_locked' };

const rows: [string, Parameters<typeof returnOf>[0], string][] = [
  ['nothing has been begun', {}, 'start signIn'],
  ['a sign-in is complete', { signIn: signIn('complete', { status: 'verified' }, 'sess_1') }, 'session signIn sess_1'],
  ['a gate stands before a sign-in', { signIn: signIn('needs_protect_check') }, 'proceed signIn'],
  [
    'a gate stands before a sign-up',
    { signUp: signUp('missing_requirements', {}, { missingFields: ['protect_check'] }) },
    'proceed signUp',
  ],
  ['a sign-up with an account that is somebody’s', { signUp: signUp('missing_requirements', taken) }, 'transfer signIn'],
  ['a sign-up of who is locked out', { signUp: signUp('missing_requirements', locked) }, 'start signUp user_locked'],
  ['a sign-in of who is locked out', { signIn: signIn('needs_identifier', locked) }, 'start signIn user_locked'],
  [
    'a gate before a sign-in comes before all that a sign-up says',
    { signIn: signIn('needs_protect_check'), signUp: signUp('missing_requirements', taken) },
    'proceed signIn',
  ],
  [
    'a sign-up of who is locked out comes before a sign-in that is open',
    { signIn: signIn('needs_first_factor'), signUp: signUp('missing_requirements', locked) },
    'start signUp user_locked',
  ],
  ['a first factor is open', { signIn: signIn('needs_first_factor') }, 'proceed signIn'],
  [
    'a first factor is open, the provider has refused',
    { signIn: signIn('needs_first_factor', denied) },
    'proceed signIn oauth_access_denied',
  ],
  ['a new password is wanted', { signIn: signIn('needs_new_password', { status: 'verified' }) }, 'proceed signIn'],
  ['a sign-in with an account that is nobody’s', { signIn: signIn('needs_identifier', nobody) }, 'transfer signUp'],
  [
    'the same, where nobody is given an account',
    { signIn: signIn('needs_identifier', nobody), transferable: false },
    'start signIn external_account_not_found',
  ],
  [
    'a sign-up is complete',
    { signUp: signUp('complete', { status: 'verified' }, { createdSessionId: 'sess_2' }) },
    'session signUp sess_2',
  ],
  ['a second factor is wanted', { signIn: signIn('needs_second_factor', { status: 'verified' }) }, 'proceed signIn'],
  ['the browser is new', { signIn: signIn('needs_client_trust', { status: 'verified' }) }, 'proceed signIn'],
  ['a newer service wants something else', { signIn: signIn('needs_moonlight', { status: 'verified' }) }, 'proceed signIn'],
  ['a sign-in of who is there already', { signIn: signIn('needs_identifier', there) }, 'session signIn sess_there'],
  ['a sign-up of who is there already', { signUp: signUp('missing_requirements', there) }, 'session signUp sess_there'],
  ['a sign-up that was refused', { signUp: signUp('missing_requirements', denied) }, 'start signUp oauth_access_denied'],
  ['a sign-in that was refused', { signIn: signIn('needs_identifier', denied) }, 'start signIn oauth_access_denied'],
  ['an account is proved, and more is wanted', { signUp: signUp('missing_requirements', { status: 'verified' }) }, 'proceed signUp'],
  ['an attempt that is over', { signIn: signIn('abandoned'), signUp: signUp('abandoned') }, 'start signIn'],
  [
    'a complete sign-in comes before anything of a sign-up',
    { signIn: signIn('complete', {}, 'sess_1'), signUp: signUp('missing_requirements', taken) },
    'session signIn sess_1',
  ],
  [
    'a sign-up to be transferred comes before an open first factor',
    { signIn: signIn('needs_first_factor'), signUp: signUp('missing_requirements', taken) },
    'transfer signIn',
  ],
];

describe('returnOf()', () => {
  for (const [situation, given, expected] of rows) {
    it(`${situation}: ${expected}`, () => {
      assert.equal(told(returnOf(given)), expected);
    });
  }
});

describe('returnOfTransfer()', () => {
  it('goes on with what the other flow says', () => {
    assert.equal(told(returnOfTransfer('signIn', signIn('complete', {}, 'sess_1'))), 'session signIn sess_1');
    assert.equal(told(returnOfTransfer('signIn', signIn('needs_second_factor'))), 'proceed signIn');
    assert.equal(told(returnOfTransfer('signUp', signUp('missing_requirements'))), 'proceed signUp');
  });
});
