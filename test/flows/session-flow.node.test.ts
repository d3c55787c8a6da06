import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sessionStepOf } from '../../src/flows/session-flow.ts';
import type { SessionSituation } from '../../src/flows/session-flow.ts';
import type { SessionResource } from '../../src/resources/types.ts';

const active = { id: 'sess_1', status: 'active' } as SessionResource;
const pending = { id: 'sess_2', status: 'pending', currentTask: { key: 'setup-mfa' } } as SessionResource;

const stepIn = (situation: Partial<SessionSituation>) =>
  sessionStepOf({ session: null, signedInSessions: [], isSingle: true, flow: 'signIn', isUnderWay: false, ...situation });

describe('sessionStepOf', () => {
  it('lets the attempt go on where nobody is signed in', () => {
    for (const isSingle of [true, false]) assert.equal(stepIn({ isSingle }), undefined);
  });

  it('says who is there where one session is all that is allowed, on both cards', () => {
    for (const flow of ['signIn', 'signUp'] as const) {
      const step = stepIn({ session: active, signedInSessions: [active], flow, isUnderWay: true });
      assert.deepEqual(step, { name: 'there', session: active });
    }
    assert.equal(stepIn({ signedInSessions: [active] }), undefined, 'no session is the current one');
  });

  it('offers the accounts where several may be there, until another one is added', () => {
    const several = { isSingle: false, session: active, signedInSessions: [active, pending] };
    assert.deepEqual(stepIn(several), { name: 'accounts', sessions: [active, pending] });
    assert.deepEqual(stepIn({ ...several, session: null }), { name: 'accounts', sessions: [active, pending] });
    assert.equal(stepIn({ ...several, isUnderWay: true }), undefined);
    assert.equal(stepIn({ ...several, flow: 'signUp' }), undefined);
  });

  it('comes with the task of the current session first', () => {
    const task = { name: 'task', key: 'setup-mfa', session: pending };
    for (const flow of ['signIn', 'signUp'] as const) {
      assert.deepEqual(stepIn({ session: pending, signedInSessions: [pending], flow }), task);
      assert.deepEqual(stepIn({ session: pending, signedInSessions: [active, pending], flow, isSingle: false }), task);
    }
    assert.equal(stepIn({ session: pending, signedInSessions: [pending], isSingle: false, isUnderWay: true }), undefined);
  });
});
