/** A control that the page has put into a field: used in place of ours, and never moved or removed. */
import { classNames, html, nothing } from '../../shared.ts';
import type { Control } from '../control.ts';
import type { FieldType, FieldValue } from '../field-types.ts';
import { messages } from './frame.ts';
import type { FieldHost } from '../more-fields.ts';
import { structured } from './json.ts';
import { optionText } from './options.ts';
import { multiple, select } from './select.ts';

/** A native control, or a form-associated custom element. */
type OwnControl = Control & { constructor: { formAssociated?: boolean } };

const native = 'input, select, textarea';

function find(field: FieldHost): OwnControl | undefined {
  const inside = [...field.querySelectorAll<OwnControl>('*')].filter((element) => !field.renderRoot.contains(element));
  return inside.find((element) => element.matches(native) || element.constructor.formAssociated);
}

/** Controls that we have disabled, and not the page. */
const disabledByUs = new WeakSet<Control>();

/** The type of the page's control in `field`, if there is one: the field's `type`, else what the control itself is. */
export function ownControl(field: FieldHost, typeNamed: (name: string | null | undefined) => FieldType): FieldType | undefined {
  const control = find(field);
  if (!control) return definedLater(field);
  const isNative = control.matches(native);
  const kind = control.localName === 'input' ? control.type : control.localName;
  const type = typeNamed(field.type ?? (isNative ? kind : 'text'));
  const isMultiple = control.type === 'select-multiple';
  return {
    ...type,
    ...(isMultiple && multiple),
    ...(!isNative && custom),
    findControl: () => control,
    toText(value) {
      if (!isNative) return custom.toText!(value, control as never);
      if (control instanceof HTMLSelectElement) {
        // Its options are in the field, as those for a select of ours would be.
        return (isMultiple ? multiple : select).toText!(value, field as never);
      }
      if (control.type === 'radio') return optionText(value, [...field.querySelectorAll('input')]);
      return type.toText(value, control as never);
    },
    drawControl: () => html``,
    drawFrame: (view) => html`
      <div class=${classNames('formFieldLabelRow', view.frame.name)}>
        ${
          field.hasAttribute('label')
            ? html`<label class=${classNames('formFieldLabel', view.frame.name)} for=${control.id || view.frame.id}
                >${view.frame.label}</label
              >`
            : nothing
        }
        ${view.frame.action}
      </div>
      ${messages(view)}
    `,
    applyState(target, { frame, formId, disabled, invalid, describedBy }) {
      target.id ||= frame.id;
      if (formId && !target.form) target.setAttribute('form', formId);
      if (disabled && !target.disabled) disabledByUs.add(target);
      if (disabledByUs.has(target) && target.disabled !== disabled) target.disabled = disabled;
      if (!disabled) disabledByUs.delete(target);
      const ours = typeof describedBy === 'string' ? describedBy.split(' ') : [];
      const theirs = (target.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id && !id.startsWith(`${frame.id}-`));
      set(target, 'aria-describedby', [...ours, ...theirs].join(' '));
      set(target, 'aria-invalid', invalid ? 'true' : '');
    },
  };
}

const set = (control: Element, name: string, value: string) => {
  if (value) control.setAttribute(name, value);
  else control.removeAttribute(name);
};

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/** Custom elements have values of any kind: their text is JSON. */
const custom: Partial<FieldType> = {
  ...structured,
  toText: (value) => (isEmpty(value) ? '' : JSON.stringify(value)),
  toValue: (text) => (text ? (JSON.parse(text) as FieldValue) : null),
  readText({ value }) {
    return isEmpty(value) ? '' : JSON.stringify(value);
  },
  writeText(control, text) {
    const value = text ? (JSON.parse(text) as string) : '';
    if (JSON.stringify(control.value) !== JSON.stringify(value)) control.value = value;
  },
  writeDefault: () => undefined,
};

/** An element of the page whose definition has yet to come may be a control. */
function definedLater(field: FieldHost): undefined {
  for (const { localName } of field.querySelectorAll(':not(:defined)')) {
    void customElements.whenDefined(localName).then(() => (field as FieldHost & { requestUpdate(): void }).requestUpdate());
  }
}
