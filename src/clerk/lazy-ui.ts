/** Brings the UI when a page needs it: a `clerk-*` tag in the document, or a call of `mount…` or `open…`. Never before, never twice. */
import type { ClerkApi, UserInterface, UserInterfaceLoader } from './clerk-api.ts';
import { removeFailure, showFailure } from './ui-failure.ts';

/** The tag whose element comes with the UI itself. */
const builtInTag = 'clerk-sign-in';

interface Mounted {
  tag: string;
  props: object;
}

export class LazyUserInterface {
  readonly #clerk: ClerkApi;
  readonly #loader: UserInterfaceLoader;
  #base: Promise<UserInterface> | undefined;
  readonly #elements = new Map<string, Promise<UserInterface>>();
  /** Nodes that wait for their element. */
  readonly #waiting = new Map<HTMLElement, Mounted>();
  /** Modals that wait for their element. */
  readonly #opening = new Map<string, object>();
  /** Tags whose element is there. */
  readonly #ready = new Map<string, UserInterface>();

  constructor(clerk: ClerkApi, loader: UserInterfaceLoader) {
    this.#clerk = clerk;
    this.#loader = loader;
  }

  /** Looks for tags in the document, now and from now on. */
  watch(): void {
    const look = (nodes: Iterable<Node>) => {
      for (const node of nodes) {
        if (!(node instanceof Element)) continue;
        this.#notice(node);
        for (const element of Element.prototype.querySelectorAll.call(node, ':not(:defined)')) this.#notice(element);
      }
    };
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records) look(addedNodes);
    });
    observer.observe(document, { childList: true, subtree: true });
    look(Document.prototype.querySelectorAll.call(document, ':root'));
  }

  mount(tag: string, node: HTMLElement, props: object = {}): void {
    const ui = this.#ready.get(tag);
    if (ui) ui.mount(tag, node, props);
    else {
      this.#waiting.set(node, { tag, props });
      this.#need(tag);
    }
  }

  unmount(node: HTMLElement): void {
    this.#waiting.delete(node);
    removeFailure(node);
    for (const ui of new Set(this.#ready.values())) ui.unmount(node);
  }

  open(tag: string, props: object = {}): void {
    const ui = this.#ready.get(tag);
    if (ui) ui.open(tag, props);
    else {
      this.#opening.set(tag, props);
      this.#need(tag);
    }
  }

  close(tag: string): void {
    this.#opening.delete(tag);
    this.#ready.get(tag)?.close(tag);
  }

  #notice(element: Element): void {
    const tag = element.localName;
    if (!tag.startsWith('clerk-') || this.#ready.has(tag)) return;
    // In front of the wait, so that a failure finds it.
    if (this.#need(tag) && element instanceof HTMLElement) this.#unfilled.add(element);
  }

  /** Tags of the page that show nothing until their element is there. */
  readonly #unfilled = new Set<HTMLElement>();

  async #start(): Promise<UserInterface> {
    try {
      return (await this.#loader.loadUserInterface()).startUserInterface(this.#clerk);
    } catch (error) {
      this.#base = undefined;
      throw error;
    }
  }

  /** @returns `false` for a tag that is none of ours. */
  #need(tag: string): boolean {
    if (this.#elements.has(tag)) return true;
    const element = this.#loader.loadElement(tag);
    if (!element && tag !== builtInTag) return false;
    this.#base ??= this.#start();
    const ready = Promise.all([this.#base, element]).then(([ui, module]) => {
      if (module) this.#fill(tag, ui, () => ui.define(tag, module.element));
      else this.#fill(tag, ui);
      return ui;
    });
    this.#elements.set(tag, ready);
    ready.catch((error: unknown) => this.#fail(tag, error));
    return true;
  }

  #fill(tag: string, ui: UserInterface, define?: () => void): void {
    for (const node of this.#unfilled) {
      if (node.localName !== tag) continue;
      this.#unfilled.delete(node);
      removeFailure(node);
    }
    define?.();
    this.#ready.set(tag, ui);
    for (const [node, mounted] of this.#waiting) {
      if (mounted.tag !== tag) continue;
      this.#waiting.delete(node);
      removeFailure(node);
      ui.mount(tag, node, mounted.props);
    }
    const props = this.#opening.get(tag);
    if (this.#opening.delete(tag)) ui.open(tag, props ?? {});
  }

  /** Nothing stays blank: says so, and tries again on demand. */
  #fail(tag: string, error: unknown): void {
    console.error(`clerk-lit: the files for <${tag}> could not be loaded. ${error instanceof Error ? error.message : String(error)}`);
    this.#elements.delete(tag);
    this.#opening.delete(tag);
    const nodes = [...this.#waiting].filter(([, mounted]) => mounted.tag === tag).map(([node]) => node);
    for (const node of [...nodes, ...[...this.#unfilled].filter(({ localName }) => localName === tag)]) {
      showFailure(node, () => this.#need(tag));
    }
  }
}
