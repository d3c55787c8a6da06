import { html, nothing } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { errorText } from '../../i18n/error-text.ts';
import { problemOf } from '../../flows/problem.ts';
import { parseFieldPath, readAtPath, setAtPath } from '../../rules/field-path.ts';
import type { FieldPath } from '../../rules/field-path.ts';
import type { JsonObject } from '../../rules/merge-patch.ts';
import { maximumMetadataBytes } from '../../rules/metadata-limits.ts';
import { ClerkController } from '../base/clerk-controller.ts';
import { ClerkElement } from '../base/clerk-element.ts';
import { controls } from '../styles/controls.ts';
import { reset } from '../styles/reset.ts';
import { tokens } from '../styles/tokens.ts';
import { checkboxFrame, describedBy, fieldFrame } from '../templates/field.ts';
import { controlTemplate, readText, writeDefault, writeText } from './control.ts';
import type { Constraints, Control } from './control.ts';
import { fieldType } from './field-types.ts';
import { OptionsController } from './options-controller.ts';
import { MetadataSizeError, saveChange } from './save-queue.ts';
import { ClerkSavedEvent, ClerkSaveErrorEvent, ClerkSaveEvent } from './unsafe-field-events.ts';
import { unsafeFieldStyles } from './unsafe-field.styles.ts';

/** `invalid`: refused here or by the API; `failed`: the API could not be reached. */
type Status = 'idle' | 'saving' | 'saved' | 'invalid' | 'failed';

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
  #path: FieldPath | undefined;
  #userId: string | undefined;
  #status: Status = 'idle';
  #message: string | undefined;
  /** The text that shows the stored value; any other text in the control is somebody's edit. */
  #shown = '';
  #draft: string | undefined;
  #typing = false;
  /** The last save failed, so that the stored value that we know may not be the one that is stored. */
  #uncertain = false;
  /** Counts saves: only the answer to the last one says how the field stands. */
  #turn = 0;

  constructor() {
    super();
    this.required = false;
    this.disabled = false;
  }

  /** The document that holds this field's value at its path and nothing else; `{}` where it has no value. */
  get metadata(): JsonObject {
    const control = this.#control;
    const value = control ? this.#type.toValue(readText(control)) : null;
    return this.#path && value !== null ? setAtPath({}, this.#path, value) : {};
  }

  /** Shows at the field what its control has against its value, as the browser words it; `true` if nothing. */
  reportValidity(): boolean {
    const control = this.#control;
    control?.setCustomValidity('');
    if (!control || control.checkValidity()) return true;
    this.#settle('invalid', control.validationMessage);
    return false;
  }

  /** Saves what is in the control, if it is valid and not stored already. Settles in any case; events tell how it ended. */
  async save(): Promise<void> {
    const control = this.#control;
    const clerk = this.instance;
    const path = this.#path;
    if (!this.reportValidity() || !control || !clerk?.user || !path) return;
    const text = readText(control);
    const change = { name: this.name ?? '', value: this.#type.toValue(text) };
    const isStored = change.value === (this.#stored ?? null);
    if (isStored && this.#status !== 'saving' && !this.#uncertain) {
      this.#settle('idle');
      return;
    }
    if (!this.dispatchEvent(new ClerkSaveEvent(change))) return;
    const turn = ++this.#turn;
    this.#settle('saving');
    try {
      await saveChange(clerk, { path, value: change.value });
      if (turn === this.#turn) {
        this.#shown = text;
        this.#uncertain = false;
        this.#settle('saved');
      }
      this.dispatchEvent(new ClerkSavedEvent(change));
    } catch (error) {
      if (turn === this.#turn) this.#showError(error);
      this.dispatchEvent(new ClerkSaveErrorEvent(change, error));
    }
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('name')) this.#readName();
    const user = this.#connection.clerk?.user;
    if (user !== undefined && user?.id !== this.#userId) this.#changeUser(user?.id);
    else this.#draft = this.#findDraft();
    for (const phase of ['loading', 'ready'] as const) this.setState(phase, this.#connection.phase === phase);
    for (const status of ['saving', 'saved', 'invalid', 'failed'] as const) {
      this.setState(status, this.#status === status);
    }
  }

  protected override updated(): void {
    const control = this.#control;
    if (!control) return;
    const stored = this.#type.toText(this.#stored) ?? '';
    writeDefault(control, stored);
    writeText(control, this.#draft ?? stored);
    if (this.#draft === undefined) this.#shown = readText(control);
  }

  protected override render(): TemplateResult {
    const { strings } = this;
    const { phase, error } = this.#connection;
    const type = this.#type;
    const name = this.name ?? '';
    const signedOut = phase === 'ready' && !this.instance?.user && !this.closest('clerk-sign-up');
    const cannotLoad = phase === 'failed';
    const className = name.replaceAll(/\s/g, '-');
    const stored = this.#stored;
    const frame = {
      id: this.fieldId(className),
      name: className,
      label: this.label ?? name,
      action: this.#statusTemplate(signedOut),
      hint: type.toText(stored) === undefined ? strings.unsafeField.notShown(JSON.stringify(stored)) : this.helpText ?? undefined,
      error: cannotLoad ? this.#textOf(error) : this.#message,
    };
    const control = controlTemplate(
      {
        id: frame.id,
        name,
        className,
        type,
        disabled: this.disabled || phase !== 'ready' || signedOut || !this.#path,
        invalid: this.#status === 'invalid',
        describedBy: describedBy(frame),
        options: this.#options.options,
      },
      this,
    );
    const isCheckbox = type.inputType === 'checkbox';
    return html`
      <div
        class="cl-formContainer"
        @input=${this.#noticeEdit}
        @change=${this.#commit}
        @keydown=${this.#noticeKey}
        @focusout=${this.#leave}
      >
        ${isCheckbox ? checkboxFrame(frame, control) : fieldFrame(frame, control)}
      </div>
      ${cannotLoad || this.#status === 'failed'
        ? html`<button type="button" class="cl-formFieldAction" @click=${this.#retry}>${strings.retry}</button>`
        : nothing}
    `;
  }
}

/** For the registry of elements. */
export { ClerkUnsafeFieldElement as element };
