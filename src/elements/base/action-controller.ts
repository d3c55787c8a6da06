import type { ReactiveControllerHost } from 'lit';

/** What an action does. After each await it should look at the signal: aborted means that nobody waits for it any more. */
export type Action = (signal: AbortSignal) => Promise<unknown>;

/**
 * Runs one action of an element at a time: `idle`, `busy` or `failed`.
 * A second one is ignored while the first runs; an answer that comes after `abandon()` or after the element was removed is
 * dropped. Moving the element does not interrupt it. It owns the state of the action, not what the action changes.
 */
export class ActionController {
  readonly #host: ReactiveControllerHost & { readonly isConnected: boolean };
  #running: AbortController | undefined;
  #last: { name: string; action: Action } | undefined;
  #name: string | undefined;
  #error: unknown;

  constructor(host: ReactiveControllerHost & { readonly isConnected: boolean }) {
    this.#host = host;
  }

  get state(): 'idle' | 'busy' | 'failed' {
    if (this.#running) return 'busy';
    return this.#error === undefined ? 'idle' : 'failed';
  }

  /** Name of the running action. */
  get busyWith(): string | undefined {
    return this.#name;
  }

  /** What the last action failed with. */
  get error(): unknown {
    return this.#error;
  }

  /** Runs `action`; resolves `true` once it has succeeded, `false` where it failed, was ignored or abandoned. */
  async run(name: string, action: Action): Promise<boolean> {
    if (this.#running) return false;
    const running = new AbortController();
    this.#running = running;
    this.#last = { name, action };
    this.#name = name;
    this.#error = undefined;
    this.#host.requestUpdate();
    let error: unknown;
    try {
      await action(running.signal);
    } catch (reason) {
      error = reason ?? 'unknown';
    }
    if (this.#running !== running) return false;
    this.#stop();
    if (!this.#host.isConnected) return false;
    this.#error = error;
    return error === undefined;
  }

  /** Runs the last action once more. */
  retry(): Promise<boolean> {
    return this.#last ? this.run(this.#last.name, this.#last.action) : Promise.resolve(false);
  }

  /** Shows a failure found without running anything, such as an empty field. */
  fail(error: unknown): void {
    this.abandon();
    this.#error = error;
  }

  /** Forgets the failure, and the running action if there is one. */
  abandon(): void {
    this.#running?.abort();
    this.#error = undefined;
    this.#stop();
  }

  #stop(): void {
    this.#running = undefined;
    this.#name = undefined;
    this.#host.requestUpdate();
  }
}
