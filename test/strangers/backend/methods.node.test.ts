/**
 * Every method of Clerk's backend package against the local API: each does what it is for, or is refused in words. The list is read from
 * the package itself, so that what a later version brings does not go unnoticed.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';
import { factors } from './methods/factors.ts';
import { instance } from './methods/instance.ts';
import { callings, outOfScope } from './methods/out-of-scope.ts';
import { sessions } from './methods/sessions.ts';
import { setStage } from './methods/stage.ts';
import type { Rows, Stage } from './methods/stage.ts';
import { tickets } from './methods/tickets.ts';
import { users } from './methods/users.ts';

const rows: Rows = { ...users, ...factors, ...sessions, ...tickets, ...instance };

/** `[api, method]` of all that the package offers for requests. */
function listMethods(): [api: string, method: string][] {
  const client = createClerkClient({ secretKey: 'sk_test_1', telemetry: { disabled: true } });
  const apis = Object.entries(client).filter(([name, value]) => typeof value === 'object' && name !== 'telemetry');
  return apis.flatMap(([name, api]) => methodsOf(api as object).map((method): [string, string] => [name, method]));
}

/** Without what every API inherits. */
const methodsOf = (api: object) => Object.getOwnPropertyNames(Object.getPrototypeOf(api)).filter((name) => name !== 'constructor');

const isOutOfScope = (api: string, method: string) => `${api}.*` in outOfScope || `${api}.${method}` in outOfScope;

describe('methods of @clerk/backend', () => {
  let stage: Stage;
  before(async () => {
    stage = await setStage();
  });
  after(() => stage.api.stop());

  const all = listMethods();

  it('are all in one of the two lists, and in no more than one', () => {
    const names = all.map(([api, method]) => `${api}.${method}`);
    assert.deepEqual(
      all.filter(([api, method]) => isOutOfScope(api, method) === `${api}.${method}` in rows).map((name) => name.join('.')),
      [],
    );
    assert.deepEqual(
      Object.keys(rows).filter((name) => !names.includes(name)),
      [],
    );
    const ofApis = new Set(all.map(([api]) => `${api}.*`));
    assert.deepEqual(
      Object.keys(outOfScope).filter((name) => !names.includes(name) && !ofApis.has(name)),
      [],
    );
  });

  for (const [name, work] of Object.entries(rows)) it(`${name}() does what it is for`, () => work(stage));

  for (const [api, method] of all.filter(([api, method]) => isOutOfScope(api, method))) {
    it(`${api}.${method}() is refused in words`, async () => {
      const owner = (stage.clerk as unknown as Record<string, Record<string, (...given: unknown[]) => Promise<unknown>>>)[api];
      const refusals = [];
      for (const given of callings) {
        try {
          await owner?.[method]?.(...given);
          assert.fail('It was not refused.');
        } catch (error) {
          // Others are the package's own complaints about what it was called with.
          if (isClerkAPIResponseError(error) && error.status) refusals.push(error);
        }
      }
      assert.ok(refusals.length, 'no request came');
      for (const { status, errors } of refusals) {
        assert.deepEqual([status, errors[0]?.code, errors[0]?.message], [404, 'resource_not_found', 'not supported']);
        assert.match(errors[0]?.longMessage ?? '', / not supported by the local API\./);
      }
    });
  }
});
