/** Events of `<clerk-unsafe-field>` and `<clerk-unsafe-form>`. All bubble. */
import type { FieldValue } from './field-types.ts';

/** A value with the name of its field: the path of the value. */
export interface NamedValue {
  name: string;
  value: FieldValue;
}

/**
 * - `clerk-save`: values are about to be saved. Where it is cancelled nothing is sent, and the fields keep what was typed.
 * - `clerk-saved`: the API has confirmed the values.
 * - `clerk-save-error`: the values were not saved, or nobody knows whether they were.
 */
export class ClerkSaveEvent extends Event {
  /** The field's name: the path of its value. Of a form, the first field's. */
  declare readonly name: string;
  /** The value that the field has now; `null` for none. */
  declare readonly value: FieldValue;
  /** All values by name: one for a field, all that are saved together for a form. */
  declare readonly values: Record<string, FieldValue>;
  /** What `user.updateMetadata()` rejected with. */
  declare readonly error: unknown;

  constructor(type: 'clerk-save' | 'clerk-saved' | 'clerk-save-error', values: readonly [NamedValue, ...NamedValue[]], error?: unknown) {
    super(type, { bubbles: true, composed: true, cancelable: type === 'clerk-save' });
    this.name = values[0].name;
    this.value = values[0].value;
    this.values = Object.fromEntries(values.map(({ name, value }) => [name, value]));
    this.error = error;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'clerk-save': ClerkSaveEvent;
    'clerk-saved': ClerkSaveEvent;
    'clerk-save-error': ClerkSaveEvent;
  }
}
