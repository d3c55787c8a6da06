import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The buttons that the page has put into an element, outside of any form: they become buttons of the element's own form. They stay where they are. */
export class PageButtonsController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode & Node };
  readonly #formId: () => string;
  readonly #observer: MutationObserver;

  constructor(host: ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode & Node }, formId: () => string) {
    this.#host = host;
    this.#formId = formId;
    this.#observer = new MutationObserver((records) => {
      if (records.some(({ target }) => target instanceof Element && !target.closest('[data-clerk-root]'))) host.requestUpdate();
    });
    host.addController(this);
  }

  /** Ties the page's buttons to the form; `true` if one of them submits it. */
  adopt(): boolean {
    const formId = this.#formId();
    const buttons = [...this.#host.querySelectorAll<HTMLButtonElement>(':is(button, input[type=submit], input[type=reset])')].filter(
      (button) => !button.closest('[data-clerk-root]') && (!button.form || button.form.id === formId),
    );
    for (const button of buttons) button.setAttribute('form', formId);
    return buttons.some(({ type }) => type === 'submit');
  }

  hostConnected(): void {
    this.#observer.observe(this.#host, { subtree: true, childList: true });
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }
}
