/** `invalid`: refused here or by the API; `failed`: nobody knows whether it was saved, so it can be tried again. */
export type SaveStatus = 'idle' | 'saving' | 'saved' | 'invalid' | 'failed';

/** What stands between a control and the stored value: somebody's edit, whether it is being saved, and how that ended. */
export class Draft {
  readonly #changed: () => void;
  #status: SaveStatus = 'idle';
  #message: string | undefined;
  /** Being typed right now. */
  #open = false;
  /** The text that shows the stored value. */
  #shown = '';
  #sent: string | undefined;
  /** A save failed, so that the stored value that we know may not be the one that is stored. */
  #uncertain = false;
  /** Counts saves: only the answer to the last one says how the field stands. */
  #turn = 0;

  /** @param changed - called whenever {@link Draft.status} or {@link Draft.message} may have changed */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get status(): SaveStatus {
    return this.#status;
  }

  /** What to say at the field, if anything. */
  get message(): string | undefined {
    return this.#message;
  }

  /** Whether `text` in the control is an edit: it must stay there, whatever is stored. */
  isEdit(text: string): boolean {
    return this.#open || text !== this.#shown;
  }

  /** Whether `text` in the control may not be what is stored. */
  isUnsaved(text: string): boolean {
    return this.#uncertain || text !== this.#shown;
  }

  /** The control shows the stored value, as `text`. */
  show(text: string): void {
    this.#shown = text;
  }

  /** Somebody types: what was said of the last save is over, unless it is still running. */
  open(): void {
    this.#open = true;
    if (this.#status !== 'saving') this.#settle('idle');
  }

  /** The edit is finished. */
  close(): void {
    this.#open = false;
  }

  /** Whether `text` is neither stored nor on its way. */
  needsSaving(text: string, isStored: boolean): boolean {
    if (this.#status === 'saving') return text !== this.#sent;
    if (this.#uncertain || (this.isUnsaved(text) && !isStored)) return true;
    if (this.#status !== 'saved') this.#settle('idle');
    return false;
  }

  /** Starts saving `text`; gives back the number of this save. */
  begin(text: string): number {
    this.#sent = text;
    this.#settle('saving');
    return ++this.#turn;
  }

  /** Whether the save `turn` is the last one, and nobody has dropped it. */
  isLast(turn: number): boolean {
    return turn === this.#turn;
  }

  /** The save `turn` is confirmed; the control has `current` by now. */
  succeed(turn: number, current: string | null): void {
    if (!this.isLast(turn)) return;
    this.#shown = this.#sent ?? '';
    this.#uncertain = false;
    this.#settle(current === this.#sent ? 'saved' : 'idle');
  }

  /** The save `turn` came to nothing; `idle` where it was given up, and what was typed waits for another one. */
  fail(turn: number, status: 'invalid' | 'failed' | 'idle', message?: string): void {
    this.#uncertain ||= status === 'failed';
    if (this.isLast(turn)) this.#settle(status, message);
  }

  /** Refuses what is in the control without asking anybody. */
  refuse(message: string): void {
    this.#turn++;
    this.#settle('invalid', message);
  }

  /** `text` in the control is nobody's edit any more: the stored value takes its place. */
  drop(text: string | null): void {
    this.#turn++;
    this.#open = false;
    this.#shown = text ?? '';
    this.#settle('idle');
  }

  /** The field is about something else now; `text` is still in its control. */
  forget(text: string | null): void {
    this.drop(text);
    this.#uncertain = false;
  }

  #settle(status: SaveStatus, message?: string): void {
    this.#status = status;
    this.#message = message;
    this.#changed();
  }
}
