import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Draft } from '../../../src/elements/unsafe-field/draft.ts';

describe('Draft', () => {
  let changes: number;
  let draft: Draft;

  beforeEach(() => {
    changes = 0;
    draft = new Draft(() => changes++);
    draft.show('stored');
  });

  const state = () => [draft.status, draft.message];

  it('takes any other text than the stored one for an edit, and every text while it is typed', () => {
    assert.equal(draft.isEdit('stored'), false);
    assert.equal(draft.isEdit('stored!'), true);
    draft.open();
    assert.equal(draft.isEdit('stored'), true);
    draft.close();
    assert.equal(draft.isEdit('stored'), false);
  });

  it('has nothing to save where the text is stored already', () => {
    assert.equal(draft.needsSaving('stored', false), false);
    assert.equal(draft.needsSaving('3.0', true), false);
    assert.equal(draft.needsSaving('new', false), true);
  });

  it('does not save the same text twice at a time', () => {
    draft.begin('new');
    assert.equal(draft.needsSaving('new', false), false);
    assert.equal(draft.needsSaving('stored', true), true);
  });

  it('is saved once that is confirmed', () => {
    const turn = draft.begin('new');
    assert.deepEqual(state(), ['saving', undefined]);
    draft.succeed(turn, 'new');
    assert.deepEqual(state(), ['saved', undefined]);
    assert.equal(draft.isEdit('new'), false);
    assert.ok(changes >= 2);
  });

  it('does not say "saved" of a text that was typed meanwhile', () => {
    const turn = draft.begin('new');
    draft.open();
    draft.succeed(turn, 'newer');
    assert.deepEqual(state(), ['idle', undefined]);
    assert.equal(draft.isEdit('newer'), true);
  });

  it('ignores the answer to an earlier save', () => {
    const first = draft.begin('a');
    const second = draft.begin('b');
    draft.fail(first, 'invalid', 'no');
    assert.deepEqual(state(), ['saving', undefined]);
    draft.succeed(second, 'b');
    draft.succeed(first, 'b');
    assert.deepEqual(state(), ['saved', undefined]);
    assert.equal(draft.isEdit('b'), false);
  });

  it('keeps the message of a failure until somebody types', () => {
    draft.fail(draft.begin('new'), 'invalid', 'Too long.');
    assert.deepEqual(state(), ['invalid', 'Too long.']);
    assert.equal(draft.isEdit('new'), true);
    draft.open();
    assert.deepEqual(state(), ['idle', undefined]);
  });

  it('saves even the stored text after a save whose end nobody knows', () => {
    draft.fail(draft.begin('new'), 'failed', 'No answer.');
    assert.equal(draft.needsSaving('stored', true), true);
    draft.succeed(draft.begin('stored'), 'stored');
    assert.equal(draft.needsSaving('stored', true), false);
  });

  it('is not confirmed any more once it was refused here', () => {
    const turn = draft.begin('new');
    draft.refuse('Fill this in.');
    draft.succeed(turn, '');
    assert.deepEqual(state(), ['invalid', 'Fill this in.']);
  });

  it('can be dropped, and forgets everything for another person', () => {
    const turn = draft.begin('new');
    draft.drop('new');
    draft.succeed(turn, 'new');
    assert.deepEqual(state(), ['idle', undefined]);
    draft.fail(draft.begin('newer'), 'failed', 'No answer.');
    draft.forget('newer');
    assert.deepEqual(state(), ['idle', undefined]);
    draft.show('stored');
    assert.equal(draft.needsSaving('stored', true), false);
  });
});
