import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeForm, fillPath } from '../../src/transport/encode.ts';

describe('encodeForm()', () => {
  const cases: { name: string; body: Record<string, unknown>; form: string }[] = [
    {
      name: 'writes null as empty, repeats arrays, keeps the keys of metadata and leaves undefined out',
      body: { firstName: null, tags: ['a', null, 'b'], unsafeMetadata: { aB: 1 }, x: undefined },
      form: 'first_name=&tags=a&tags=&tags=b&unsafe_metadata=%7B%22aB%22%3A1%7D',
    },
    { name: 'writes spaces as plus', body: { firstName: null, lastName: 'Lo ve' }, form: 'first_name=&last_name=Lo+ve' },
    {
      name: 'writes numbers and flags as text',
      body: { emailAddressId: 'idn_1', count: 2, transfer: true },
      form: 'email_address_id=idn_1&count=2&transfer=true',
    },
    { name: 'leaves out undefined items of a list', body: { tags: ['a', undefined] }, form: 'tags=a' },
    { name: 'has nothing to write for nothing', body: {}, form: '' },
  ];
  for (const { name, body, form } of cases) it(name, () => assert.equal(encodeForm(body).toString(), form));
});

describe('fillPath()', () => {
  it('fills named parameters, and lets none of them change the path', () => {
    assert.equal(fillPath('/client/sessions/:sessionId/touch', { sessionId: 'sess_1' }), '/client/sessions/sess_1/touch');
    assert.equal(fillPath('/client/sessions/:sessionId', { sessionId: '../me?x' }), '/client/sessions/..%2Fme%3Fx');
  });
});
