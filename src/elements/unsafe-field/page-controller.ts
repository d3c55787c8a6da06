import type { ReactiveController, ReactiveControllerHost } from 'lit';

const formEvents = ['reset', 'submit'];
const root = '[data-clerk-root]';

/** What a page has put into a field, and does around it: its nodes, which stay where they are, and the events of its forms. */
export class PageController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #formEvent: (event: Event) => void;
  readonly #observer: MutationObserver;
  #scope: Node | undefined;

  /** @param formEvent - called when a form in the same document or shadow root is being reset or submitted, before the browser does anything of it */
  constructor(host: ReactiveControllerHost & HTMLElement, formEvent: (event: Event) => void) {
    this.#host = host;
    this.#formEvent = formEvent;
    this.#observer = new MutationObserver((records) => {
      if (records.some(({ target }) => !(target.parentElement ?? host).closest(root))) host.requestUpdate();
    });
  }

  hostConnected(): void {
    const attributeFilter = ['value', 'label', 'disabled'];
    this.#observer.observe(this.#host, { subtree: true, childList: true, characterData: true, attributeFilter });
    // The events do not leave shadow roots.
    this.#scope = this.#host.getRootNode();
    for (const type of formEvents) this.#scope.addEventListener(type, this.#formEvent);
    // It may have come into another form.
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    for (const type of formEvents) this.#scope?.removeEventListener(type, this.#formEvent);
  }
}
