/** `type="textarea"`, and `type="json"`: any value, as its text. */
import { en } from '../../../i18n/en/more-fields.ts';
import { diffPatch } from '../../../rules/diff-patch.ts';
import { isJsonObject } from '../../../rules/merge-patch.ts';
import { metadataProblem, parseExactJson } from '../../../rules/metadata-limits.ts';
import { classNames, html } from '../../shared.ts';
import type { FieldType, FieldValue } from '../field-types.ts';

/** A merge patch merges objects: members that are no longer there have to be removed by it. */
const objectPatch = (value: FieldValue, stored: unknown): unknown =>
  isJsonObject(value) ? diffPatch(isJsonObject(stored) ? stored : {}, value) : value;

/** JSON with the keys of objects in one order, as the API promises none. */
const spelling = (value: unknown) =>
  JSON.stringify(value, (_key, inner: unknown) => (isJsonObject(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner));

/** For values that are no longer simple. */
export const structured: Partial<FieldType> = {
  toPatch: objectPatch,
  isSame: (value, stored) => spelling(value) === spelling(stored),
};

export const textarea: Partial<FieldType> = {
  inputType: 'textarea',
  drawControl: ({ frame: { id, name } }) => html`<textarea id=${id} class=${classNames('formFieldInput', name)}></textarea>`,
  toText: (value) => (typeof value === 'object' && value ? JSON.stringify(value) : String(value ?? '')),
};

export const json: Partial<FieldType> = {
  ...structured,
  inputType: 'json',
  toText: (value) => (value === undefined ? '' : JSON.stringify(value, null, 2)),
  toValue(text) {
    try {
      return JSON.parse(text) as FieldValue;
    } catch {
      return null;
    }
  },
  drawControl: textarea.drawControl!,
  problemWith(text) {
    if (!text.trim()) return undefined;
    try {
      const value = parseExactJson(text);
      const problem = metadataProblem({ value });
      if (problem) return en.notStorable(problem);
      // A merge patch takes it for "remove".
      return hasNullMember(value) ? en.nullMember : undefined;
    } catch (error) {
      return en.notJson((error as Error).message);
    }
  },
};

/** Whether an object in it has a member `null`. */
const hasNullMember = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).some((member) => (member === null && !Array.isArray(value)) || hasNullMember(member));
