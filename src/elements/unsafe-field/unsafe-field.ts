import { parseFieldPath, readAtPath, setAtPath } from '../../rules/field-path.ts';
import type { FieldPath } from '../../rules/field-path.ts';
import type { JsonObject } from '../../rules/merge-patch.ts';
import { en } from '../../i18n/en/unsafe-field.ts';
import { ClerkController, controls, describedBy, errorText, problemOf, readAttribute, reset, tokens } from '../shared.ts';
import type { TemplateResult } from 'lit';
import type { Control } from './control.ts';
import { Draft } from './draft.ts';
import { EditListener } from './edit-listener.ts';
import { fetchedMoreFields } from './fetch-more-fields.ts';
import { FieldOfKind } from './field-of-kind.ts';
import { fieldTemplate } from './field-template.ts';
import type { FieldValue } from './field-types.ts';
import type { FieldFrame } from '../templates/field.ts';
import type { FieldView } from './field-view.ts';
import { PageController } from './page-controller.ts';
import { sizeWarning } from './save-queue.ts';
import type { Change } from './save-queue.ts';
import { saveEdits } from './saver.ts';
import type { Edit, SaveSource } from './saver.ts';
import { unsafeFieldStyles } from './unsafe-field.styles.ts';

/**
 * One value of the user's `unsafeMetadata` as a form field that saves itself. It sends a merge patch of its own path and nothing else.
 * Inside `<clerk-sign-up>`, while nobody is signed in, its value travels with the sign-up instead; inside `<clerk-unsafe-form>` it is saved
 * with the other fields there; anywhere else it is disabled until somebody is signed in.
 *
 * @example <clerk-unsafe-field name="address.city" label="City" maxlength="80"></clerk-unsafe-field>
 * @attr name - path of the value, such as `birthday` or `address.city`
 * @attr type - `text` (default), `email`, `url`, `tel`, `number`, `range`, `date`, `time`, `datetime-local`, `color`, `checkbox`, `switch`, `select`, `radio`, `textarea`, `tags` (an array of texts) or `json` (any value)
 * @attr save - when it is saved: `change` (default), on leaving or Enter; `input`, 400 ms after the last key; `submit`, with its form, whose own way of being sent is cancelled
 * @attr label - text of the label
 * @attr help-text - text below the control
 * @attr multiple - several options of a select may be chosen; the value is an array
 * @attr placeholder, required, min, max, step, minlength, maxlength, pattern, autocomplete, rows, readonly, disabled - as on a native control
 * @slot - `<option>`s of a select or of radio buttons; or a control of the page's own, used in place of ours: `<input>`, `<select>`, `<textarea>`, or a form-associated custom element with `value` that fires `input` or `change`
 * @fires clerk-save - before a value is sent; cancelable
 * @fires clerk-saved - once the API has confirmed it
 * @fires clerk-save-error - when it was refused, or the API could not be reached
 * @cssstate loading, ready, dirty, saving, saved, invalid, failed
 */
export class ClerkUnsafeFieldElement extends FieldOfKind {
  static override styles = [tokens, reset, controls, unsafeFieldStyles];

  readonly #connection = new ClerkController(this);
  readonly #draft = new Draft(() => {
    this.requestUpdate();
  });
  #path: FieldPath | undefined;
  #userId: string | undefined;
  /** What somebody has typed and the control must keep, while it is not what is stored. */
  #edit: string | undefined;
  /** What its schema has made of a text. */
  #checked: { text: string | null; value?: FieldValue | undefined } | undefined;

  constructor() {
    super();
    this.addController(
      new PageController(this, (event) => {
        if (this.#control?.form !== event.target) return;
        if (event.type === 'reset') {
          // Controls are put back after this event.
          setTimeout(() => {
            if (!event.defaultPrevented) this.discard();
          });
        } else if (this.#saveOn === 'submit' && !this.#form) {
          event.preventDefault();
          void this.save();
        }
      }),
    );
    const edits = new EditListener({
      changesWhileTyping: () => this.fieldKind.changesWhileTyping === true,
      edited: () => {
        this.#setProblem();
        this.#draft.open();
      },
      paused: () => {
        // While somebody types nothing is complained of.
        if (this.#saveOn === 'input' && isValid(this.#control)) void this.save();
      },
      finished: () => {
        this.#draft.close();
        if (this.#saveOn !== 'submit') void this.save();
      },
    });
    for (const type of ['input', 'change', 'keydown', 'focusout']) this.addEventListener(type, edits);
  }

  /** The text in the control: what would be saved. `null` before there is one. */
  get text(): string | null {
    const control = this.#control;
    return control && this.fieldKind.readText(control);
  }

  /** Whether what is in the control may not be what is stored. */
  get dirty(): boolean {
    const { text } = this;
    return text !== null && this.#draft.isUnsaved(text);
  }

  /** The document that holds this field's value at its path and nothing else; `{}` where it has no value. */
  get metadata(): JsonObject {
    const { text } = this;
    const value = (this.#checked?.text === text ? this.#checked.value : undefined) ?? this.#value();
    return this.#path && value !== null ? setAtPath({}, this.#path, value) : {};
  }

  /** Shows at the field what its control has against its value, as the browser words it; `true` if nothing. */
  reportValidity(): boolean {
    const control = this.#control;
    if (!control) return true;
    this.#setProblem();
    if (isValid(control)) return true;
    this.#draft.refuse(control.validationMessage);
    return false;
  }

  /** The same, with what its schema has against it. */
  async validate(): Promise<boolean> {
    if (!this.reportValidity()) return false;
    const { text } = this;
    const checked = await this.fieldKind.checkValue?.(this.#value());
    this.#checked = { text, value: checked?.value };
    if (checked?.problem) this.#draft.refuse(checked.problem);
    return !checked?.problem;
  }

  /** Saves what is in the control, if it is valid and not stored already. Settles in any case; events tell how it ended. */
  async save(): Promise<void> {
    await this.saveTogether([this], { target: this, strings: this.strings });
  }

  /**
   * Saves what is in these fields in one request: all, or none. Settles in any case.
   * @internal
   */
  async saveTogether(fields: readonly ClerkUnsafeFieldElement[], source: SaveSource): Promise<void> {
    const edits = fields.map((field) => field.#currentEdit());
    if (edits.includes(undefined)) return source.report?.('invalid');
    const clerk = this.instance;
    if (clerk?.user) await saveEdits(clerk, edits as Edit[], source);
  }

  /** Puts back what is stored. */
  discard(): void {
    this.#draft.drop(this.text);
  }

  /** Gives the focus to the control. */
  override focus(options?: FocusOptions): void {
    this.#control?.focus(options);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const user = this.#connection.clerk?.user;
    const isOther = user !== undefined && user?.id !== this.#userId;
    if (isOther) this.#userId = user?.id;
    if (changed.has('name') || !this.hasUpdated) this.#path = readAttribute(this, parseFieldPath, this.name);
    if (isOther || changed.has('name')) this.#draft.forget(this.text);
    if (this.needsFile && !this.failure) this.fetchFile();
    const { text } = this;
    this.#edit = text !== null && this.#draft.isEdit(text) ? text : undefined;
    const states = [this.#connection.phase, this.#draft.status];
    for (const state of ['loading', 'ready', 'saving', 'saved', 'invalid', 'failed'] as const) {
      this.setState(state, states.includes(state));
    }
  }

  protected override updated(): void {
    const control = this.#control;
    const type = this.fieldKind;
    fetchedMoreFields()?.adoptMore(this, this.sheets);
    if (control) {
      const stored = this.#storedText ?? '';
      type.applyState(control, this.#view);
      type.writeDefault(control, stored);
      type.writeText(control, this.#edit ?? stored);
      if (this.#edit === undefined) this.#draft.show(this.text ?? '');
      this.#setProblem(this.#draft.status === 'invalid' ? this.#draft.message : undefined);
    }
    this.setState('dirty', this.dirty);
  }

  protected override render(): TemplateResult {
    const type = this.fieldKind;
    return fieldTemplate(type, this.#view, {
      status: this.#draft.status,
      hasControl: !this.needsFile,
      // In a form the one button is for all.
      retry: this.#cannotLoad || (this.#draft.status === 'failed' && !this.#form) ? this.#retry : undefined,
      strings: this.strings,
    });
  }

  get #control(): Control | null {
    return this.hasUpdated ? this.fieldKind.findControl(this.renderRoot) : null;
  }

  get #cannotLoad(): boolean {
    return this.#connection.phase === 'failed' || this.failure !== undefined;
  }

  /** The `<clerk-unsafe-form>` that this field is saved with. */
  get #form(): { formId?: string } | null {
    return this.closest<HTMLElement & { formId?: string }>('clerk-unsafe-form');
  }

  get #saveOn(): string | null | undefined {
    return this.#form ? 'submit' : this.saveOn;
  }

  get #stored(): unknown {
    return this.#path && readAtPath(this.instance?.user?.unsafeMetadata, this.#path);
  }

  /** The text that shows the stored value; `undefined` where this field cannot show it. */
  get #storedText(): string | undefined {
    return this.fieldKind.toText(this.#stored, this);
  }

  get #view(): FieldView {
    const { phase, error } = this.#connection;
    const name = this.name ?? '';
    const className = name.replace(/\s/g, '-');
    const isSignedOut = phase === 'ready' && !this.instance?.user && !this.closest('clerk-sign-up');
    const { status, message } = this.#draft;
    const frame = {
      id: this.fieldId(className),
      name: className,
      label: this.label ?? name,
      ...this.#hint(isSignedOut),
      error: this.#cannotLoad ? errorText(this.strings, problemOf(this.failure ?? error).items[0]!) : message,
    };
    return {
      frame,
      name,
      formId: this.#form?.formId,
      field: this,
      control: this.#control,
      text: this.text ?? '',
      disabled: this.disabled || phase !== 'ready' || isSignedOut || !this.#path,
      invalid: status === 'invalid',
      describedBy: describedBy(frame),
    };
  }

  /** What stands below the control: what is stored and cannot be shown, or help, or that room becomes scarce. */
  #hint(isSignedOut: boolean): Pick<FieldFrame, 'hint' | 'hintKind'> {
    if (this.#storedText === undefined) return { hint: en.notShown(JSON.stringify(this.#stored)) };
    if (isSignedOut) return { hint: en.signedOut };
    const change = !this.#draft.message && this.dirty && this.#change;
    const warning = change && sizeWarning(this.instance?.user, change);
    return warning ? { hint: warning, hintKind: 'Warning' } : { hint: this.helpText ?? undefined };
  }

  /** What the text in the control means. */
  #value() {
    const { text } = this;
    return text === null ? null : this.fieldKind.toValue(text);
  }

  get #change(): (Change & Pick<Edit, 'type' | 'text'>) | undefined {
    const path = this.#path;
    const { text } = this;
    return path && text !== null ? { path, text, value: this.#value(), type: this.fieldKind } : undefined;
  }

  /** What is in the control, if it may be saved. */
  #currentEdit(): Edit | undefined {
    const change = this.#change;
    if (!this.reportValidity() || !change) return undefined;
    return { ...change, name: this.name ?? '', draft: this.#draft, field: this };
  }

  /** Tells the browser what is wrong with the value: what the API or a schema has said of it, or else its type. */
  #setProblem(said?: string): void {
    // The page's own control may be none that can be told.
    this.#control?.setCustomValidity?.(said ?? this.fieldKind.problemWith?.(this.text ?? '') ?? '');
  }

  readonly #retry = (): void => {
    // The button goes away under the focus.
    this.focus();
    if (this.failure) {
      this.fetchFile(true);
      this.requestUpdate();
    } else if (this.#connection.phase === 'failed') this.#connection.retry();
    else void this.save();
  };
}

const isValid = (control: Control | null) => control?.checkValidity?.() !== false;

/** For the registry of elements. */
export { ClerkUnsafeFieldElement as element };
