import type { nothing } from 'lit';
import type { FieldValue } from './field-types.ts';
import type { FieldFrame } from '../templates/field.ts';
import type { Constraints, Control } from './control.ts';

/** What a field is drawn from. */
export interface FieldView {
  /** Label, hint, message, and the ids that belong to them. */
  frame: FieldFrame;
  /** The field's name, as on its control. */
  name: string;
  /** The id of the form that the control belongs to, where that is not the one around it. */
  formId: string | undefined;
  /** The field itself, with the page's options in it. */
  field: HTMLElement & Constraints;
  /** As drawn last. */
  control: Control | null;
  /** The text in the control; `''` at first. */
  text: string;
  disabled: boolean;
  invalid: boolean;
  describedBy: string | typeof nothing;
}

/** A schema of any library that follows Standard Schema 1 (standardschema.dev), as far as it is used here. */
export interface StandardSchema {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult | Promise<SchemaResult>;
  };
}

/** What a schema says of a value: the one to save, or what is wrong with it. */
export type SchemaResult =
  { readonly value: unknown; readonly issues?: undefined } | { readonly issues: readonly { readonly message: string }[] };

/** The value that a schema gave, or what is wrong. */
export interface Checked {
  value?: FieldValue;
  problem?: string;
}
