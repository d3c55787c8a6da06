/** One form field: label, control, hint and error. The control is a native one in the light DOM. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../../i18n/en/cards.ts';
import { classNames } from './class-names.ts';

/** The part of a field that its card knows. */
export interface FieldState<Name extends string = string> {
  /** Id of the control, see {@link ClerkElement.fieldId}; its hint is `<id>-hint`, its message `<id>-message`. */
  id: string;
  /** Field name, as in `cl-formField__<name>`. */
  name: Name;
  /** The message at the field. */
  error?: string | undefined;
}

/** What every set of fields needs of its card. */
export interface FieldHelpers {
  readonly strings: Strings;
  /** The state of the field called `name`. */
  field<Name extends string>(name: Name): FieldState<Name>;
}

/** Everything of a field but its control. */
export interface FieldFrame extends FieldState {
  /** Text, or text with links in it. */
  label: string | TemplateResult;
  /** A link or a remark at the end of the label row. */
  action?: TemplateResult | undefined;
  /** A hint below the control. */
  hint?: string | undefined;
  /** How things stand with what is typed, such as a password that meets all rules. */
  hintKind?: 'Info' | 'Success' | 'Warning' | undefined;
}

/** Ids for `aria-describedby`: the message if there is one, then the hint. */
export const describedBy = ({ id, hint, error }: Pick<FieldFrame, 'id' | 'hint' | 'error'>) =>
  [error && `${id}-message`, hint && `${id}-hint`].filter(Boolean).join(' ') || nothing;

/** How things stand is announced whenever it changes, other hints are not. */
const hintText = ({ id, name, hint, hintKind }: FieldFrame): TemplateResult => html`
  <p id="${id}-hint" class=${classNames(`formField${hintKind ?? 'Info'}Text`, name)} aria-live=${hintKind ? 'polite' : nothing}>${hint}</p>
`;

/** Hint and error of a field. The error's container is always there, so that readers announce what appears in it. */
const fieldMessages = (frame: FieldFrame): TemplateResult => html`
  ${frame.hint ? hintText(frame) : nothing}
  <div aria-live="polite">
    ${frame.error ? html`<p id="${frame.id}-message" class=${classNames('formFieldErrorText', frame.name)}>${frame.error}</p>` : nothing}
  </div>
`;

/** A field with its label row, below which stands `control`. */
const frameAround = (frame: FieldFrame, label: TemplateResult, control?: TemplateResult): TemplateResult => html`
  <div class=${classNames('formFieldRow', frame.name)}>
    <div class=${classNames('formField', frame.name, frame.error && 'error')}>
      <div class=${classNames('formFieldLabelRow', frame.name)}>${label} ${frame.action}</div>
      ${control} ${fieldMessages(frame)}
    </div>
  </div>
`;

/** The frame of a field around `control`, which must have the id `frame.id` and describe itself by {@link describedBy}. */
export const fieldFrame = (frame: FieldFrame, control?: TemplateResult): TemplateResult =>
  frameAround(frame, html`<label class=${classNames('formFieldLabel', frame.name)} for=${frame.id}>${frame.label}</label>`, control);

/** A checkbox with its label beside it. */
export const checkboxFrame = (frame: FieldFrame, control?: TemplateResult): TemplateResult =>
  frameAround(
    frame,
    html`<label class=${classNames('formFieldCheckboxLabel', frame.name)} for=${frame.id}> ${control}<span>${frame.label}</span> </label>`,
  );
