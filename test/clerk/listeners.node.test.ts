import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Listeners, Status } from '../../src/clerk/listeners.ts';

const nobody = { client: undefined, session: null, user: null, organization: null };

describe('Listeners', () => {
  it('hears until removed, also the same function twice', () => {
    const listeners = new Listeners();
    const heard: unknown[] = [];
    const callback = (resources: unknown) => heard.push(resources);
    const remove = listeners.add(callback);
    listeners.add(callback);
    listeners.emit(nobody);
    remove();
    remove();
    listeners.emit(nobody);
    assert.equal(heard.length, 3);
  });

  it('may remove itself while it is told', () => {
    const listeners = new Listeners();
    let count = 0;
    const remove = listeners.add(() => {
      count++;
      remove();
    });
    listeners.emit(nobody);
    listeners.emit(nobody);
    assert.equal(count, 1);
  });
});

describe('Status', () => {
  it('tells each change once, and the present on demand', () => {
    const status = new Status();
    const heard: string[] = [];
    const handler = (value: string) => heard.push(value);
    status.on(handler, true);
    status.set('ready');
    status.set('ready');
    status.off(handler);
    status.set('degraded');
    assert.deepEqual(heard, ['loading', 'ready']);
    assert.equal(status.value, 'degraded');
  });
});
