/** What an {@link EditListener} tells. */
export interface EditCallbacks {
  /** The control reports a change for every key, see {@link FieldType.changesWhileTyping}. */
  changesWhileTyping(): boolean;
  /** Somebody has begun to edit, or goes on. */
  edited(): void;
  /** Somebody has edited, and then done nothing for {@link quietTime}. */
  paused(): void;
  /** The edit is finished: it can be saved. */
  finished(): void;
}

/** Milliseconds without a further key after which `save="input"` saves. */
export const quietTime = 400;

/**
 * Finds out when an edit of a control is finished: when the control says so by its `change` event, by Enter, or on leaving it.
 * Where `change` comes for every key (the year 0002 on the way to 2000) it only counts when no key was used, as in a date picker.
 * It is the listener of `input`, `change`, `keydown` and `focusout`.
 */
export class EditListener {
  readonly #callbacks: EditCallbacks;
  #open = false;
  #keyed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(callbacks: EditCallbacks) {
    this.#callbacks = callbacks;
  }

  handleEvent(event: Event): void {
    if (event.type === 'keydown') this.#noticeKey(event as KeyboardEvent);
    else if (event.type === 'focusout') this.#finish();
    else this.#noticeChange(event.type);
  }

  #noticeKey({ key, isComposing, target }: KeyboardEvent): void {
    if (isComposing) return;
    // There it begins a new line.
    if (key === 'Enter' && (target as Partial<Element> | null)?.localName !== 'textarea') this.#finish();
    else this.#keyed ||= key !== 'Tab';
  }

  #noticeChange(type: string): void {
    this.#open = true;
    this.#callbacks.edited();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#callbacks.paused(), quietTime);
    if (type === 'change' && !(this.#keyed && this.#callbacks.changesWhileTyping())) this.#finish();
  }

  #finish(): void {
    this.#keyed = false;
    if (!this.#open) return;
    this.#open = false;
    this.#callbacks.finished();
  }
}
