import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Tells an element that a form in its document or shadow root is being reset. */
export class FormResetController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Node;
  readonly #listener: (event: Event) => void;
  #scope: Node | undefined;

  /** @param reset - called with the form, before the browser puts its controls back */
  constructor(host: ReactiveControllerHost & Node, reset: (form: EventTarget | null) => void) {
    this.#host = host;
    this.#listener = (event) => {
      if (!event.defaultPrevented) reset(event.target);
    };
    host.addController(this);
  }

  hostConnected(): void {
    // The event does not leave shadow roots.
    this.#scope = this.#host.getRootNode();
    this.#scope.addEventListener('reset', this.#listener);
  }

  hostDisconnected(): void {
    this.#scope?.removeEventListener('reset', this.#listener);
  }
}
