/** Who wants to know: listeners of resources and of the status (dossier part 1, §7). */
import type { ClerkStatus, ListenerCallback, Resources } from './clerk-api.ts';

/** Calls each one; a listener that throws does not keep the others from hearing. */
function notify<Value>(callbacks: Iterable<(value: Value) => void>, value: Value): void {
  for (const callback of [...callbacks]) {
    try {
      callback(value);
    } catch (error) {
      // As an exception nobody caught: on the console, and in the page's own reports.
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}

/**
 * Listeners of client, session and user. Client and session are updated in place; a user who has changed is another object.
 */
export class Listeners {
  readonly #callbacks = new Set<ListenerCallback>();

  /** @returns what removes it again. A function added twice is called twice. */
  add(callback: ListenerCallback): () => void {
    const own: ListenerCallback = (resources) => callback(resources);
    this.#callbacks.add(own);
    return () => void this.#callbacks.delete(own);
  }

  emit(resources: Resources): void {
    notify(this.#callbacks, resources);
  }
}

type StatusHandler = (status: ClerkStatus) => void;

/** The status, and its event. */
export class Status {
  #value: ClerkStatus = 'loading';
  readonly #handlers = new Set<StatusHandler>();

  get value(): ClerkStatus {
    return this.#value;
  }

  set(value: ClerkStatus): void {
    if (value === this.#value) return;
    this.#value = value;
    notify(this.#handlers, value);
  }

  on(handler: StatusHandler, replay = false): void {
    this.#handlers.add(handler);
    if (replay) notify([handler], this.#value);
  }

  off(handler: StatusHandler): void {
    this.#handlers.delete(handler);
  }
}
