/** Saves values of `unsafeMetadata`: one request at a time for each Clerk instance, in order. */
import type { ClerkApi } from '../../clerk/clerk-api.ts';
import { readAtPath, setAtPath } from '../../rules/field-path.ts';
import type { FieldPath } from '../../rules/field-path.ts';
import { mergePatch } from '../../rules/merge-patch.ts';
import type { JsonObject } from '../../rules/merge-patch.ts';
import { maximumMetadataBytes, metadataBytes } from '../../rules/metadata-limits.ts';
import { en } from '../../i18n/en/unsafe-field.ts';
import { problemOf } from '../shared.ts';
import type { FieldType, FieldValue } from './field-types.ts';

/** One value to save. */
export interface Change {
  type: Pick<FieldType, 'toPatch'>;
  path: FieldPath;
  /** `null` removes the key. */
  value: FieldValue;
}

/** Changes that are saved all together or not at all. */
interface Waiting {
  changes: readonly Change[];
  userId: string | undefined;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/**
 * Milliseconds. Where changes keep coming (a key held down in a number), the second request waits for this time and each further one for
 * twice the time before, up to the last number; after as long without any the next one is sent at once.
 */
const pace = { first: 250, last: 2_000 };

/** `unsafeMetadata` would become too large: the error, with the code that the API would answer with (dossier part 2, §1.2). */
function tooLarge(bytes: number): Error {
  const message = en.tooLarge(bytes, maximumMetadataBytes);
  const item = { code: 'form_param_exceeds_allowed_size', message, longMessage: message, meta: { paramName: 'unsafe_metadata' } };
  return Object.assign(new Error(message), { errors: [item] });
}

const queues = new WeakMap<ClerkApi, SaveQueue>();

/**
 * Saves `changes` for the user who is signed in now: all of them, or none. What comes in one task, or while an earlier request runs, goes in
 * one merge patch. Resolves once the API has confirmed it; rejects with the API's error or one in its shape, where the document would become too large.
 */
export const saveChanges = (clerk: ClerkApi, changes: readonly Change[]): Promise<void> => queueOf(clerk).add(changes);

/**
 * Reads the user again after a save whose answer is unknown: what is stored now tells. Rejects where the API cannot be reached.
 */
export const readAgain = (clerk: ClerkApi): Promise<unknown> => queueOf(clerk).read();

/** Bytes that a document would have after `patch`. */
export const bytesAfter = (document: unknown, patch: JsonObject): number => metadataBytes(mergePatch(document, patch));

/** The merge patch of `changes`, upon `patch`. */
export const patchOf = (document: unknown, changes: readonly Change[], patch: JsonObject = {}): JsonObject =>
  changes.reduce((all, { path, value, type }) => setAtPath(all, path, type.toPatch(value, readAtPath(document, path))), patch);

/** What to say where a user's document would become nearly too large, or larger, by `change`. */
export function sizeWarning(user: ClerkApi['user'], change: Change): string | undefined {
  const document = user?.unsafeMetadata;
  const bytes = user ? bytesAfter(document, patchOf(document, [change])) : 0;
  return bytes < maximumMetadataBytes * 0.9 ? undefined : en.bytes(bytes, maximumMetadataBytes);
}

function queueOf(clerk: ClerkApi): SaveQueue {
  const queue = queues.get(clerk) ?? new SaveQueue(clerk);
  queues.set(clerk, queue);
  return queue;
}

class SaveQueue {
  readonly #clerk: ClerkApi;
  #waiting: Waiting[] = [];
  #running = false;
  #reading: Promise<unknown> | undefined;
  /** Milliseconds for which the next request waits, and since when there is none. */
  #pause = 0;
  #idleSince = 0;

  constructor(clerk: ClerkApi) {
    this.#clerk = clerk;
    // A page that is hidden may never be shown again: nothing waits any longer, not even for an answer.
    addEventListener('visibilitychange', () => void this.#send());
  }

  add(changes: readonly Change[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes, userId: this.#clerk.user?.id, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  /** Several fields whose changes went in one request ask at once: one answer serves them all. */
  read(): Promise<unknown> {
    this.#reading ??= Promise.resolve(this.#clerk.user?.reload()).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #run(): Promise<void> {
    this.#running = true;
    if (performance.now() - this.#idleSince > pace.first) this.#pause = 0;
    while (this.#waiting.length) {
      // A task, not a microtask: a browser that fills several fields runs microtasks between their events.
      await new Promise((resolve) => setTimeout(resolve, this.#pause));
      this.#pause = Math.min(this.#pause * 2 || pace.first, pace.last);
      await this.#send();
    }
    this.#idleSince = performance.now();
    this.#running = false;
  }

  /** Sends what waits, or a part of it once more. */
  async #send(waiting = this.#waiting): Promise<void> {
    const { user } = this.#clerk;
    if (waiting === this.#waiting) this.#waiting = [];
    const sent: Waiting[] = [];
    let patch: JsonObject = {};
    for (const item of waiting) {
      if (!user || user.id !== item.userId) {
        item.reject(new Error('Signed out.'));
        continue;
      }
      const longer = patchOf(user.unsafeMetadata, item.changes, patch);
      const bytes = bytesAfter(user.unsafeMetadata, longer);
      if (bytes > maximumMetadataBytes) {
        item.reject(tooLarge(bytes));
      } else {
        patch = longer;
        sent.push(item);
      }
    }
    if (!user || !sent.length) return;
    try {
      await user.updateMetadata({ unsafeMetadata: patch });
      for (const { resolve } of sent) resolve();
    } catch (error) {
      // One value that the API refuses must not take the others with it.
      if (sent.length > 1 && isRefusal(error)) for (const item of sent) await this.#send([item]);
      else for (const { reject } of sent) reject(error);
    }
  }
}

/** Whether the API has looked at the values and said no. */
function isRefusal(error: unknown): boolean {
  const { temporary, retryAfter } = problemOf(error);
  return !temporary && retryAfter === 0;
}
