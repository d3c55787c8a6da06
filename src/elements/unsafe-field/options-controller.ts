import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Option } from './control.ts';

/** The `<option>`s that the page has put into an element, and its notice when they change. They stay where they are. */
export class OptionsController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode & Node };
  readonly #observer: MutationObserver;

  constructor(host: ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode & Node }) {
    this.#host = host;
    this.#observer = new MutationObserver((records) => {
      if (records.some(({ target }) => !host.renderRoot.contains(target))) host.requestUpdate();
    });
    host.addController(this);
  }

  /** Copies of the options, in the order of the page. */
  get options(): Option[] {
    const all = [...this.#host.querySelectorAll('option')];
    return all
      .filter((option) => !this.#host.renderRoot.contains(option))
      .map(({ value, label, disabled }) => ({ value, label, disabled }));
  }

  hostConnected(): void {
    const attributeFilter = ['value', 'label', 'disabled'];
    this.#observer.observe(this.#host, { subtree: true, childList: true, characterData: true, attributeFilter });
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }
}
