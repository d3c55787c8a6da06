/** Every endpoint that writes metadata, performed alike, for tests that hold all of them against one rule. */
import { sql } from 'kysely';
import type { MetadataKind } from '../../demo/server/store/write-users.ts';
import type { TestApi } from './api.ts';
import { createBackendClient, refusals } from './backend-client.ts';
import { createFrontendClient } from './frontend-client.ts';
import type { FrontendAnswer } from './frontend-client.ts';
import { addUser } from './users.ts';

export const metadataKinds: readonly MetadataKind[] = ['public_metadata', 'private_metadata', 'unsafe_metadata'];

/** Dated versions with rules of their own for metadata (dossier part 2, §0.2); `null` names none, which means the oldest. */
export const versionsBefore2026 = [null, '2021-02-05', '2024-10-01', '2025-03-12', '2025-04-10', '2025-11-10', '2026-05-11'] as const;
export const versionsFrom2026 = ['2026-05-12', '2026-08-20', '2030-01-01'] as const;
export const allVersions = [...versionsBefore2026, ...versionsFrom2026];

export interface MetadataWrite {
  kind: MetadataKind;
  /** JSON text of the value. Forms carry it as it is, also where it is no JSON at all. */
  json: string;
  /** What the kind holds before, where there is a before; default `{}`. */
  stored?: object;
  version?: string | null;
}

export interface MetadataOutcome {
  status: number;
  /** `form_param_unknown public_metadata`, in the order of the answer. */
  refusals: string[];
  /** What the database holds of this kind afterwards; `undefined` where nothing was made. */
  document: unknown;
  /** Whether users and sign-ups are the same, to the version of each row, and no webhook was written. */
  isUnchanged: boolean;
  /** Types of the webhooks that the write has put into the outbox. */
  events: string[];
}

export type PerformWrite = (write: MetadataWrite) => Promise<MetadataOutcome>;

export const endpointNames = [
  'PATCH /v1/me',
  'PATCH /v1/me/metadata',
  'POST /v1/client/sign_ups',
  'PATCH /v1/client/sign_ups/{id}',
  'PATCH /v1/users/{id}/metadata',
  'PUT /v1/users/{id}/metadata',
  'PATCH /v1/users/{id}',
  'POST /v1/users',
] as const;
export type MetadataEndpoint = (typeof endpointNames)[number];

/** The first four are the Frontend API's, where browsers write unsafe metadata. */
export const frontendNames: readonly MetadataEndpoint[] = endpointNames.slice(0, 4);
export const kindsOf = (name: MetadataEndpoint): readonly MetadataKind[] =>
  frontendNames.includes(name) ? ['unsafe_metadata'] : metadataKinds;

/** The newest version in which an endpoint takes metadata. */
export const versionOf = (name: MetadataEndpoint): string =>
  name === 'PATCH /v1/me' || name === 'PATCH /v1/users/{id}' ? '2025-11-10' : '2026-08-20';

/** All rows of users, sign-ups and webhooks, with what PostgreSQL changes on every write of a row. */
export async function fingerprint({ database }: Pick<TestApi, 'database'>): Promise<string> {
  const { rows } = await sql<{ row: string }>`
    select concat_ws(' ', xmin, ctid, md5(users::text)) as row from users
    union all select concat_ws(' ', xmin, ctid, md5(sign_ups::text)) from sign_ups
    union all select concat_ws(' ', xmin, ctid, id) from webhook_events order by row`.execute(database);
  return rows.map(({ row }) => row).join('\n');
}

const password = 'quiet-marble-lantern';

/** Endpoints by name; each has a user or a sign-up of its own, which it gives `stored` before it writes. */
export async function createMetadataEndpoints(api: TestApi): Promise<Record<MetadataEndpoint, PerformWrite>> {
  const backend = createBackendClient(api);
  const emailAddress = `writer-${crypto.randomUUID()}@example.com`;
  const { id: userId } = await addUser(api, { emailAddress, password });
  const browser = await createFrontendClient(api);
  const sessionId = (await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password })).response
    .created_session_id as string;
  const visitor = await createFrontendClient(api);

  const read = async (table: 'users' | 'sign_ups', id: string | undefined, kind: MetadataKind): Promise<unknown> => {
    if (id === undefined) return undefined;
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)} where id = ${id}`.execute(api.database);
    return rows[0]?.[kind];
  };
  const listEvents = () => api.database.selectFrom('webhook_events').select(['id', 'type']).execute();
  const prepareUser = async (kind: MetadataKind, stored: object) => {
    const documents = Object.fromEntries(metadataKinds.map((name) => [name, JSON.stringify(name === kind ? stored : { other: name })]));
    await api.database.updateTable('users').set(documents).where('id', '=', userId).execute();
  };
  const observe = async (
    table: 'users' | 'sign_ups',
    kind: MetadataKind,
    work: () => Promise<{ status: number; refusals: string[]; id: string | undefined }>,
  ): Promise<MetadataOutcome> => {
    const [before, told] = [await fingerprint(api), await listEvents()];
    const { status, refusals: items, id } = await work();
    const events = (await listEvents()).filter(({ id: event }) => !told.some((former) => former.id === event)).map(({ type }) => type);
    return { status, refusals: items, document: await read(table, id, kind), isUnchanged: (await fingerprint(api)) === before, events };
  };

  const refusalsOf = ({ errors }: FrontendAnswer) => errors.map(({ code, meta }) => [code, meta?.['param_name']].filter(Boolean).join(' '));
  const versioned = ({ version }: MetadataWrite) => ({ apiVersion: version === undefined ? '2026-08-20' : version });

  const me =
    (path: string): PerformWrite =>
    async (write) => {
      await prepareUser(write.kind, write.stored ?? {});
      return observe('users', write.kind, async () => {
        const answer = await browser.call('PATCH', path, { [write.kind]: write.json }, { sessionId, ...versioned(write) });
        return { status: answer.status, refusals: refusalsOf(answer), id: userId };
      });
    };
  const backendUser =
    (method: string, path: string): PerformWrite =>
    async ({ kind, json, stored = {}, version }) => {
      if (method !== 'POST') await prepareUser(kind, stored);
      const more = method === 'POST' ? `"email_address":["${crypto.randomUUID()}@example.com"],"skip_password_requirement":true,` : '';
      return observe('users', kind, async () => {
        const body = `{${more}"${kind}":${json}}`;
        const answer = await backend(method, path, { body, ...(typeof version === 'string' && { version }) });
        const id = answer.status === 200 ? (answer.body.id as string) : method === 'POST' ? undefined : userId;
        return { status: answer.status, refusals: answer.status === 200 ? [] : refusals(answer), id };
      });
    };

  return {
    'PATCH /v1/me': me('/me'),
    'PATCH /v1/me/metadata': me('/me/metadata'),
    'POST /v1/client/sign_ups': async (write) =>
      observe('sign_ups', write.kind, async () => {
        const answer = await visitor.call('POST', '/client/sign_ups', { [write.kind]: write.json }, versioned(write));
        return { status: answer.status, refusals: refusalsOf(answer), id: answer.status === 200 ? answer.response.id : undefined };
      }),
    'PATCH /v1/client/sign_ups/{id}': async (write) => {
      const id = (await visitor.call('POST', '/client/sign_ups')).response.id as string;
      if (write.kind !== 'private_metadata') {
        const documents = { [write.kind]: JSON.stringify(write.stored ?? {}) };
        await api.database.updateTable('sign_ups').set(documents).where('id', '=', id).execute();
      }
      return observe('sign_ups', write.kind, async () => {
        const answer = await visitor.call('PATCH', `/client/sign_ups/${id}`, { [write.kind]: write.json }, versioned(write));
        return { status: answer.status, refusals: refusalsOf(answer), id };
      });
    },
    'PATCH /v1/users/{id}/metadata': backendUser('PATCH', `/users/${userId}/metadata`),
    'PUT /v1/users/{id}/metadata': backendUser('PUT', `/users/${userId}/metadata`),
    'PATCH /v1/users/{id}': backendUser('PATCH', `/users/${userId}`),
    'POST /v1/users': backendUser('POST', '/users'),
  };
}
