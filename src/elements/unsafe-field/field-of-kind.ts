import { fetchedMoreFields, fetchMoreFields } from './fetch-more-fields.ts';
import { FieldProperties } from './field-properties.ts';
import { fieldType, isCommon } from './field-types.ts';
import type { FieldType } from './field-types.ts';

/** What makes a field one with a control of the page's own: anything in it but options, and what it has drawn itself. */
const otherContent = ':scope > :not(option, optgroup, [data-clerk-root])';

/** A field that knows its kind, and fetches the file of further kinds where it is one of those. */
export abstract class FieldOfKind extends FieldProperties {
  /** Why that file is missing. */
  protected failure: unknown;

  protected get fieldKind(): FieldType {
    return fetchedMoreFields()?.kindOf(this, fieldType) ?? fieldType(this.type ?? undefined);
  }

  /** Whether that file is needed, and not there. */
  protected get needsFile(): boolean {
    const isFurther = !isCommon(this.type ?? undefined) || this.multiple || this.schema || this.querySelector(otherContent);
    return Boolean(isFurther) && !fetchedMoreFields();
  }

  /** Fetches it, after a failure `again`; updates the field once that has ended. */
  protected fetchFile(again?: boolean): void {
    this.failure = undefined;
    void fetchMoreFields(again)
      .catch((error: unknown) => {
        this.failure = error;
      })
      .then(() => this.requestUpdate());
  }
}
