/** `/v1/users/{id}/metadata`: PATCH merges, PUT replaces (dossier part 2, §1.5, §1.6). */
import type { JsonObject } from '../../../src/rules/merge-patch.ts';
import { mergeInto, metadataKinds, parseMetadata, replaceBy } from '../domain/metadata.ts';
import { checkRate } from '../domain/rate-limit.ts';
import { ApiError } from '../errors.ts';
import type { ApiErrorItem } from '../errors.ts';
import { changeMetadata } from '../store/write-users.ts';
import type { MetadataDocuments, MetadataKind } from '../store/write-users.ts';
import { readBody } from './body.ts';
import type { Body } from './body.ts';
import type { UserRoutes } from './users.ts';

export function addMetadataRoutes({ app, context, answer }: UserRoutes): void {
  const { database, now } = context;
  app.patch('/:id/metadata', async (c) => {
    const id = c.req.param('id');
    await checkRate(context, 'userUpdate', id);
    await changeMetadata(database, id, mergeInto(readMetadata(await readBody(c))), now());
    return answer(c, id);
  });
  app.put('/:id/metadata', async (c) => {
    const id = c.req.param('id');
    await checkRate(context, 'userUpdate', id);
    const body = await readBody(c);
    const documents: Partial<MetadataDocuments> = readMetadata(body);
    for (const kind of metadataKinds) if (body.raw(kind) === null) documents[kind] = null;
    await changeMetadata(database, id, replaceBy(documents), now());
    return answer(c, id);
  });
}

/**
 * The documents of a body. `null` means "not given": Clerk's Go SDK sends all three kinds with every call, and only one of them is meant.
 * @throws ApiError 422 `form_param_value_invalid`, with an item for each kind that is none.
 */
export function readMetadata(body: Body): Partial<Record<MetadataKind, JsonObject>> {
  const documents: Partial<Record<MetadataKind, JsonObject>> = {};
  const problems: ApiErrorItem[] = [];
  for (const kind of metadataKinds) {
    const value = body.raw(kind);
    if (value === undefined || value === null) continue;
    try {
      documents[kind] = parseMetadata(value, kind);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problems.push(...error.items);
    }
  }
  if (problems.length) throw new ApiError(422, problems);
  return documents;
}
