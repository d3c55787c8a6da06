/** The list of what is known, and the document of what is served. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coverageText, namesInDocument } from '../../../tools/descriptions/coverage.mjs';
import { compareLists } from '../../../tools/descriptions/judge.mjs';

describe('compareLists()', () => {
  const known = [{ why: 'so', says: ['a (b): c', 'd: *'], strangers: ['g'], sometimes: ['e'] }];

  it('finds what is not listed, and what occurs no more', () => {
    assert.deepEqual(compareLists(['a (b): c', 'd: 1', 'd: 2'], known, 'own'), { unlisted: [], gone: [] });
    assert.deepEqual(compareLists(['e', 'f', 'a (b): cc'], known, 'own'), { unlisted: ['a (b): cc', 'f'], gone: ['a (b): c', 'd: *'] });
  });

  it('asks of each suite what is known of it', () => {
    assert.deepEqual(compareLists(['g', 'd: 1'], known, 'strangers'), { unlisted: [], gone: [] });
    assert.deepEqual(compareLists(['d: 1'], known, 'strangers'), { unlisted: [], gone: ['g'] });
  });

  it('misses nothing in a part of the suite', () => {
    assert.deepEqual(compareLists(['f'], known, undefined), { unlisted: ['f'], gone: [] });
  });
});

describe('coverageText()', () => {
  const names = {
    frontend: ['GET /v1/client', 'PATCH /v1/me', 'GET /v1/me/billing/plans', 'GET /v1/odd'],
    backend: ['GET /v1/users/{user_id}'],
  };
  const text = coverageText(names, { frontend: ['GET /v1/client', 'PATCH /v1/me', 'GET /v1/own/{}'], backend: ['GET /v1/users/{}'] });

  it('says of every operation whether it is served', () => {
    const [frontend = '', backend = ''] = text.split('## Backend API');
    assert.match(frontend, /^## Frontend API\n\n4 operations: 2 served, 1 not served, 1 out of scope\.\n/);
    assert.match(frontend, /### Served\n\n- `GET \/v1\/client`\n- `PATCH \/v1\/me`\n/);
    assert.match(frontend, /### Served, not described\n\n- `GET \/v1\/own\/\{id\}`\n/);
    assert.match(frontend, /### Not served\n\n- `GET \/v1\/odd`\n/);
    assert.match(frontend, /### Out of scope: Billing\n\n- `GET \/v1\/me\/billing\/plans`\n/);
    assert.match(backend, /1 operations: 1 served, 0 not served, 0 out of scope/);
  });

  it('can be read again, without the descriptions', () => {
    const sorted = (lists: typeof names) => Object.values(lists).map((list) => [...list].sort());
    assert.deepEqual(sorted(namesInDocument(`# Title\n\n${text}`)), sorted(names));
  });
});
