/** Saves edits, and says at their drafts and by events how that ended. */
import type { ClerkApi } from '../../clerk/clerk-api.ts';
import { readAtPath } from '../../rules/field-path.ts';
import { errorText, problemOf } from '../shared.ts';
import type { ProblemItem } from '../../flows/problem.ts';
import type { Strings } from '../../i18n/en/cards.ts';
import { en } from '../../i18n/en/unsafe-field.ts';
import type { Draft, SaveStatus } from './draft.ts';
import type { FieldType } from './field-types.ts';
import { fetchedMoreFields } from './fetch-more-fields.ts';
import { readAgain, saveChanges } from './save-queue.ts';
import type { Change } from './save-queue.ts';
import { ClerkSaveEvent } from './unsafe-field-events.ts';

/** One value, with the text that stands for it in a control. */
export interface Edit extends Change {
  type: FieldType;
  name: string;
  text: string;
  draft: Draft;
  /** What is in its control by now. */
  field: { readonly text: string | null };
}

/** Why edits were not saved. */
export interface Failure {
  items: ProblemItem[];
  /** What to say of each item. */
  texts: string[];
  /** Nobody knows whether they were saved, or they can be sent again. */
  isOpen: boolean;
}

/** Whose edits they are. */
export interface SaveSource {
  strings: Strings;
  /** Where the events come from. */
  target: EventTarget;
  /** Told how the edits of several fields stand. A single field says it all by itself. */
  report?(status: SaveStatus): void;
  /** Says at several fields why they were not saved. */
  tell?(saves: readonly Save[], failure: Failure): void;
}

/** One edit on its way, and the number that its draft knows it by. */
export interface Save {
  edit: Edit;
  turn: number;
}

/**
 * Saves `edits` in one request, all or none, for the user of `clerk`, where that is needed and no listener cancels it. Never rejects.
 */
export async function saveEdits(clerk: ClerkApi, edits: readonly Edit[], source: SaveSource): Promise<void> {
  const { target, strings } = source;
  const wanted = edits.filter((edit) => edit.draft.needsSaving(edit.text, isStored(clerk, edit)));
  const named = wanted as [Edit, ...Edit[]];
  const saves = wanted.map((edit) => ({ edit, turn: edit.draft.begin(edit.text) }));
  const cancel = () => {
    for (const { edit, turn } of saves) edit.draft.fail(turn, 'idle');
    source.report?.('idle');
  };
  const confirm = () => {
    for (const { edit, turn } of saves) edit.draft.succeed(turn, edit.field.text);
    source.report?.('saved');
    target.dispatchEvent(new ClerkSaveEvent('clerk-saved', named));
  };
  if (!saves.length) return cancel();
  source.report?.('saving');
  if (wanted.some(({ type }) => type.checkValue)) {
    // Without that file nothing with a schema is drawn.
    const refusal = await fetchedMoreFields()!.check(saves);
    if (refusal) return source.report?.(refusal);
  }
  if (!target.dispatchEvent(new ClerkSaveEvent('clerk-save', named))) return cancel();
  try {
    await saveChanges(clerk, wanted);
    confirm();
  } catch (error) {
    const { items, temporary, retryAfter } = problemOf(error);
    const isOpen = temporary || retryAfter > 0;
    const texts = items.map((item) => errorText(strings, item));
    if (source.tell) source.tell(saves, { items, texts, isOpen });
    else
      for (const { edit, turn } of saves) edit.draft.fail(turn, isOpen ? 'failed' : 'invalid', isOpen ? en.notSaved(texts[0]!) : texts[0]);
    target.dispatchEvent(new ClerkSaveEvent('clerk-save-error', named, error));
    // The answer may have been lost on its way back, after the values were stored.
    const isReadAgain = temporary && (await readAgain(clerk).catch(() => false));
    if (isReadAgain !== false && saves.every(({ edit, turn }) => edit.draft.isLast(turn) && isStored(clerk, edit))) confirm();
  }
}

const isStored = (clerk: ClerkApi, { path, value, type }: Edit) => type.isSame(value, readAtPath(clerk.user?.unsafeMetadata, path) ?? null);
