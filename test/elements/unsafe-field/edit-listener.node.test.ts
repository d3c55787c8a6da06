import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EditListener } from '../../../src/elements/unsafe-field/edit-listener.ts';

/** What a listener tells after these events; `key:x` is a keydown. */
function told(events: string[], changesWhileTyping = false): string[] {
  const said: string[] = [];
  const listener = new EditListener({
    changesWhileTyping: () => changesWhileTyping,
    edited: () => said.push('edited'),
    paused: () => undefined,
    finished: () => said.push('finished'),
  });
  for (const name of events) {
    const [type = '', key] = name.split(':');
    listener.handleEvent(Object.assign(new Event(key ? 'keydown' : type), { key, isComposing: type === 'composing' }));
  }
  return said;
}

describe('EditListener', () => {
  it('waits while somebody types, and finishes on the change', () => {
    assert.deepEqual(told(['key:a', 'input', 'key:b', 'input']), ['edited', 'edited']);
    assert.deepEqual(told(['key:a', 'input', 'change']), ['edited', 'edited', 'finished']);
  });

  it('finishes once: on Enter, or on leaving', () => {
    assert.deepEqual(told(['key:a', 'input', 'key:Enter']), ['edited', 'finished']);
    assert.deepEqual(told(['key:a', 'input', 'focusout']), ['edited', 'finished']);
    assert.deepEqual(told(['input', 'key:Enter', 'focusout', 'key:Enter']), ['edited', 'finished']);
  });

  it('has nothing to finish where nothing was edited', () => {
    assert.deepEqual(told(['key:Enter', 'key:Tab', 'focusout']), []);
  });

  it('leaves Enter to an input method that is composing', () => {
    assert.deepEqual(told(['input', 'composing:Enter']), ['edited']);
  });

  describe('where a change comes for every key', () => {
    it('waits for leaving or Enter', () => {
      assert.deepEqual(told(['key:2', 'input', 'change', 'key:0', 'input', 'change'], true), Array(4).fill('edited'));
      assert.deepEqual(told(['key:2', 'input', 'change', 'focusout'], true).at(-1), 'finished');
      assert.deepEqual(told(['key:2', 'input', 'change', 'key:Enter'], true).at(-1), 'finished');
    });

    it('takes the change of a picker at once, also after Tab has led there', () => {
      assert.deepEqual(told(['input', 'change'], true).at(-1), 'finished');
      assert.deepEqual(told(['key:Tab', 'input', 'change'], true).at(-1), 'finished');
      assert.deepEqual(told(['key:2', 'input', 'change', 'focusout', 'input', 'change'], true).at(-1), 'finished');
    });
  });
});
