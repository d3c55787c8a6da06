import type { ReactiveControllerHost } from 'lit';

/** What an action does. After each await it should look at the signal: aborted means that nobody waits for it any more. */
export type Action = (signal: AbortSignal) => Promise<unknown>;

/**
 * Runs one action of an element at a time: idle, busy or failed.
 * A second one is ignored while the first runs; an answer that comes after `abandon()` or after the element was removed is
 * dropped. Moving the element does not interrupt it. It owns the state of the action, not what the action changes.
 */
export class ActionController {
  readonly #host: ReactiveControllerHost & { readonly isConnected: boolean };
  #running: AbortController | undefined;
  #error: unknown;

  constructor(host: ReactiveControllerHost & { readonly isConnected: boolean }) {
    this.#host = host;
  }

  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** What the last action failed with. */
  get error(): unknown {
    return this.#error;
  }

  /** Runs `action`; resolves `true` once it has succeeded, `false` where it failed, was ignored or abandoned. */
  async run(action: Action): Promise<boolean> {
    if (this.#running) return false;
    this.abandon();
    const running = (this.#running = new AbortController());
    let error: unknown;
    try {
      await action(running.signal);
    } catch (reason) {
      error = reason ?? 'unknown';
    }
    if (this.#running !== running) return false;
    this.abandon();
    if (!this.#host.isConnected) return false;
    this.#error = error;
    return error === undefined;
  }

  /** Shows a failure found without running anything, such as an empty field. */
  fail(error: unknown): void {
    this.abandon();
    this.#error = error;
  }

  /** Forgets the failure, and the running action if there is one. */
  abandon(): void {
    this.#running?.abort();
    this.#running = this.#error = undefined;
    this.#host.requestUpdate();
  }
}
