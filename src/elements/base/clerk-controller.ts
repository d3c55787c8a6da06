import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ClerkApi } from '../../clerk/clerk-api.ts';

/** Whether the element can show anything real yet. */
export type ClerkPhase = 'loading' | 'ready' | 'failed';

/**
 * Connects an element to its Clerk instance: loads it if nobody has, and updates the element whenever the instance changes.
 * It owns the subscription, not the data: elements read `clerk` themselves.
 */
export class ClerkController implements ReactiveController {
  readonly #host: ReactiveControllerHost & { readonly instance: ClerkApi | undefined };
  #clerk: ClerkApi | undefined;
  #unsubscribe: (() => void) | undefined;
  #error: unknown;

  constructor(host: ReactiveControllerHost & { readonly instance: ClerkApi | undefined }) {
    this.#host = host;
    host.addController(this);
  }

  /** The instance the element is connected to. */
  get clerk(): ClerkApi | undefined {
    return this.#clerk;
  }

  /** Why loading failed, while `phase` is `failed`. */
  get error(): unknown {
    return this.#error;
  }

  get phase(): ClerkPhase {
    const clerk = this.#clerk;
    // An undefined session of a loaded instance is a session in transition.
    if (clerk?.loaded && clerk.client && clerk.__internal_environment)
      return clerk.session === undefined ? 'loading' : 'ready';
    return this.#error !== undefined || clerk?.status === 'error' ? 'failed' : 'loading';
  }

  hostConnected(): void {
    this.#connect();
  }

  hostUpdate(): void {
    if (this.#host.instance === this.#clerk) return;
    this.#connect();
    // This update has read the former instance already.
    queueMicrotask(() => {
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#clerk = undefined;
  }

  /** Loads again after a failure. */
  retry(): void {
    void this.#load();
  }

  #connect(): void {
    this.hostDisconnected();
    const clerk = this.#host.instance;
    if (!clerk) return;
    this.#clerk = clerk;
    const update = () => {
      this.#host.requestUpdate();
    };
    const removeListener = clerk.addListener(update, { skipInitialEmit: true });
    clerk.on('status', update);
    this.#unsubscribe = () => {
      removeListener();
      clerk.off('status', update);
    };
    if (!clerk.loaded) void this.#load();
  }

  async #load(): Promise<void> {
    const clerk = this.#clerk;
    this.#error = undefined;
    this.#host.requestUpdate();
    try {
      await clerk?.load();
    } catch (error) {
      if (clerk === this.#clerk) this.#error = error ?? 'unknown';
    }
    this.#host.requestUpdate();
  }
}
