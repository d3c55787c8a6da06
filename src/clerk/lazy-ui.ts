/** Brings the UI when a page needs it: a `clerk-*` tag in the document, or a call of `mount…` or `open…`. Never before, never twice. */
import type { ClerkApi, ElementModule, TextsModule, UserInterface, UserInterfaceLoader } from './clerk-api.ts';
import { documentMember } from '../transport/platform.ts';
import { removeFailure, showFailure } from './ui-failure.ts';

/** The tag whose element comes with the UI itself. */
const builtInTag = 'clerk-sign-in';

/** What waits for the element of one tag. */
interface Waiting {
  /** Set while the files are on their way, and once they are there. */
  isComing: boolean;
  ui?: UserInterface;
  /** Nodes that show nothing until then; those to be mounted with their props. */
  nodes: Map<HTMLElement, object | undefined>;
  /** Props of a modal to be opened. */
  modal?: object | undefined;
}

export class LazyUserInterface {
  readonly #clerk: ClerkApi;
  readonly #loader: UserInterfaceLoader;
  #base: Promise<UserInterface> | undefined;
  /** What the elements say, and when they will. */
  #spoken: unknown;
  #speaking: Promise<unknown> | undefined;
  readonly #tags = new Map<string, Waiting>();

  constructor(clerk: ClerkApi, loader: UserInterfaceLoader) {
    this.#clerk = clerk;
    this.#loader = loader;
  }

  /**
   * Fetches what says the texts that the page wants, once there is an element to say them; again where it wants others. Never rejects:
   * English is better than nothing, and needs no file.
   */
  speak(): Promise<unknown> | undefined {
    const root = documentMember('documentElement') as HTMLElement;
    const wanted = this.#clerk.__internal_getOption('localization') || root.lang || 'en';
    if (this.#base && wanted !== this.#spoken && (this.#speaking || !/^en\b/i.test(wanted as string))) {
      this.#spoken = wanted;
      this.#speaking = (this.#loader.loadElement('localization') as Promise<unknown> as Promise<TextsModule>)
        .then((texts) => texts.speakAs(wanted, this.#clerk))
        .catch(console.error);
    }
    return this.#speaking;
  }

  /** Looks for tags in the document, now and from now on. */
  watch(): void {
    const notice = (element: Element) => this.#notice(element as HTMLElement);
    const look = (node: Node) => {
      if (!(node instanceof Element)) return;
      notice(node);
      Element.prototype.querySelectorAll.call(node, ':not(:defined)').forEach(notice);
    };
    const observer = new MutationObserver((records) => records.forEach(({ addedNodes }) => addedNodes.forEach(look)));
    observer.observe(document, { childList: true, subtree: true });
    Document.prototype.querySelectorAll.call(document, ':root').forEach(look);
  }

  mount(tag: string, node: HTMLElement, props: object = {}): void {
    const waiting = this.#need(tag);
    if (waiting?.ui) waiting.ui.mount(tag, node, props);
    else waiting?.nodes.set(node, props);
  }

  unmount(node: HTMLElement): void {
    removeFailure(node);
    for (const { nodes, ui } of this.#tags.values()) {
      nodes.delete(node);
      ui?.unmount(node);
    }
  }

  open(tag: string, props: object = {}): void {
    const waiting = this.#need(tag);
    if (waiting?.ui) waiting.ui.open(tag, props);
    else if (waiting) waiting.modal = props;
  }

  close(tag: string): void {
    const waiting = this.#tags.get(tag);
    waiting?.ui?.close(tag);
    if (waiting) waiting.modal = undefined;
  }

  #notice(element: HTMLElement): void {
    const tag = element.localName;
    const waiting = tag.startsWith('clerk-') && this.#need(tag);
    if (waiting && !waiting.ui) waiting.nodes.set(element, undefined);
  }

  /** `undefined` for a tag that is none of ours. */
  #need(tag: string): Waiting | undefined {
    let waiting = this.#tags.get(tag);
    if (waiting?.isComing) return waiting;
    const element = this.#loader.loadElement(tag);
    if (!element && tag !== builtInTag) return undefined;
    waiting ??= { isComing: true, nodes: new Map() };
    waiting.isComing = true;
    this.#tags.set(tag, waiting);
    void this.#fill(tag, waiting, element);
    return waiting;
  }

  async #fill(tag: string, waiting: Waiting, element: Promise<ElementModule> | undefined): Promise<void> {
    const { nodes } = waiting;
    try {
      const [ui, module] = await Promise.all([(this.#base ??= this.#start()), element, this.speak()]);
      // `load()` may have wanted others meanwhile.
      await this.#speaking;
      for (const node of nodes.keys()) removeFailure(node);
      if (module) ui.define(tag, module.element);
      waiting.ui = ui;
      for (const [node, props] of nodes) if (props) ui.mount(tag, node, props);
      if (waiting.modal) ui.open(tag, waiting.modal);
      nodes.clear();
    } catch (error) {
      // Nothing stays blank: says so, and tries again on demand.
      console.error(`clerk-lit: <${tag}> could not be loaded. ${String(error)}`);
      waiting.isComing = false;
      waiting.modal = undefined;
      for (const node of nodes.keys()) showFailure(node, () => void this.#need(tag));
    }
  }

  async #start(): Promise<UserInterface> {
    try {
      const module = await this.#loader.loadUserInterface();
      // Elements of the UI's own are drawn as soon as it starts.
      await this.#speaking;
      return module.startUserInterface(this.#clerk);
    } catch (error) {
      this.#base = undefined;
      throw error;
    }
  }
}
