/** Class names of the page on our parts: on what is drawn later, too, before it is seen. */
import { classSelector } from './element-selectors.ts';
import { entriesOf } from './layers.ts';
import type { Layer } from './layers.ts';

interface Entry {
  selector: string;
  names: string[];
  worn: Set<Element>;
}

export class ClassNames {
  readonly #entries: Entry[];
  readonly #root: HTMLElement;
  readonly #observer = new MutationObserver(() => this.#apply());

  /** @param root whose descendants get them */
  constructor(root: HTMLElement, layers: Layer[]) {
    this.#root = root;
    this.#entries = layers.flatMap(({ elements }) =>
      entriesOf(elements).flatMap(([name, value]) =>
        typeof value === 'string'
          ? [{ selector: classSelector(name), names: value.split(/\s+/).filter(Boolean), worn: new Set<Element>() }]
          : [],
      ),
    );
    if (!this.#entries.length) return;
    this.#observer.observe(root, { childList: true, subtree: true, attributeFilter: ['class'] });
    const dialog = this.#dialog;
    if (dialog) this.#observer.observe(dialog, { attributeFilter: ['class'] });
    this.#apply();
  }

  /** Takes them all back. */
  end(): void {
    this.#observer.disconnect();
    for (const { names, worn } of this.#entries) for (const element of worn) element.classList.remove(...names);
  }

  get #dialog(): Element | null {
    return this.#root.closest('dialog.cl-modalContent');
  }

  #apply(): void {
    const dialog = this.#dialog;
    const scope: ParentNode = dialog ?? this.#root;
    for (const { selector, names, worn } of this.#entries) {
      for (const element of worn) {
        if (element.matches(selector) && scope.contains(element)) continue;
        element.classList.remove(...names);
        worn.delete(element);
      }
    }
    for (const { selector, names, worn } of this.#entries) {
      const found = [...scope.querySelectorAll(selector), ...(dialog?.matches(selector) ? [dialog] : [])];
      for (const element of found) {
        worn.add(element);
        // Writing what is there already would be noticed as a change, for ever.
        if (names.some((name) => !element.classList.contains(name))) element.classList.add(...names);
      }
    }
  }
}
