/** Rules of metadata: which documents are accepted, and what a write makes of the stored ones (dossier part 2, §1). */
import { isJsonObject, mergePatch } from '../../../src/rules/merge-patch.ts';
import type { JsonObject } from '../../../src/rules/merge-patch.ts';
import {
  inspectMetadata,
  maximumMetadataBytes,
  metadataBytes,
  metadataProblem,
  metadataProblems,
  parseExactJson,
} from '../../../src/rules/metadata-limits.ts';
import { ApiError } from '../errors.ts';
import type { ApiErrorItem } from '../errors.ts';
import { parameterError } from '../errors.ts';
import type { MetadataDocument } from '../store/tables/people.ts';
import type { MetadataDocuments, MetadataKind } from '../store/write-users.ts';

export const metadataKinds = ['public_metadata', 'private_metadata', 'unsafe_metadata'] as const satisfies MetadataKind[];

const tooLarge = (parameter: string) => `${parameter} exceeds the maximum allowed size of ${maximumMetadataBytes} bytes (8 KB)`;

/**
 * A document of a request: an object, or JSON text, as forms and old backend SDKs send it.
 * @throws ApiError 422 `form_param_value_invalid`; `form_param_exceeds_allowed_size` if it is far too large, whatever it is merged into.
 */
export function parseMetadata(value: unknown, parameter: string): JsonObject {
  let document = value;
  if (typeof value === 'string') {
    try {
      document = parseExactJson(value);
    } catch {
      throw parameterError('form_param_value_invalid', parameter, `${parameter} must be valid JSON.`);
    }
  }
  const { problem, leastBytes } = inspectMetadata(document);
  if (problem || !isJsonObject(document)) {
    throw parameterError('form_param_value_invalid', parameter, `${parameter} ${metadataProblems[problem ?? 'not_an_object']}`);
  }
  if (leastBytes > maximumMetadataBytes) {
    throw parameterError('form_param_exceeds_allowed_size', parameter, `${tooLarge(parameter)}.`);
  }
  return document;
}

/**
 * Refuses documents that are too large, or too deep after a merge; all offenders are named.
 * @throws ApiError 422 `form_param_exceeds_allowed_size` or `form_param_value_invalid`.
 */
export function checkMetadata(documents: Partial<Record<string, MetadataDocument>>): void {
  const items: ApiErrorItem[] = [];
  for (const [parameter, document] of Object.entries(documents)) {
    if (!document) continue;
    // The size first: a merge is no deeper than what was merged, and what is too large need not be looked through.
    const bytes = metadataBytes(document);
    const problem = bytes > maximumMetadataBytes ? undefined : metadataProblem(document);
    const meta = { param_name: parameter };
    if (problem) {
      const message = `${parameter} ${metadataProblems[problem]}`;
      items.push({ code: 'form_param_value_invalid', message, longMessage: message, meta });
    } else if (bytes > maximumMetadataBytes) {
      const message = `${tooLarge(parameter)} by ${bytes - maximumMetadataBytes}.`;
      items.push({ code: 'form_param_exceeds_allowed_size', message, longMessage: message, meta });
    }
  }
  if (items.length) throw new ApiError(422, items);
}

/** For `changeMetadata`: merges a patch into each kind it names (RFC 7396). */
export function mergeInto(patches: Partial<Record<MetadataKind, JsonObject>>) {
  return (stored: MetadataDocuments): Partial<MetadataDocuments> => {
    const kinds = Object.entries(patches) as [MetadataKind, JsonObject][];
    const merged = Object.fromEntries(kinds.map(([kind, patch]) => [kind, mergePatch(stored[kind], patch)]));
    checkMetadata(merged);
    return merged;
  };
}

/** For `changeMetadata`: replaces each kind it names. */
export function replaceBy(documents: Partial<MetadataDocuments>) {
  return (): Partial<MetadataDocuments> => {
    checkMetadata(documents);
    return documents;
  };
}
