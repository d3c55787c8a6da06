import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Counts whole seconds down to zero and updates its element each second. It keeps time by the clock, so a slept timer is harmless. */
export class CountdownController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #end = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Seconds left. */
  get left(): number {
    return Math.max(0, Math.ceil((this.#end - Date.now()) / 1000));
  }

  /** Starts anew; `0` ends it. */
  start(seconds: number): void {
    this.#end = Date.now() + seconds * 1000;
    this.hostConnected();
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.hostDisconnected();
    if (this.left === 0) return;
    this.#timer = setInterval(() => {
      this.#host.requestUpdate();
      if (this.left === 0) this.hostDisconnected();
    }, 1000);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
