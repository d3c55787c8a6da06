/** What an {@link EditListener} tells. */
export interface EditCallbacks {
  /** The control reports a change for every key, see {@link FieldType.changesWhileTyping}. */
  changesWhileTyping(): boolean;
  /** Somebody has begun to edit, or goes on. */
  edited(): void;
  /** The edit is finished: it can be saved. */
  finished(): void;
}

/**
 * Finds out when an edit of a control is finished: when the control says so by its `change` event, by Enter, or on leaving it.
 * Where `change` comes for every key (the year 0002 on the way to 2000) it only counts when no key was used, as in a date picker.
 * It is the listener of `input`, `change`, `keydown` and `focusout`.
 */
export class EditListener {
  readonly #callbacks: EditCallbacks;
  #open = false;
  #keyed = false;

  constructor(callbacks: EditCallbacks) {
    this.#callbacks = callbacks;
  }

  handleEvent(event: Event): void {
    if (event.type === 'keydown') this.#noticeKey(event as KeyboardEvent);
    else if (event.type === 'focusout') this.#finish();
    else this.#noticeChange(event.type);
  }

  #noticeKey({ key, isComposing }: KeyboardEvent): void {
    if (isComposing) return;
    if (key === 'Enter') this.#finish();
    else this.#keyed ||= key !== 'Tab';
  }

  #noticeChange(type: string): void {
    this.#open = true;
    this.#callbacks.edited();
    if (type === 'change' && !(this.#keyed && this.#callbacks.changesWhileTyping())) this.#finish();
  }

  #finish(): void {
    this.#keyed = false;
    if (!this.#open) return;
    this.#open = false;
    this.#callbacks.finished();
  }
}
