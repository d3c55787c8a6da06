/** Sends an edit, and says at its {@link Draft} and by events how that ended. */
import type { ClerkApi } from '../../clerk/clerk-api.ts';
import { readAtPath } from '../../rules/field-path.ts';
import type { FieldPath } from '../../rules/field-path.ts';
import { maximumMetadataBytes } from '../../rules/metadata-limits.ts';
import { errorText, problemOf } from '../shared.ts';
import type { Strings } from '../../i18n/en/cards.ts';
import { en } from '../../i18n/en/unsafe-field.ts';
import type { Draft } from './draft.ts';
import type { FieldValue } from './field-types.ts';
import { MetadataSizeError, readAgain, saveChange } from './save-queue.ts';
import { ClerkSavedEvent, ClerkSaveErrorEvent, ClerkSaveEvent } from './unsafe-field-events.ts';

/** One value, with the text that stands for it in the control. */
export interface Edit {
  name: string;
  path: FieldPath;
  value: FieldValue;
  text: string;
}

/** What a {@link Saver} needs of its element. */
export interface SaverHost extends EventTarget {
  readonly strings: Strings;
  /** The text in the control now; `null` without a control. */
  readonly text: string | null;
}

export class Saver {
  readonly #host: SaverHost;
  readonly #draft: Draft;

  constructor(host: SaverHost, draft: Draft) {
    this.#host = host;
    this.#draft = draft;
  }

  /** Saves `edit` for the user of `clerk`, where that is needed and no listener cancels it. Never rejects. */
  async save(clerk: ClerkApi, edit: Edit): Promise<void> {
    if (!this.#draft.needsSaving(edit.text, isStored(clerk, edit))) return;
    if (!this.#host.dispatchEvent(new ClerkSaveEvent(edit))) return;
    const turn = this.#draft.begin(edit.text);
    try {
      await saveChange(clerk, edit);
      this.#confirm(turn, edit);
    } catch (error) {
      const { temporary, retryAfter } = problemOf(error);
      const text = this.#textOf(error);
      if (temporary || retryAfter) this.#draft.fail(turn, 'failed', en.notSaved(text));
      else this.#draft.fail(turn, 'invalid', text);
      this.#host.dispatchEvent(new ClerkSaveErrorEvent(edit, error));
      if (temporary) await this.#findOut(turn, clerk, edit);
    }
  }

  /** The answer may have been lost on its way back, after the value was stored. */
  async #findOut(turn: number, clerk: ClerkApi, edit: Edit): Promise<void> {
    try {
      await readAgain(clerk);
    } catch {
      return;
    }
    if (this.#draft.isLast(turn) && isStored(clerk, edit)) this.#confirm(turn, edit);
  }

  #confirm(turn: number, edit: Edit): void {
    this.#draft.succeed(turn, this.#host.text);
    this.#host.dispatchEvent(new ClerkSavedEvent(edit));
  }

  #textOf(error: unknown): string {
    const { strings } = this.#host;
    if (error instanceof MetadataSizeError) return en.tooLarge(error.bytes, maximumMetadataBytes);
    return errorText(strings, problemOf(error).items[0] ?? { code: 'unexpected' });
  }
}

const isStored = (clerk: ClerkApi, { path, value }: Edit) => value === (readAtPath(clerk.user?.unsafeMetadata, path) ?? null);
