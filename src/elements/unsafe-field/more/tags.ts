/** `type="tags"`: an array of texts, typed one after the other. Its text is the array as JSON. */
import { en } from '../../../i18n/en/more-fields.ts';
import type { ReactiveElement } from 'lit';
import { classNames, html, nothing } from '../../shared.ts';
import type { Control } from '../control.ts';
import type { FieldType } from '../field-types.ts';
import { structured } from './json.ts';
import { listOf, listText, listValue } from './select.ts';

/** The tags that are finished, by the input in which the next one is typed. */
const finished = new WeakMap<Control, readonly string[]>();
const tagsOf = (control: Control | null) => (control && finished.get(control)) ?? [];

/** All tags, each once: the finished ones, and what is typed after them. */
const all = (control: Control): string[] => [
  ...new Set([...tagsOf(control), ...control.value.split(',').map((tag) => tag.trim())].filter(Boolean)),
];

export const tags: Partial<FieldType> = {
  ...structured,
  toText: listText,
  toValue: listValue,
  readText: (control) => listText(all(control)) ?? '',
  writeText(control, text) {
    if ((listText(all(control)) ?? '') === text) return;
    finished.set(control, listOf(text));
    control.value = '';
    // They are drawn, not written.
    (control.closest('clerk-unsafe-field') as ReactiveElement | null)?.requestUpdate();
  },
  findControl: (root) => root.querySelector<Control>('input:not([type=hidden])'),
  // What is finished is no part of a native control.
  writeDefault: () => undefined,
  drawControl({ control, frame: { id, name }, name: fieldName, formId, disabled, field }) {
    const finish = (input: Control, list = all(input)) => {
      finished.set(input, list);
      input.value = '';
      (field as HTMLElement as ReactiveElement).requestUpdate();
    };
    const remove = (index: number) => {
      finish(
        control!,
        tagsOf(control).filter((_tag, other) => other !== index),
      );
      control!.focus();
      control!.dispatchEvent(new Event('change', { bubbles: true }));
    };
    const onKey = (event: KeyboardEvent) => {
      const control = event.currentTarget as HTMLInputElement;
      if (event.isComposing) return;
      if (event.key === 'Enter' && control.value.trim()) {
        // The next Enter may send the form.
        event.preventDefault();
        finish(control);
      } else if (event.key === 'Backspace' && !control.value && tagsOf(control).length) remove(tagsOf(control).length - 1);
    };
    const onInput = ({ currentTarget }: Event) => {
      const input = currentTarget as HTMLInputElement;
      if (input.value.includes(',')) finish(input);
    };
    const onLeave = ({ currentTarget }: Event) => {
      const input = currentTarget as HTMLInputElement;
      if (input.value) finish(input);
    };
    const isFixed = disabled || field.readOnly;
    return html`<div class=${classNames('tagInputContainer', name)}>
      <ul aria-label=${en.tags}>
        ${tagsOf(control).map(
          (tag, index) =>
            html`<li class="cl-tagPillContainer">
              <span>${tag}</span>
              <button
                type="button"
                class="cl-tagPillIcon"
                aria-label=${en.removeTag(tag)}
                ?disabled=${isFixed}
                @click=${() => remove(index)}
              >
                <svg viewBox="0 0 20 20" aria-hidden="true"><path d="m6 6 8 8M14 6l-8 8" /></svg>
              </button>
              <input type="hidden" name=${fieldName} value=${tag} form=${formId ?? nothing} ?disabled=${disabled} />
            </li>`,
        )}
      </ul>
      <input
        id=${id}
        class=${classNames('formFieldInput', name)}
        enterkeyhint="enter"
        @keydown=${onKey}
        @input=${onInput}
        @focusout=${onLeave}
      />
    </div>`;
  },
};
