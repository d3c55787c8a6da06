/**
 * Further kinds of fields: textarea, switch, range, color, select, radio buttons, tags, JSON, controls of the page's own, schemas. A file of its own, fetched
 * by the first field that needs it (docs/decisions/0009-more-fields.md). It is built against the UI file, and given what it needs of the field's own file.
 */
import type { CSSResult } from 'lit';
import { adoptStyles } from '../shared.ts';
import type { FieldType, FieldValue } from './field-types.ts';
import type { Checked, StandardSchema } from './field-view.ts';
import { json, structured, textarea } from './more/json.ts';
import { multiple, select } from './more/select.ts';
import { color, range } from './more/never-empty.ts';
import { radio } from './more/radio.ts';
import { moreStyles } from './more/more.styles.ts';
import { ownControl } from './more/own-control.ts';
import type { Save } from './saver.ts';
import { switchType } from './more/switch.ts';
import { tags } from './more/tags.ts';

/** What a field says of itself. */
export interface FieldHost extends HTMLElement {
  readonly renderRoot: Node;
  type: string | null | undefined;
  multiple: boolean;
  schema: StandardSchema | undefined;
}

const types = new Map<string, Partial<FieldType>>([
  ['textarea', textarea],
  ['range', range],
  ['color', color],
  ['select', select],
  ['radio', radio],
  ['tags', tags],
  ['json', json],
]);

/** The type of `field`, one of these or one of those that `typeOf` knows. */
export function kindOf(field: FieldHost, typeOf: (name?: string) => FieldType): FieldType {
  const typeNamed = (name: string | null | undefined): FieldType => {
    const lower = name?.toLowerCase() ?? 'text';
    if (lower === 'switch') return { ...typeOf('checkbox'), ...switchType };
    const further = types.get(lower);
    return further ? { ...typeOf(), ...further } : typeOf(lower);
  };
  const own = ownControl(field, typeNamed);
  const named = typeNamed(field.type);
  const type = own ?? (field.multiple && named.inputType === 'select' ? { ...named, ...multiple } : named);
  const { schema } = field;
  // What a schema gives may be an object.
  return schema ? { ...type, ...structured, checkValue: (value) => checkValue(schema, value) } : type;
}

/** What a schema says of a value. */
async function checkValue(schema: StandardSchema, value: unknown): Promise<Checked> {
  // Where there is no value, JavaScript says undefined.
  const result = await schema['~standard'].validate(value ?? undefined);
  if (result.issues) return { problem: result.issues.map(({ message }) => message).join(' ') };
  return { value: (result.value ?? null) as FieldValue };
}

/**
 * Judges edits by the schemas of their fields: what a schema gives is what to save. Says at each field what is wrong with it, and gives back how
 * that ends, or nothing where all may be saved.
 */
export async function check(saves: readonly Save[]): Promise<'idle' | 'invalid' | undefined> {
  const checked = await Promise.all(saves.map(async ({ edit }) => edit.type.checkValue?.(edit.value)));
  const problems = checked.map((each) => each?.problem);
  const isLast = saves.every(({ edit, turn }) => edit.draft.isLast(turn));
  const isRight = problems.every((problem) => problem === undefined);
  for (const [index, { edit, turn }] of saves.entries()) {
    const problem = problems[index];
    const value = checked[index]?.value;
    if (value !== undefined) edit.value = value;
    if (!isLast || (!isRight && problem === undefined)) edit.draft.fail(turn, 'idle');
    else if (problem !== undefined) edit.draft.fail(turn, 'invalid', problem);
  }
  if (!isLast) return 'idle';
  return isRight ? undefined : 'invalid';
}

/** Gives `element` the style sheet of these kinds: now, and wherever it is moved. */
export function adoptMore(element: Node, sheets: Set<CSSResult>): void {
  if (sheets.has(moreStyles)) return;
  sheets.add(moreStyles);
  adoptStyles(element, sheets);
}
