import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { routeOf } from '../../src/elements/base/route.ts';
import { arrivalOf } from '../../src/flows/arrival.ts';
import { linkResultOf } from '../../src/flows/link-result.ts';
import type { ClientResource } from '../../src/resources/types.ts';

const arrival = (rest: string) => arrivalOf(routeOf(new URL(`https://app.test/sign-in${rest}`)));

describe('arrivalOf()', () => {
  it('knows the page of a link by its route, and what the API says of it', () => {
    assert.deepEqual(arrival('?__clerk_status=verified&__clerk_created_session=sess_1#/verify'), {
      ...{ name: 'link', status: 'verified', sessionId: 'sess_1' },
    });
    assert.deepEqual(arrival('?__clerk_status=expired#/verify'), { name: 'link', status: 'expired', sessionId: null });
  });

  it('leaves what is for a page of the application’s own', () => {
    assert.equal(arrival('?__clerk_status=verified'), undefined);
    assert.equal(arrival('#/verify'), undefined);
    assert.equal(arrival('#/pricing'), undefined);
  });

  it('knows that an attempt goes on, by the routes of a provider’s return', () => {
    for (const route of ['sso-callback/signUp', 'continue', 'factor-one', 'reset-password', 'verify-email-address?redirect_url=x']) {
      assert.deepEqual(arrival(`#/${route}`), { name: 'provider' }, route);
    }
  });

  it('knows a ticket wherever it stands', () => {
    const ticket = { name: 'ticket', ticket: 'abc', status: 'sign_up' };
    assert.deepEqual(arrival('?__clerk_ticket=abc&__clerk_status=sign_up'), ticket);
    assert.deepEqual(arrival('#/?__clerk_ticket=abc&__clerk_status=sign_up'), ticket);
    assert.deepEqual(arrival('?__clerk_ticket=abc'), { ...ticket, status: null });
  });
});

describe('linkResultOf()', () => {
  const nothing = { status: null, strategy: null };
  const proved = { status: 'verified', strategy: 'email_link' };
  const client = ({ sessions = [] as string[], signIn = {}, signUp = {} }) =>
    ({
      signedInSessions: sessions.map((id) => ({ id })),
      signIn: { status: null, firstFactorVerification: nothing, ...signIn },
      signUp: { status: null, verifications: { emailAddress: nothing }, ...signUp },
    }) as unknown as ClientResource;
  const result = (status: string, sessionId: string | null, of = client({})) => linkResultOf({ status, sessionId }, of);

  it('says what is wrong with a link', () => {
    assert.deepEqual(
      ['expired', 'client_mismatch', 'failed', 'anything'].map((status) => result(status, null).name),
      ['expired', 'client_mismatch', 'failed', 'failed'],
    );
  });

  it('tells a session of this browser from one of another', () => {
    const here = client({ sessions: ['sess_1'] });
    assert.deepEqual(result('verified', 'sess_1', here), { name: 'here', sessionId: 'sess_1' });
    assert.deepEqual(result('verified', 'sess_2', here), { name: 'elsewhere' });
    assert.deepEqual(result('verified', null), { name: 'elsewhere' });
  });

  it('goes on with an attempt of this browser that the link has brought further', () => {
    const second = { status: 'needs_second_factor', firstFactorVerification: proved };
    assert.deepEqual(result('verified', null, client({ signIn: second })), { name: 'onwards' });
    const signUp = { status: 'missing_requirements', verifications: { emailAddress: proved } };
    assert.deepEqual(result('verified', null, client({ signUp })), { name: 'onwards' });
  });

  it('goes on with an address that has no account yet, where it was asked for', () => {
    const stranger = { status: 'needs_first_factor', firstFactorVerification: { ...proved, status: 'transferable' } };
    assert.deepEqual(result('transferable', null, client({ signIn: stranger })), { name: 'onwards' });
    assert.deepEqual(result('transferable', null), { name: 'elsewhere' });
  });

  it('leaves an attempt alone that the link is not about', () => {
    const bySomethingElse = { status: 'needs_second_factor', firstFactorVerification: { ...proved, strategy: 'password' } };
    assert.deepEqual(result('verified', null, client({ signIn: bySomethingElse })), { name: 'elsewhere' });
  });
});
