import { ClerkElement } from '../shared.ts';
import type { PropertyDeclarations } from 'lit';
import { textConstraints } from './control.ts';
import type { Constraints } from './control.ts';
import type { StandardSchema } from './field-view.ts';

/** What a page sets on a `<clerk-unsafe-field>`. */
export abstract class FieldProperties extends ClerkElement implements Constraints {
  static override properties: PropertyDeclarations = {
    name: {},
    type: {},
    saveOn: { attribute: 'save' },
    label: {},
    helpText: { attribute: 'help-text' },
    required: { type: Boolean },
    multiple: { type: Boolean },
    readOnly: { type: Boolean },
    disabled: { type: Boolean },
    schema: { attribute: false },
    // Lit takes the name in small letters for the attribute, as HTML does.
    ...Object.fromEntries(textConstraints.map((name) => [name, {}])),
  };

  declare name: string | null | undefined;
  declare type: string | null | undefined;
  declare saveOn: string | null | undefined;
  declare label: string | null | undefined;
  declare helpText: string | null | undefined;
  declare placeholder: string | null | undefined;
  declare required: boolean;
  declare multiple: boolean;
  declare min: string | null | undefined;
  declare max: string | null | undefined;
  declare step: string | null | undefined;
  declare minLength: string | null | undefined;
  declare maxLength: string | null | undefined;
  declare pattern: string | null | undefined;
  declare autocomplete: string | null | undefined;
  declare rows: string | null | undefined;
  declare readOnly: boolean;
  declare disabled: boolean;
  /** A schema of any library that follows Standard Schema, such as zod: it judges a value before it is saved, and what it gives is saved. */
  declare schema: StandardSchema | undefined;

  constructor() {
    super();
    this.required = this.multiple = this.readOnly = this.disabled = false;
  }
}
