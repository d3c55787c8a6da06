import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { routeOf, withoutRoute } from '../../../src/elements/base/route.ts';

const page = 'https://app.test/sign-in';
const read = (rest: string) => routeOf(new URL(page + rest));

describe('routeOf()', () => {
  it('reads the first part of the path in the fragment', () => {
    assert.deepEqual(
      ['', '#', '#/', '#top', '#/verify', '#/verify?redirect_url=%2F', '#/sso-callback/more', '#/factor-one'].map(
        (rest) => read(rest).name,
      ),
      ['', '', '', '', 'verify', 'verify', 'sso-callback', 'factor-one'],
    );
  });

  it('reads parameters of the fragment before those of the page', () => {
    const { parameter } = read('?a=page&b=page#/verify?a=own');
    assert.deepEqual(
      ['a', 'b', 'c'].map((name) => parameter(name)),
      ['own', 'page', null],
    );
  });
});

describe('withoutRoute()', () => {
  it('takes the route away, and the parameters that are named', () => {
    const url = new URL(`${page}?__clerk_status=verified&tab=2#/verify?__clerk_status=x`);
    assert.equal(withoutRoute(url, ['__clerk_status']), `${page}?tab=2`);
  });

  it('keeps what the fragment says besides, and the spelling of the query', () => {
    const url = new URL(`${page}?a=%7E~#/verify?redirect_url=%2Fnext`);
    assert.equal(withoutRoute(url, ['__clerk_status']), `${page}?a=%7E~#/?redirect_url=%2Fnext`);
  });
});
