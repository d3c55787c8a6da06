/** Templates of tokens: made by the Backend API, or kept like the settings file has them. */
import { sql } from 'kysely';
import type { Insertable, Selectable } from 'kysely';
import type { JsonObject } from '../../../src/rules/merge-patch.ts';
import { parameterError } from '../errors.ts';
import { createId } from '../ids.ts';
import { inTransaction, violatedUniqueIndex } from './database.ts';
import type { Database } from './database.ts';
import type { JwtTemplateTable } from './tables/instance.ts';

export type JwtTemplate = Selectable<JwtTemplateTable>;

/** What writing one sets. */
export interface TemplateFields extends Omit<Insertable<JwtTemplateTable>, 'id' | 'claims' | 'origin' | 'created_at' | 'updated_at'> {
  claims: JsonObject;
  signing_key: string | null;
}

/** Newest first, with the number of all. */
export async function listTemplates(
  database: Database,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ templates: JwtTemplate[]; count: number }> {
  const all = database.selectFrom('jwt_templates');
  const [templates, { count }] = await Promise.all([
    all.selectAll().orderBy('created_at', 'desc').orderBy('id').limit(limit).offset(offset).execute(),
    all.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
  ]);
  return { templates, count };
}

export async function findTemplate(database: Database, id: string): Promise<JwtTemplate | undefined> {
  return database.selectFrom('jwt_templates').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The template that tokens are asked for by this name. */
export async function findTemplateByName(database: Database, name: string): Promise<JwtTemplate | undefined> {
  return database
    .selectFrom('jwt_templates')
    .selectAll()
    .where('name', '=', name)
    .where('origin', '<>', 'session_token')
    .executeTakeFirst();
}

/** @throws ApiError 422 `form_already_exists` if the name is taken. */
export async function insertTemplate(database: Database, fields: TemplateFields, now: number): Promise<JwtTemplate> {
  try {
    return await database
      .insertInto('jwt_templates')
      .values({ ...columns(fields), id: createId('jtmp'), origin: 'backend_api', created_at: now, updated_at: now })
      .returningAll()
      .executeTakeFirstOrThrow();
  } catch (error) {
    throw nameTaken(error);
  }
}

/**
 * Changes a template of the Backend API; `undefined` if there is none.
 * @throws ApiError 422 `form_already_exists` if the name is taken.
 */
export async function updateTemplate(
  database: Database,
  id: string,
  fields: TemplateFields,
  now: number,
): Promise<JwtTemplate | undefined> {
  try {
    return await database
      .updateTable('jwt_templates')
      .set((eb) => ({ ...columns(fields), updated_at: eb.fn<number>('greatest', [eb.val(now), eb('updated_at', '+', 1)]) }))
      .where('id', '=', id)
      .where('origin', '=', 'backend_api')
      .returningAll()
      .executeTakeFirst();
  } catch (error) {
    throw nameTaken(error);
  }
}

/** Deletes a template of the Backend API; `false` if there is none. */
export async function deleteTemplate(database: Database, id: string): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('jwt_templates')
    .where('id', '=', id)
    .where('origin', '=', 'backend_api')
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** A template of the settings file. */
export type SettingsTemplate = Omit<TemplateFields, 'signing_key' | 'signing_algorithm'> & { origin: 'settings' | 'session_token' };

/**
 * Makes the templates of settings those of a file: new ones are added, changed ones brought up to date, others deleted. A template of
 * the Backend API with the name of one in the file becomes the file's.
 */
export async function keepSettingsTemplates(database: Database, templates: readonly SettingsTemplate[], now: number): Promise<void> {
  const wanted = [...templates].sort((a, b) => (a.name < b.name ? -1 : 1));
  await inTransaction(database, async (transaction) => {
    const gone = transaction.deleteFrom('jwt_templates').where('origin', '<>', 'backend_api');
    const names = wanted.map(({ name }) => name);
    await (names.length ? gone.where('name', 'not in', names) : gone).execute();
    for (const { origin, ...fields } of wanted) {
      const values = { ...columns({ ...fields, signing_algorithm: 'RS256', signing_key: null }), origin };
      await transaction
        .insertInto('jwt_templates')
        .values({ ...values, id: createId('jtmp'), created_at: now, updated_at: now })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet((eb) => ({
              ...values,
              updated_at: eb.fn<number>('greatest', [eb.val(now), eb('jwt_templates.updated_at', '+', 1)]),
            }))
            .where(isChanged),
        )
        .execute();
    }
  });
}

/** So that a start which changes nothing leaves `updated_at` alone. */
const isChanged = sql<boolean>`
  (jwt_templates.claims::text, jwt_templates.lifetime, jwt_templates.allowed_clock_skew, jwt_templates.signing_key, jwt_templates.origin)
  is distinct from (excluded.claims::text, excluded.lifetime, excluded.allowed_clock_skew, excluded.signing_key, excluded.origin)`;

const columns = (fields: TemplateFields) => ({ ...fields, claims: JSON.stringify(fields.claims) });

function nameTaken(error: unknown): unknown {
  if (violatedUniqueIndex(error) !== 'jwt_templates_name_key') return error;
  return parameterError('form_already_exists', 'name', 'Another JWT template has this name.');
}
