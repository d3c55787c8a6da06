import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ClerkApi } from '../../../src/clerk/clerk-api.ts';
import { Draft } from '../../../src/elements/unsafe-field/draft.ts';
import { fieldType } from '../../../src/elements/unsafe-field/field-types.ts';
import type { ClerkSaveEvent } from '../../../src/elements/unsafe-field/unsafe-field-events.ts';
import { en } from '../../../src/i18n/en/cards.ts';
import { mergePatch } from '../../../src/rules/merge-patch.ts';
import type { JsonObject } from '../../../src/rules/merge-patch.ts';

// What a window is to the queue of saves.
globalThis.addEventListener = () => undefined;
const { saveEdits } = await import('../../../src/elements/unsafe-field/saver.ts');

const unreachable = new TypeError('Failed to fetch');
const refusal = { status: 422, errors: [{ code: 'form_param_value_invalid', message: 'No.', longMessage: 'Not this one.' }] };

describe('saveEdits()', () => {
  let user: { id: string; unsafeMetadata: JsonObject; updateMetadata: object; reload: () => Promise<unknown> };
  let patches: JsonObject[];
  /** What the API answers: an error, or `undefined` to store a patch. */
  let answer: () => unknown;
  let clerk: ClerkApi;
  let target: EventTarget;
  let events: ClerkSaveEvent[];

  beforeEach(() => {
    patches = [];
    answer = () => undefined;
    const store = (patch: JsonObject) => (user.unsafeMetadata = mergePatch(user.unsafeMetadata, patch));
    user = {
      id: 'user_1',
      unsafeMetadata: { a: 'old' },
      async updateMetadata({ unsafeMetadata }: { unsafeMetadata: JsonObject }) {
        patches.push(JSON.parse(JSON.stringify(unsafeMetadata)) as JsonObject);
        await new Promise((resolve) => setImmediate(resolve));
        const error = answer();
        if (error) throw error;
        store(unsafeMetadata);
      },
      reload: () => Promise.reject(unreachable),
    };
    clerk = { user } as unknown as ClerkApi;
    target = new EventTarget();
    events = [];
    for (const type of ['clerk-save', 'clerk-saved', 'clerk-save-error'])
      target.addEventListener(type, (event) => events.push(event as ClerkSaveEvent));
  });

  /** A field that shows `shown` and has `text` in it. */
  const edit = (name: string, text: string, shown = '') => {
    const draft = new Draft(() => undefined);
    draft.show(shown);
    return { name, path: [name], text, value: text || null, type: fieldType(), draft, field: { text: text as string | null } };
  };
  const save = (edits: ReturnType<typeof edit>[], options = {}) => saveEdits(clerk, edits, { strings: en, target, ...options });
  const types = () => events.map(({ type }) => type);

  it('says "saved" once the API has confirmed it, with an event that has the value', async () => {
    const one = edit('a', 'new', 'old');
    const saving = save([one]);
    assert.equal(one.draft.status, 'saving');
    await saving;
    assert.equal(one.draft.status, 'saved');
    assert.deepEqual(patches, [{ a: 'new' }]);
    assert.deepEqual(types(), ['clerk-save', 'clerk-saved']);
    assert.deepEqual(events[1]!.values, { a: 'new' });
  });

  it('sends nothing that is stored already, and tells no listener', async () => {
    const one = edit('a', 'old', 'old');
    const reported: string[] = [];
    await save([one], { report: (status: string) => reported.push(status) });
    assert.deepEqual([patches, events, reported], [[], [], ['idle']]);
  });

  it('sends nothing that a listener cancels: what was typed waits for another save', async () => {
    const one = edit('a', 'new', 'old');
    target.addEventListener('clerk-save', (event) => event.preventDefault());
    await save([one]);
    assert.deepEqual([patches, one.draft.status, one.draft.isUnsaved('new')], [[], 'idle', true]);
  });

  it('does not say "saved" of what is in the control by now', async () => {
    const one = edit('a', 'new', 'old');
    const saving = save([one]);
    one.field.text = 'newer';
    await saving;
    assert.equal(one.draft.status, 'idle');
    assert.equal(one.draft.isUnsaved('newer'), true);
  });

  it('says at a field what the API has against its value', async () => {
    answer = () => refusal;
    const one = edit('a', 'new', 'old');
    await save([one]);
    assert.deepEqual([one.draft.status, one.draft.message], ['invalid', 'Not this one.']);
    assert.deepEqual(types(), ['clerk-save', 'clerk-save-error']);
    assert.equal(events[1]!.error, refusal);
  });

  it('leaves it open where nobody knows how it ended', async () => {
    answer = () => unreachable;
    const one = edit('a', 'new', 'old');
    await save([one]);
    assert.equal(one.draft.status, 'failed');
    assert.match(one.draft.message!, /^Not saved\./);
    // It may have been stored, so that the former value is worth a request too.
    assert.equal(one.draft.needsSaving('old', true), true);
    assert.deepEqual(types(), ['clerk-save', 'clerk-save-error']);
  });

  it('says "saved" after all where the value turns out to be stored', async () => {
    answer = () => unreachable;
    user.reload = () => Promise.resolve((user.unsafeMetadata = { a: 'new' }));
    const one = edit('a', 'new', 'old');
    await save([one]);
    assert.equal(one.draft.status, 'saved');
    assert.deepEqual(types(), ['clerk-save', 'clerk-save-error', 'clerk-saved']);
  });

  it('stays open where the value turns out not to be stored', async () => {
    answer = () => unreachable;
    user.reload = () => Promise.resolve(user);
    const one = edit('a', 'new', 'old');
    await save([one]);
    assert.equal(one.draft.status, 'failed');
  });

  it('says nothing of an earlier save while a later one runs', async () => {
    const one = edit('a', 'new', 'old');
    const first = save([one]);
    while (!patches.length) await new Promise((resolve) => setImmediate(resolve));
    const second = save([Object.assign(one, { text: 'newer', value: 'newer', field: { text: 'newer' } })]);
    await first;
    assert.equal(one.draft.status, 'saving');
    await second;
    assert.equal(one.draft.status, 'saved');
    assert.equal(user.unsafeMetadata['a'], 'newer');
  });

  it('saves several fields in one request, only those that have changed, and reports how they stand', async () => {
    const reported: string[] = [];
    const edits = [edit('a', 'old', 'old'), edit('b', '1'), edit('c', '2')];
    await save(edits, { report: (status: string) => reported.push(status) });
    assert.deepEqual(patches, [{ b: '1', c: '2' }]);
    assert.deepEqual(reported, ['saving', 'saved']);
    assert.deepEqual(
      edits.map(({ draft }) => draft.status),
      ['idle', 'saved', 'saved'],
    );
  });

  it('leaves it to whoever saves several fields to say what went wrong', async () => {
    answer = () => refusal;
    const told: unknown[] = [];
    const edits = [edit('b', '1'), edit('c', '2')];
    await save(edits, {
      tell: (saves: unknown[], { texts, isOpen }: { texts: string[]; isOpen: boolean }) => told.push(saves.length, texts, isOpen),
    });
    assert.deepEqual(told, [2, ['Not this one.'], false]);
    assert.deepEqual(patches, [{ b: '1', c: '2' }]);
  });
});
