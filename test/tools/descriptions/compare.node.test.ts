/** What contradicts a description, on a small one. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createComparison } from '../../../tools/descriptions/compare.mjs';
import type { Operation } from '../../../tools/descriptions/description.mjs';
import type { Exchange } from '../../support/record-exchanges.mjs';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const schemas = {
  Person: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'proof'],
    properties: {
      id: { type: 'string' },
      age: { type: 'integer', nullable: true },
      mood: { type: 'string', nullable: true, enum: ['glad', 'sad'] },
      friend: { nullable: true, allOf: [ref('Person')] },
      friends: { type: 'array', items: ref('Person') },
      proof: { type: 'object', nullable: true, oneOf: [ref('Code'), ref('Password')] },
    },
  },
  Code: { type: 'object', required: ['object', 'end'], properties: { object: { enum: ['code'] }, end: { type: 'integer' } } },
  Password: { type: 'object', additionalProperties: false, properties: { object: { enum: ['password'] } } },
  Refusal: { type: 'object', required: ['errors'], properties: { errors: { type: 'array', items: { type: 'object' } } } },
};
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const operation: Operation = {
  name: 'POST /v1/people/{person_id}',
  description: 'small',
  parameters: [{ in: 'query', name: 'limit', schema: { type: 'integer' } }],
  requestBody: {
    content: {
      'application/x-www-form-urlencoded': {
        schema: {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string', nullable: true },
            notify: { type: 'boolean' },
            scopes: { type: 'array', items: { type: 'string' } },
            metadata: { type: 'object' },
          },
        },
      },
    },
  },
  responses: { 200: json(ref('Person')), 204: { description: 'nothing' }, 400: json(ref('Refusal')) },
};
const elder: Operation = { ...operation, name: 'PATCH /v1/me', description: 'elder', responses: {} };
const compare = createComparison({
  schemas: new Map<string, Record<string, object>>([
    ['small', schemas],
    ['elder', {}],
  ]),
  operations: [operation, { ...elder, description: 'small', requestBody: undefined, responses: operation.responses }],
  elderOperation: elder,
});

const person = { id: 'user_1', proof: null };
const exchange = (changes: Partial<Exchange>, body: unknown = person): Exchange => ({
  method: 'POST',
  path: '/v1/people/user_1',
  query: '',
  requestHeaders: { 'content-type': 'application/x-www-form-urlencoded' },
  requestBody: '',
  status: 200,
  contentType: 'application/json',
  body: JSON.stringify(body),
  ...changes,
});
const answer = (body: unknown, changes: Partial<Exchange> = {}) => compare(exchange(changes, body)).answer;
const ours = '__clerk_api_version=2025-11-10&_clerk_js_version=0.1.0';
const request = (requestBody: string, changes: Partial<Exchange> = {}) =>
  compare(exchange({ query: ours, requestBody, ...changes })).request;

describe('an answer', () => {
  it('fits, null included where the description takes it', () => {
    for (const more of [
      {},
      { age: 1, mood: 'glad', friend: person, friends: [person] },
      { age: null, mood: null, friend: null },
      { proof: { object: 'code', end: 1 } },
      { proof: { object: 'password' } },
    ]) {
      assert.deepEqual(answer({ ...person, ...more }), [], JSON.stringify(more));
    }
    assert.deepEqual(answer('', { status: 204, contentType: '', body: '' }), []);
  });

  for (const [body, problems] of [
    [{ proof: null }, ['small Person.id: missing']],
    [{ ...person, extra: 1 }, ['small Person.extra: not described']],
    [{ ...person, id: null }, ['small Person.id: null instead of string']],
    [{ ...person, age: 1.5 }, ['small Person.age: number instead of integer']],
    [{ ...person, mood: 'odd' }, ['small Person.mood: "odd" is not described']],
    [{ ...person, friend: { ...person, friends: [{ id: 'a' }] } }, ['small Person.proof: missing']],
    [{ ...person, friends: 1 }, ['small Person.friends: number instead of array']],
    // Of several choices the one that is meant.
    [{ ...person, proof: { object: 'code', end: null } }, ['small Code.end: null instead of integer']],
    [{ ...person, proof: { object: 'password', end: 1 } }, ['small Password.end: not described']],
    [{ ...person, proof: { object: 'key' } }, ['small Person.proof: "key" is not described']],
  ] as [body: unknown, problems: string[]][]) {
    it(`contradicts by ${problems.join(', ')}`, () => assert.deepEqual(answer(body), problems));
  }

  it('has a status, a content type and an operation that are described', () => {
    const refusal = { errors: [{ code: 'a' }, { code: 'b' }] };
    assert.deepEqual(answer(refusal, { status: 400 }), []);
    assert.deepEqual(answer(refusal, { status: 409 }), [`${operation.name}: status 409 (a, b) is not described`]);
    assert.deepEqual(answer({}, { contentType: 'text/html', body: '<p>' }), [
      `${operation.name} 200: content type "text/html" is not described`,
    ]);
    assert.deepEqual(answer({}, { path: '/v1/pets/pet_123456789' }), ['POST /v1/pets/{id}: not described']);
    assert.deepEqual(answer(refusal, { path: '/v1/pets', status: 404 }), [], 'what is not there may be unknown');
  });
});

describe('a request of our script', () => {
  it('fits as a form: flags, lists, documents, and nothing for null', () => {
    assert.deepEqual(request('name=&notify=true&scopes=a&scopes=b&metadata=%7B%22a%22%3A1%7D', { query: `${ours}&limit=1` }), []);
  });

  for (const [form, problems] of [
    ['notify=true', ['small request POST /v1/people/{person_id}.name: missing']],
    ['name=a&notify=1', ['small request POST /v1/people/{person_id}.notify: string instead of boolean']],
    ['name=a&metadata=%7B', ['small request POST /v1/people/{person_id}.metadata: string instead of object']],
    ['name=a&more=1', ['small request POST /v1/people/{person_id}.more: not described']],
  ] as [form: string, problems: string[]][]) {
    it(`contradicts by ${problems.join(', ')}`, () => assert.deepEqual(request(form), problems));
  }

  it('has parameters in its address, and a content type, that are described', () => {
    assert.deepEqual(request('name=a', { query: `${ours}&limit=x&more=1` }), [
      'request POST /v1/people/{person_id}: query parameter more is not described',
      'small request POST /v1/people/{person_id} query limit: string instead of integer',
    ]);
    assert.deepEqual(request('{}', { requestHeaders: { 'content-type': 'application/json' } }), [
      'request POST /v1/people/{person_id}: content type "application/json" is not described',
    ]);
  });

  it('is compared with the elder description where that still has the parameter', () => {
    const elderly = { path: '/v1/me', query: `${ours}&_method=PATCH` };
    assert.deepEqual(request('name=a', elderly), []);
    assert.deepEqual(request('more=1&name=', elderly), ['elder request PATCH /v1/me.more: not described']);
  });

  it('is not compared if another script has sent it', () => {
    assert.equal(request('more=1', { query: '_clerk_js_version=6.40.0' }), undefined);
    assert.equal(request('more=1', { query: '' }), undefined);
  });
});
