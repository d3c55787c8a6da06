import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ClerkApi } from '../../clerk/clerk-api.ts';

/** Whether the element can show anything real yet. */
export type ClerkPhase = 'loading' | 'ready' | 'failed';

/** An element that works with an instance. */
interface ClerkHost extends ReactiveControllerHost {
  readonly instance: ClerkApi | undefined;
  readonly isConnected: boolean;
}

/**
 * Connects an element to its Clerk instance: loads it if nobody has, and updates the element whenever the instance changes.
 * It owns the subscription, not the data: elements read `clerk` themselves.
 */
export class ClerkController implements ReactiveController {
  readonly #host: ClerkHost;
  #clerk: ClerkApi | undefined;
  #unsubscribe: (() => void) | undefined;
  #error: unknown;

  constructor(host: ClerkHost) {
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
    if (clerk?.loaded && clerk.client && clerk.__internal_environment) return clerk.session === undefined ? 'loading' : 'ready';
    return this.#error !== undefined || clerk?.status === 'error' ? 'failed' : 'loading';
  }

  hostConnected(): void {
    this.hostDisconnected();
    const clerk = (this.#clerk = this.#host.instance);
    if (!clerk) return;
    const update = () => this.#host.requestUpdate();
    const removeListener = clerk.addListener(update, { skipInitialEmit: true });
    clerk.on('status', update);
    this.#unsubscribe = () => {
      removeListener();
      clerk.off('status', update);
    };
    if (clerk.loaded) update();
    else this.retry();
  }

  hostUpdate(): void {
    // An update may still be pending when its element is removed.
    if (this.#host.instance === this.#clerk || !this.#host.isConnected) return;
    this.hostConnected();
    // This update has read the former instance already.
    queueMicrotask(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = this.#clerk = undefined;
  }

  /** Loads; also again, after a failure. */
  retry(): void {
    const clerk = this.#clerk;
    const settle = (error?: unknown) => {
      if (clerk === this.#clerk) this.#error = error;
      this.#host.requestUpdate();
    };
    settle();
    // That it has worked is an event of its own.
    clerk?.load().catch((error: unknown) => settle(error ?? 'unknown'));
  }
}
