/** Events of `<clerk-unsafe-field>`. All bubble. */
import type { FieldValue } from './field-types.ts';

class FieldEvent extends Event {
  /** The field's name: the path of its value. */
  readonly name: string;
  /** The value that the field has now; `null` for none. */
  readonly value: FieldValue;

  constructor(type: string, { name, value }: { name: string; value: FieldValue }, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
    this.name = name;
    this.value = value;
  }
}

/** `clerk-save`: the field is about to save. Where it is cancelled nothing is sent, and the field keeps what was typed. */
export class ClerkSaveEvent extends FieldEvent {
  constructor(change: { name: string; value: FieldValue }) {
    super('clerk-save', change, true);
  }
}

/** `clerk-saved`: the API has confirmed the value. */
export class ClerkSavedEvent extends FieldEvent {
  constructor(change: { name: string; value: FieldValue }) {
    super('clerk-saved', change);
  }
}

/** `clerk-save-error`: the value was not saved, or nobody knows whether it was. */
export class ClerkSaveErrorEvent extends FieldEvent {
  /** What `user.updateMetadata()` rejected with. */
  readonly error: unknown;

  constructor(change: { name: string; value: FieldValue }, error: unknown) {
    super('clerk-save-error', change);
    this.error = error;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'clerk-save': ClerkSaveEvent;
    'clerk-saved': ClerkSavedEvent;
    'clerk-save-error': ClerkSaveErrorEvent;
  }
}
