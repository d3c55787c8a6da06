/** Saves single values of `unsafeMetadata`: one request at a time for each Clerk instance, in order. */
import type { ClerkApi } from '../../clerk/clerk-api.ts';
import { setAtPath } from '../../rules/field-path.ts';
import type { FieldPath } from '../../rules/field-path.ts';
import { mergePatch } from '../../rules/merge-patch.ts';
import type { JsonObject } from '../../rules/merge-patch.ts';
import { maximumMetadataBytes, metadataBytes } from '../../rules/metadata-limits.ts';
import { problemOf } from '../shared.ts';

/** One value to save. */
export interface Change {
  path: FieldPath;
  /** `null` removes the key. */
  value: unknown;
}

interface WaitingChange extends Change {
  userId: string | undefined;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/** `unsafeMetadata` would become too large. It carries the code that the API would answer with (dossier part 2, §1.2). */
export class MetadataSizeError extends Error {
  override readonly name = 'MetadataSizeError';
  readonly errors: { code: string; message: string; longMessage: string; meta: { paramName: string } }[];
  /** UTF-8 bytes that the document would have. */
  readonly bytes: number;

  constructor(bytes: number) {
    super(`unsafeMetadata would have ${bytes} bytes; at most ${maximumMetadataBytes} are allowed.`);
    const { message } = this;
    const meta = { paramName: 'unsafe_metadata' };
    this.bytes = bytes;
    this.errors = [{ code: 'form_param_exceeds_allowed_size', message, longMessage: message, meta }];
  }
}

const queues = new WeakMap<ClerkApi, SaveQueue>();

/**
 * Saves `change` for the user who is signed in now. Changes made in one task, or while an earlier request runs, go in one
 * merge patch. Resolves once the API has confirmed it; rejects with the API's error or a {@link MetadataSizeError}.
 */
export const saveChange = (clerk: ClerkApi, change: Change): Promise<void> => queueOf(clerk).add(change);

/**
 * Reads the user again after a save whose answer is unknown: what is stored now tells. Rejects where the API cannot be reached.
 */
export const readAgain = (clerk: ClerkApi): Promise<unknown> => queueOf(clerk).read();

function queueOf(clerk: ClerkApi): SaveQueue {
  const queue = queues.get(clerk) ?? new SaveQueue(clerk);
  queues.set(clerk, queue);
  return queue;
}

class SaveQueue {
  readonly #clerk: ClerkApi;
  #waiting: WaitingChange[] = [];
  #running = false;
  #reading: Promise<unknown> | undefined;

  constructor(clerk: ClerkApi) {
    this.#clerk = clerk;
  }

  add(change: Change): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...change, userId: this.#clerk.user?.id, resolve, reject });
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
    while (this.#waiting.length) {
      // A task, not a microtask: a browser that fills several fields runs microtasks between their events.
      await new Promise((resolve) => setTimeout(resolve));
      const changes = this.#waiting;
      this.#waiting = [];
      await this.#send(changes);
    }
    this.#running = false;
  }

  async #send(changes: WaitingChange[]): Promise<void> {
    const { user } = this.#clerk;
    const sent: WaitingChange[] = [];
    let patch: JsonObject = {};
    for (const change of changes) {
      const longer = setAtPath(patch, change.path, change.value);
      const bytes = user ? metadataBytes(mergePatch(user.unsafeMetadata, longer)) : 0;
      if (!user || user.id !== change.userId) {
        change.reject(new Error('The person who made this change is no longer signed in.'));
      } else if (bytes > maximumMetadataBytes) {
        change.reject(new MetadataSizeError(bytes));
      } else {
        patch = longer;
        sent.push(change);
      }
    }
    if (!user || !sent.length) return;
    try {
      await user.updateMetadata({ unsafeMetadata: patch });
      for (const { resolve } of sent) resolve();
    } catch (error) {
      // One value that the API refuses must not take the others with it.
      if (sent.length > 1 && isRefusal(error)) for (const change of sent) await this.#send([change]);
      else for (const { reject } of sent) reject(error);
    }
  }
}

/** Whether the API has looked at the values and said no. */
function isRefusal(error: unknown): boolean {
  const { temporary, retryAfter } = problemOf(error);
  return !temporary && retryAfter === 0;
}
