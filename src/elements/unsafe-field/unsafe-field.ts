import { parseFieldPath, readAtPath, setAtPath } from '../../rules/field-path.ts';
import type { FieldPath } from '../../rules/field-path.ts';
import type { JsonObject } from '../../rules/merge-patch.ts';
import { en } from '../../i18n/en/unsafe-field.ts';
import {
  checkboxFrame,
  ClerkController,
  ClerkElement,
  controls,
  describedBy,
  errorText,
  fieldFrame,
  html,
  nothing,
  problemOf,
  reset,
  tokens,
} from '../shared.ts';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { controlTemplate, readText, writeDefault, writeText } from './control.ts';
import type { Constraints, Control } from './control.ts';
import { Draft } from './draft.ts';
import { EditListener } from './edit-listener.ts';
import { fieldType } from './field-types.ts';
import type { FieldType } from './field-types.ts';
import { FormResetController } from './form-reset-controller.ts';
import { OptionsController } from './options-controller.ts';
import { Saver } from './saver.ts';
import { unsafeFieldStyles } from './unsafe-field.styles.ts';

/**
 * One value of the user's `unsafeMetadata` as a form field that saves itself when it is changed. It sends a merge patch of its
 * own path and nothing else. Inside `<clerk-sign-up>`, while nobody is signed in, its value travels with the sign-up instead;
 * anywhere else it is disabled until somebody is.
 *
 * @example <clerk-unsafe-field name="address.city" label="City" maxlength="80"></clerk-unsafe-field>
 * @attr name - path of the value, such as `birthday` or `address.city`
 * @attr type - `text` (default), `date`, `number`, `checkbox` or `select`
 * @attr label - text of the label
 * @attr help-text - text below the control
 * @attr placeholder, required, min, max, step, minlength, maxlength, pattern, autocomplete, disabled - as on a native control
 * @slot - `<option>`s of a select
 * @fires clerk-save - before a value is sent; cancelable
 * @fires clerk-saved - once the API has confirmed it
 * @fires clerk-save-error - when it was refused, or the API could not be reached
 * @cssstate loading, ready, saving, saved, invalid, failed
 */
export class ClerkUnsafeFieldElement extends ClerkElement implements Constraints {
  static override styles = [tokens, reset, controls, unsafeFieldStyles];
  static override properties: PropertyDeclarations = {
    name: {},
    type: {},
    label: {},
    helpText: { attribute: 'help-text' },
    placeholder: {},
    required: { type: Boolean },
    min: {},
    max: {},
    step: {},
    minLength: { attribute: 'minlength' },
    maxLength: { attribute: 'maxlength' },
    pattern: {},
    autocomplete: {},
    disabled: { type: Boolean },
  };

  declare name: string | null | undefined;
  declare type: string | null | undefined;
  declare label: string | null | undefined;
  declare helpText: string | null | undefined;
  declare placeholder: string | null | undefined;
  declare required: boolean;
  declare min: string | null | undefined;
  declare max: string | null | undefined;
  declare step: string | null | undefined;
  declare minLength: string | null | undefined;
  declare maxLength: string | null | undefined;
  declare pattern: string | null | undefined;
  declare autocomplete: string | null | undefined;
  declare disabled: boolean;

  readonly #connection = new ClerkController(this);
  readonly #options = new OptionsController(this);
  readonly #draft = new Draft(() => {
    this.requestUpdate();
  });
  readonly #edits = new EditListener({
    changesWhileTyping: () => this.#type.changesWhileTyping === true,
    edited: () => {
      this.#draft.open();
    },
    finished: () => {
      this.#draft.close();
      void this.save();
    },
  });
  readonly #saver = new Saver(this, this.#draft);
  #path: FieldPath | undefined;
  #userId: string | undefined;
  /** What somebody has typed and the control must keep, while it is not what is stored. */
  #edit: string | undefined;

  constructor() {
    super();
    this.required = false;
    this.disabled = false;
    new FormResetController(this, (form) => {
      const control = this.#control;
      if (control && control.form === form) this.#draft.drop(readText(control));
    });
  }

  /** The text in the control: what would be saved. `null` before the first rendering. */
  get text(): string | null {
    const control = this.#control;
    return control && readText(control);
  }

  /** The document that holds this field's value at its path and nothing else; `{}` where it has no value. */
  get metadata(): JsonObject {
    const value = this.#type.toValue(this.text ?? '');
    return this.#path && this.text !== null && value !== null ? setAtPath({}, this.#path, value) : {};
  }

  /** Shows at the field what its control has against its value, as the browser words it; `true` if nothing. */
  reportValidity(): boolean {
    const control = this.#control;
    if (!control || control.checkValidity()) return true;
    this.#draft.refuse(control.validationMessage);
    return false;
  }

  /** Saves what is in the control, if it is valid and not stored already. Settles in any case; events tell how it ended. */
  async save(): Promise<void> {
    const control = this.#control;
    const clerk = this.instance;
    const path = this.#path;
    if (!this.reportValidity() || !control || !clerk?.user || !path) return;
    const text = readText(control);
    await this.#saver.save(clerk, { name: this.name ?? '', path, value: this.#type.toValue(text), text });
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const user = this.#connection.clerk?.user;
    const isOther = user !== undefined && user?.id !== this.#userId;
    if (isOther) this.#userId = user?.id;
    if (changed.has('name') || !this.hasUpdated) this.#readName();
    if (isOther || changed.has('name')) this.#draft.forget(this.text);
    const { text } = this;
    this.#edit = text !== null && this.#draft.isEdit(text) ? text : undefined;
    for (const phase of ['loading', 'ready'] as const) this.setState(phase, this.#connection.phase === phase);
    for (const status of ['saving', 'saved', 'invalid', 'failed'] as const) {
      this.setState(status, this.#draft.status === status);
    }
  }

  protected override updated(): void {
    const control = this.#control;
    if (!control) return;
    const stored = this.#storedText ?? '';
    writeDefault(control, stored);
    writeText(control, this.#edit ?? stored);
    if (this.#edit === undefined) this.#draft.show(readText(control));
  }

  get #control(): Control | null {
    return this.hasUpdated ? this.renderRoot.querySelector<Control>('input, select') : null;
  }

  get #type(): FieldType {
    return fieldType(this.type);
  }

  get #stored(): unknown {
    return this.#path && readAtPath(this.instance?.user?.unsafeMetadata, this.#path);
  }

  /** The text that shows the stored value; `undefined` where this field cannot show it. */
  get #storedText(): string | undefined {
    const text = this.#type.toText(this.#stored);
    if (!text || this.#type.control !== 'select') return text;
    return this.#options.options.some(({ value }) => value === text) ? text : undefined;
  }

  #readName(): void {
    this.#path = undefined;
    try {
      this.#path = parseFieldPath(this.name ?? '');
    } catch (error) {
      // A mistake of the page: whoever visits it can do nothing about it.
      console.error(`<clerk-unsafe-field>: ${(error as Error).message}`);
    }
  }

  #retry(): void {
    // The button goes away under the focus.
    this.#control?.focus();
    if (this.#connection.phase === 'failed') this.#connection.retry();
    else void this.save();
  }

  /** Progress beside the label. Readers are told of the end only: most saves are over at once. */
  #statusTemplate(): TemplateResult {
    const { saving, saved } = en;
    const { status } = this.#draft;
    return html`<span class="cl-formFieldHintText">
      ${status === 'saving' ? html`<span aria-hidden="true">${saving}</span>` : nothing}
      <span role="status">${status === 'saved' ? saved : nothing}</span>
    </span>`;
  }

  protected override render(): TemplateResult {
    const { phase, error } = this.#connection;
    const { retry } = this.strings;
    const { status, message } = this.#draft;
    const name = this.name ?? '';
    const className = name.replaceAll(/\s/g, '-');
    const signedOut = phase === 'ready' && !this.instance?.user && !this.closest('clerk-sign-up');
    const cannotLoad = phase === 'failed';
    const frame = {
      id: this.fieldId(className),
      name: className,
      label: this.label ?? name,
      action: this.#statusTemplate(),
      hint: this.#hint(signedOut),
      error: cannotLoad ? errorText(this.strings, problemOf(error).items[0] ?? { code: 'unexpected' }) : message,
    };
    const control = controlTemplate(
      {
        id: frame.id,
        name,
        className,
        type: this.#type,
        disabled: this.disabled || phase !== 'ready' || signedOut || !this.#path,
        invalid: status === 'invalid',
        describedBy: describedBy(frame),
        options: this.#options.options,
      },
      this,
    );
    const wrap = this.#type.inputType === 'checkbox' ? checkboxFrame : fieldFrame;
    return html`
      <div class="cl-formFieldBox" @input=${this.#edits} @change=${this.#edits} @keydown=${this.#edits} @focusout=${this.#edits}>
        ${wrap(frame, control)}
      </div>
      ${
        cannotLoad || status === 'failed'
          ? html`<button type="button" class="cl-link cl-formFieldAction" @click=${this.#retry}>${retry}</button>`
          : nothing
      }
    `;
  }

  #hint(signedOut: boolean): string | undefined {
    if (this.#storedText === undefined) return en.notShown(JSON.stringify(this.#stored));
    return signedOut ? en.signedOut : (this.helpText ?? undefined);
  }
}

/** For the registry of elements. */
export { ClerkUnsafeFieldElement as element };
