/** Wrong answers in a real page (security.md B10): nobody becomes somebody else, nothing is asked for without end, and the page goes on. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { enter, isLoaded, openCorePage } from '../support/core-page.ts';
import { visit } from '../support/journey.ts';
import { addUser } from '../support/users.ts';

describe('B10: a page whose API answers wrongly', () => {
  let stage: Awaited<ReturnType<typeof openCorePage>>;

  before(async () => void (stage = await openCorePage()));
  after(() => stage.close());

  const open = async (person?: { emailAddress: string; password: string }) => {
    const visitor = await visit();
    await visitor.page.goto(stage.site.url);
    await isLoaded(visitor.page);
    await enter(visitor.page, person);
    return visitor;
  };
  const state = (page: Page) => page.evaluate('[Clerk.user.id, Clerk.session.id, Clerk.status]');

  it('refuses the token of another user, and stays who it is', async () => {
    const person = { emailAddress: 'other@example.com', password: 'quiet-marble-lantern' };
    await addUser(stage.api, person);
    const other = await open(person);
    const token = await other.page.evaluate('Clerk.session.getToken()');
    await other.context.close();
    const { context, page } = await open();
    const before = await state(page);
    await page.route('**/tokens?*', async (route: Route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { object: 'token', jwt: token } });
    });
    const code = await page.evaluate("Clerk.session.getToken({ skipCache: true }).then(() => 'taken', ({ code }) => code)");
    assert.equal(code, 'invalid_response');
    assert.deepEqual(await state(page), before);
    assert.ok(!(await page.evaluate<string>('document.cookie')).includes(token as string));
    await context.close();
  });

  /** Writes are sent once, reads four times. */
  const write = "Clerk.user.update({ unsafeMetadata: { is: 'wrong' } })";
  const calls = `${write}, Clerk.user.reload(), Clerk.client.reload(), Clerk.session.getToken({ skipCache: true }),
    Clerk.session.touch(), Clerk.user.getSessions(), Clerk.user.createTOTP()`;
  const faults: { name: string; body: string; status?: number; isHeavy?: true }[] = [
    { name: 'nothing', body: '' },
    { name: 'HTML', body: '<!doctype html><script>window.hacked = 1</script>' },
    { name: '10 MB', body: `"${'x'.repeat(10_000_000)}"`, isHeavy: true },
    { name: 'wrong types', body: '{"response":{"id":5,"sessions":7,"unsafe_metadata":[]},"client":{"id":[],"sessions":{}}}' },
    { name: 'half an answer', body: '{"response":{"id":"user_' },
    { name: 'an error with status 200', body: '{"errors":[{"code":"oops","message":"<b>Oops</b>"}]}' },
    { name: '401, at every request', body: '{"errors":[{"code":"signed_out"}]}', status: 401 },
    { name: '503 as HTML', body: '<h1>Busy</h1>', status: 503 },
  ];
  // At the same time, each in a profile of its own: reads are asked for again, and all wait.
  describe('with the same fault at every request', { concurrency: true }, () => {
    for (const { name, body, status = 200, isHeavy } of faults) {
      it(`ends every call, asks little more, and goes on afterwards: ${name}`, async () => {
        const { context, page, requests, complaints } = await open();
        const before = await state(page);
        await page.route(`${stage.api.url}/v1/**`, (route) =>
          route.fulfill({
            status,
            body,
            contentType: body.startsWith('<') ? 'text/html' : 'application/json',
            headers: { 'access-control-allow-origin': stage.site.url, 'access-control-allow-credentials': 'true' },
          }),
        );
        requests.length = 0;
        const outcomes = await page.evaluate<string[]>(`Promise.all([
        ${isHeavy ? write : calls}
        ].map((call) => call.then(() => 'no error', (error) => error.code ?? error.errors?.[0]?.code ?? error.message)))`);
        for (const outcome of outcomes) assert.match(outcome, /^(invalid_response|api_response_error)$/, outcomes.join(', '));
        const asked = requests.filter(({ url }) => url.pathname.startsWith('/v1/')).length;
        assert.ok(asked <= 20, `${asked} requests`);
        assert.equal(await page.evaluate('typeof hacked'), 'undefined');
        await page.unroute(`${stage.api.url}/v1/**`);
        await page.evaluate('Clerk.client.reload()');
        assert.deepEqual(await state(page), before);
        assert.equal(
          await page.evaluate('Clerk.user.update({ unsafeMetadata: { is: "right" } }).then(({ unsafeMetadata }) => unsafeMetadata.is)'),
          'right',
        );
        assert.deepEqual(
          complaints.filter((text) => !text.startsWith('Failed to load resource')),
          [],
        );
        await context.close();
      });
    }
  });
});
