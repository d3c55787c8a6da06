import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { ClerkApi } from '../../../src/clerk/clerk-api.ts';
import { readAgain, saveChanges } from '../../../src/elements/unsafe-field/save-queue.ts';
import { mergePatch } from '../../../src/rules/merge-patch.ts';
import { fieldType } from '../../../src/elements/unsafe-field/field-types.ts';
import type { FieldValue } from '../../../src/elements/unsafe-field/field-types.ts';
import type { JsonObject } from '../../../src/rules/merge-patch.ts';

/** What a window is to the queue. */
const tab = new EventTarget();
globalThis.addEventListener = tab.addEventListener.bind(tab) as typeof globalThis.addEventListener;

/** What the API answers to a patch: an error, or `undefined` to store it. */
type Answer = (patch: JsonObject) => unknown;

/** A user who is nothing but metadata: what the queue needs of the core. */
function createUser(id: string) {
  const patches: JsonObject[] = [];
  const user = {
    id,
    unsafeMetadata: {} as JsonObject,
    patches,
    reloads: 0,
    answer: (() => undefined) as Answer,
    async updateMetadata({ unsafeMetadata }: { unsafeMetadata: JsonObject }) {
      patches.push(structuredClone({ ...unsafeMetadata }));
      await new Promise((resolve) => setImmediate(resolve));
      const error = user.answer(unsafeMetadata);
      if (error) throw error;
      user.unsafeMetadata = mergePatch(user.unsafeMetadata, unsafeMetadata);
    },
    async reload() {
      user.reloads++;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
  return user;
}

/** Stops the clock; gives what moves it on, in milliseconds. */
function mockTime({ mock }: TestContext): (milliseconds: number) => Promise<void> {
  let time = 0;
  mock.timers.enable({ apis: ['setTimeout'] });
  mock.method(performance, 'now', () => time);
  return async (milliseconds) => {
    time += milliseconds;
    mock.timers.tick(milliseconds);
    // For what is answered.
    for (let count = 0; count < 3; count++) await new Promise((resolve) => setImmediate(resolve));
  };
}

const outcomes = async (saves: Promise<void>[]) => (await Promise.allSettled(saves)).map(({ status }) => status);

describe('saveChanges()', () => {
  let user: ReturnType<typeof createUser>;
  let page: { user: unknown };
  let clerk: ClerkApi;

  beforeEach(() => {
    user = createUser('user_1');
    page = { user };
    clerk = page as unknown as ClerkApi;
  });

  const change = (path: string, value: FieldValue) => ({ path: path.split('.'), value, type: fieldType() });
  const save = (path: string, value: FieldValue) => saveChanges(clerk, [change(path, value)]);

  /** What is sent is stored, and its answer comes once the function that this gives back is called. */
  const holdAnswers = () => {
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const { updateMetadata } = user;
    user.updateMetadata = async (change) => {
      const stored = updateMetadata(change);
      await answered;
      await stored;
    };
    return answer;
  };

  it('sends a merge patch of its own path and nothing else', async () => {
    user.unsafeMetadata = { address: { street: 'Quay 1' }, theme: 'dark' };
    await save('address.city', 'Oslo');
    assert.deepEqual(user.patches, [{ address: { city: 'Oslo' } }]);
    await save('address.street', null);
    assert.deepEqual(JSON.parse(JSON.stringify(user.unsafeMetadata)), { address: { city: 'Oslo' }, theme: 'dark' });
  });

  it('puts the changes of one task into one request', async () => {
    await Promise.all([save('a.b', 1), save('a.c', 2), save('d', 3)]);
    assert.deepEqual(JSON.parse(JSON.stringify(user.patches)), [{ a: { b: 1, c: 2 }, d: 3 }]);
  });

  it('collects what comes while a request runs, and keeps the order', async () => {
    const saves = [save('name', 'v0')];
    for (let count = 1; count < 100; count++) {
      await new Promise((resolve) => setImmediate(resolve));
      saves.push(save('name', `v${count}`));
    }
    await Promise.all(saves);
    assert.ok(user.patches.length <= 5, `${user.patches.length} requests`);
    assert.equal(user.unsafeMetadata['name'], 'v99');
    assert.deepEqual(user.patches.at(-1), { name: 'v99' });
  });

  it('sends nothing while an answer is awaited, however long that takes', async (test) => {
    const later = mockTime(test);
    const answer = holdAnswers();
    const saves = [save('name', 'first')];
    await later(0);
    saves.push(save('name', 'second'));
    await later(60_000);
    assert.equal(user.patches.length, 1);
    answer();
    await later(0);
    await later(60_000);
    await Promise.all(saves);
    assert.deepEqual(user.patches, [{ name: 'first' }, { name: 'second' }]);
  });

  it('leaves more and more time between requests while changes keep coming, and none after a pause', async (test) => {
    const later = mockTime(test);
    const requestsAfter = async (milliseconds: number) => {
      await later(milliseconds);
      return user.patches.length;
    };
    await later(1_000);
    void save('name', 'v0');
    assert.equal(await requestsAfter(0), 1);
    for (const [index, pause] of [250, 500, 1_000, 2_000, 2_000].entries()) {
      void save('name', `v${index + 1}`);
      assert.equal(await requestsAfter(pause - 1), index + 1);
      assert.equal(await requestsAfter(1), index + 2);
    }
    await later(251);
    void save('name', 'last');
    assert.equal(await requestsAfter(0), 7);
  });

  it('sends at once what waits when the page is hidden, without the answer to what was sent before', async () => {
    const answer = holdAnswers();
    const saves = [save('name', 'first')];
    while (!user.patches.length) await new Promise((resolve) => setImmediate(resolve));
    saves.push(save('name', 'second'), save('other', 1));
    assert.equal(user.patches.length, 1);
    tab.dispatchEvent(new Event('visibilitychange'));
    assert.deepEqual(JSON.parse(JSON.stringify(user.patches)), [{ name: 'first' }, { name: 'second', other: 1 }]);
    tab.dispatchEvent(new Event('visibilitychange'));
    answer();
    await Promise.all(saves);
    assert.equal(user.patches.length, 2);
    await save('name', 'third');
    assert.equal(user.unsafeMetadata['name'], 'third');
  });

  it('refuses what would be too large before it is sent, and saves the rest', async () => {
    user.unsafeMetadata = { essay: 'x'.repeat(8_000) };
    const tooLarge = save('more', 'é'.repeat(200));
    const small = save('theme', 'dark');
    await assert.rejects(tooLarge, /8,422 bytes of 8,192/);
    await small;
    assert.deepEqual(user.patches, [{ theme: 'dark' }]);
  });

  it('gives the errors of its own checks the shape of the API’s', async () => {
    await assert.rejects(save('essay', 'x'.repeat(9_000)), {
      errors: [
        {
          code: 'form_param_exceeds_allowed_size',
          message: 'This does not fit. With it, your data takes 9,012 bytes of 8,192.',
          longMessage: 'This does not fit. With it, your data takes 9,012 bytes of 8,192.',
          meta: { paramName: 'unsafe_metadata' },
        },
      ],
    });
  });

  it('does not let one refused value take the others with it', async () => {
    user.answer = (patch) => ('bad' in patch ? { status: 422, errors: [{ code: 'form_param_value_invalid' }] } : undefined);
    assert.deepEqual(await outcomes([save('good', 1), save('bad', 2), save('better', 3)]), ['fulfilled', 'rejected', 'fulfilled']);
    assert.deepEqual(JSON.parse(JSON.stringify(user.unsafeMetadata)), { good: 1, better: 3 });
  });

  it('saves changes of one call all together or not at all', async () => {
    user.answer = (patch) => ('bad' in patch ? { status: 422, errors: [{ code: 'form_param_value_invalid' }] } : undefined);
    const together = saveChanges(clerk, [change('a', 1), change('bad', 2)]);
    assert.deepEqual(await outcomes([together, save('good', 3)]), ['rejected', 'fulfilled']);
    assert.deepEqual(JSON.parse(JSON.stringify(user.patches)), [{ a: 1, bad: 2, good: 3 }, { a: 1, bad: 2 }, { good: 3 }]);
    assert.deepEqual(JSON.parse(JSON.stringify(user.unsafeMetadata)), { good: 3 });
  });

  it('counts the bytes of changes of one call together', async () => {
    const half = 'x'.repeat(4_200);
    await assert.rejects(saveChanges(clerk, [change('a', half), change('b', half)]), /bytes of 8,192/);
    assert.deepEqual(user.patches, []);
  });

  it('asks a change for its patch when it is sent, by what is stored then', async () => {
    user.unsafeMetadata = { a: { x: 1 } };
    const type = { toPatch: (value: FieldValue, stored: unknown) => ({ ...(value as object), x: stored ? null : 0 }) };
    await saveChanges(clerk, [{ ...change('a', { y: 2 }), type }]);
    assert.deepEqual(JSON.parse(JSON.stringify(user.unsafeMetadata)), { a: { y: 2 } });
  });

  for (const [what, error] of [
    ['the API cannot be reached', new TypeError('Failed to fetch')],
    ['the API has failed', { status: 503, errors: [{ code: 'internal' }] }],
    ['there were too many requests', { status: 429, errors: [{ code: 'too_many_requests' }] }],
  ] as const) {
    it(`sends nothing twice when ${what}`, async () => {
      user.answer = () => error;
      assert.deepEqual(await outcomes([save('a', 1), save('b', 2)]), ['rejected', 'rejected']);
      assert.equal(user.patches.length, 1);
    });
  }

  it('goes on after a failure', async () => {
    user.answer = () => new TypeError('Failed to fetch');
    await assert.rejects(save('a', 1));
    user.answer = () => undefined;
    await save('a', 1);
    assert.equal(user.unsafeMetadata['a'], 1);
  });

  it('saves nothing for somebody else than the person who made the change', async () => {
    const other = createUser('user_2');
    const waiting = save('a', 1);
    page.user = other;
    await assert.rejects(waiting, /Signed out/);
    page.user = null;
    await assert.rejects(save('a', 1), /Signed out/);
    assert.deepEqual([...user.patches, ...other.patches], []);
  });

  it('reads the user once for all who ask at a time', async () => {
    await Promise.all([readAgain(clerk), readAgain(clerk)]);
    assert.equal(user.reloads, 1);
    await readAgain(clerk);
    assert.equal(user.reloads, 2);
  });
});
