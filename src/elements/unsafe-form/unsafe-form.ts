import { en } from '../../i18n/en/unsafe-form.ts';
import { ClerkController, ClerkElement, controls, html, nothing, reset, tokens } from '../shared.ts';
import type { TemplateResult } from 'lit';
import type { SaveStatus } from '../unsafe-field/draft.ts';
import type { Failure, Save } from '../unsafe-field/saver.ts';
import type { ClerkUnsafeFieldElement } from '../unsafe-field/unsafe-field.ts';
import { PageButtonsController } from './page-buttons-controller.ts';
import { unsafeFormStyles } from './unsafe-form.styles.ts';

const fieldTag = 'clerk-unsafe-field';

/** Asks before the page is left. */
const guard = (event: Event): void => event.preventDefault();

/** Puts a failure at the fields that it is about, and gives back what is left of it. */
function tellFields(saves: readonly Save[], { items, texts, isOpen }: Failure): string | undefined {
  const nameOf = (index: number) => items[index]!.param?.replace(/^unsafe_metadata\./, '');
  const left = new Set(texts);
  for (const { edit, turn } of saves) {
    const said = texts.filter((_text, index) => nameOf(index) === edit.name);
    if (isOpen) edit.draft.fail(turn, 'failed');
    else if (said.length) edit.draft.fail(turn, 'invalid', said.join(' '));
    else edit.draft.fail(turn, 'idle');
    if (!isOpen) for (const text of said) left.delete(text);
  }
  const rest = [...left].join(' ');
  return isOpen ? en.notSaved(rest) : rest;
}

/**
 * Groups the `<clerk-unsafe-field>`s in it: one button saves them in one request, all of them or none. What was typed stays until it is
 * saved or discarded, and the browser asks before the page is left with it. The fields' controls belong to a form of this element's own, so
 * that Enter, validity and reset work as in any form.
 *
 * @example
 * <clerk-unsafe-form>
 *   <clerk-unsafe-field name="address.street" label="Street" required></clerk-unsafe-field>
 *   <clerk-unsafe-field name="address.city" label="City" required></clerk-unsafe-field>
 * </clerk-unsafe-form>
 * @slot - fields, anywhere inside, and whatever else. A submit button of the page's own takes the place of ours, and a reset button discards
 * @fires clerk-save - before the values are sent; cancelable
 * @fires clerk-saved - once the API has confirmed them
 * @fires clerk-save-error - when they were refused, or the API could not be reached
 * @cssstate loading, ready, dirty, saving, saved, invalid, failed
 */
export class ClerkUnsafeFormElement extends ClerkElement {
  static override styles = [tokens, reset, controls, unsafeFormStyles];

  readonly #connection = new ClerkController(this);
  readonly #buttons = new PageButtonsController(this, () => this.formId);
  #status: SaveStatus = 'idle';
  #message: string | undefined;
  /** Said of the last click. */
  #note: string | undefined;

  constructor() {
    super();
    for (const type of ['input', 'change']) {
      this.addEventListener(type, () => {
        this.#settle(this.#status === 'saving' ? 'saving' : 'idle');
      });
    }
    this.addEventListener('reset', () => {
      this.#settle('idle');
      // The fields are put back after this event.
      setTimeout(() => {
        this.requestUpdate();
      });
    });
  }

  /**
   * The id of the form that the fields' controls belong to.
   * @internal
   */
  get formId(): string {
    return this.fieldId('unsafe-form');
  }

  /** The fields, in the order of the page. */
  get #fields(): ClerkUnsafeFieldElement[] {
    return [...this.querySelectorAll<ClerkUnsafeFieldElement>(`${fieldTag}:defined`)].filter(
      (field) => field.closest('clerk-unsafe-form') === this,
    );
  }

  /** Whether anything in it may not be what is stored. */
  get dirty(): boolean {
    return this.#fields.some(({ dirty }) => dirty);
  }

  /** Saves what has changed. Settles in any case; events tell how it ended. */
  async save(): Promise<void> {
    const fields = this.#fields;
    const { strings } = this;
    if (this.#status === 'saving' || !this.instance?.user) return;
    await fields[0]?.saveTogether(fields, {
      target: this,
      strings,
      report: (status) => {
        this.#settle(status, undefined, status === 'idle' && !this.dirty ? en.unchanged : undefined);
      },
      tell: (saves, failure) => {
        this.#settle(failure.isOpen ? 'failed' : 'invalid', tellFields(saves, failure));
      },
    });
    if (this.#status !== 'invalid') return;
    await Promise.all(fields.map((field) => field.updateComplete));
    fields.find((field) => field.matches(':state(invalid)'))?.focus();
  }

  /** Puts back what is stored in every field. */
  discard(): void {
    for (const field of this.#fields) field.discard();
    this.#settle('idle');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('beforeunload', guard);
  }

  protected override firstUpdated(): void {
    // They were drawn before there was a form.
    for (const field of this.#fields) field.requestUpdate();
  }

  protected override updated(): void {
    const { phase } = this.#connection;
    const { dirty } = this;
    for (const name of ['loading', 'ready'] as const) this.setState(name, phase === name);
    for (const name of ['saving', 'saved', 'invalid', 'failed'] as const) this.setState(name, this.#status === name);
    this.setState('dirty', dirty);
    if (dirty) addEventListener('beforeunload', guard);
    else removeEventListener('beforeunload', guard);
  }

  protected override render(): TemplateResult {
    const isOwnSubmit = !this.#buttons.adopt();
    const isUsable = this.#connection.phase === 'ready' && this.instance?.user;
    // Inside of a card the values travel with the sign-up.
    const isOpen = isUsable || !this.closest('clerk-sign-up');
    return html`<form id=${this.formId} class="cl-form" novalidate @submit=${this.#submit}>
      ${isOpen ? this.#foot(isOwnSubmit, !isUsable) : nothing}
    </form>`;
  }

  #foot(isOwnSubmit: boolean, isUnusable: boolean): TemplateResult {
    const isSaving = this.#status === 'saving';
    const text = isSaving ? en.saving : this.#status === 'saved' ? en.saved : this.#note;
    return html`${
        isOwnSubmit
          ? html`<button type="submit" class="cl-formButtonPrimary" aria-disabled=${isSaving || isUnusable ? 'true' : nothing}>
              ${isSaving ? html`<span class="cl-spinner"></span>` : nothing}<span>${en.save}</span>
            </button>`
          : nothing
      }
      ${isOwnSubmit && this.dirty ? html`<button type="reset" class="cl-link cl-formButtonReset">${en.discard}</button>` : nothing}
      <span role="status" class="cl-formFieldHintText">${text}</span>
      <div aria-live="assertive">${this.#message ? html`<p class="cl-formFieldErrorText">${this.#message}</p>` : nothing}</div>`;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    void this.save();
  };

  #settle(status: SaveStatus, message?: string, note?: string): void {
    this.#status = status;
    this.#message = message;
    this.#note = note;
    this.requestUpdate();
  }
}

/** For the registry of elements. */
export { ClerkUnsafeFormElement as element };
