/** Clerk's descriptions of its two APIs, and the operation in them that an address means. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/**
 * @typedef {object} Operation
 * @property {string} name `PATCH /v1/me`
 * @property {string} description the name of the one that has it: `frontend`
 * @property {Json[]} parameters
 * @property {Json | undefined} requestBody
 * @property {Record<string, Json>} responses by status
 */
/** @typedef {Record<string, any>} Json */

/** The folder with the descriptions: beside the project, or where `OPENAPI_FOLDER` says. They are not ours to ship. */
export const descriptionsFolder = process.env.OPENAPI_FOLDER ?? fileURLToPath(new URL('../../../shared/openapi/', import.meta.url));

export const hasDescriptions = () => existsSync(join(descriptionsFolder, 'fapi-2026-05-12.yml'));

/** Paths of the Backend API stand below the address of its server. */
const sources = [
  { name: 'frontend', file: 'fapi-2026-05-12.yml', prefix: '' },
  { name: 'backend', file: 'bapi-2026-05-12.yml', prefix: '/v1' },
];
/** The version that our script speaks takes a parameter that the newest does not; its own description is not published. */
const elder = { name: 'frontend before 2026-05-12', file: 'fapi-2021-02-05.yml', prefix: '', only: 'PATCH /v1/me' };

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** @returns {Promise<{ schemas: Map<string, Record<string, Json>>, operations: Operation[], elderOperation: Operation | undefined }>} */
export async function readDescriptions() {
  const schemas = new Map();
  /** @param {{ name: string, file: string, prefix: string }} source */
  const read = async ({ name, file, prefix }) => {
    const document = parse(await readFile(join(descriptionsFolder, file), 'utf8'));
    schemas.set(name, document.components.schemas);
    return operationsOf(document, name, prefix);
  };
  const operations = (await Promise.all(sources.map(read))).flat();
  const elderOperation = (await read(elder)).find(({ name }) => name === elder.only);
  return { schemas, operations, elderOperation };
}

/**
 * @param {Json} document
 * @param {string} description
 * @param {string} prefix
 * @returns {Operation[]}
 */
function operationsOf(document, description, prefix) {
  /** @param {Json} value */
  const resolve = (value) => (value.$ref ? follow(document, value.$ref) : value);
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method])
      .map((method) => {
        const { parameters = [], requestBody, responses } = item[method];
        return {
          name: `${method.toUpperCase()} ${prefix}${path}`,
          description,
          parameters: [...(item.parameters ?? []), ...parameters].map(resolve),
          requestBody: requestBody && resolve(requestBody),
          responses: Object.fromEntries(
            Object.entries(responses).map(([status, response]) => [status, resolve(/** @type {Json} */ (response))]),
          ),
        };
      }),
  );
}

/**
 * @param {Json} document
 * @param {string} reference `#/components/responses/ClerkErrors`
 * @returns {Json}
 */
const follow = (document, reference) =>
  reference
    .slice(2)
    .split('/')
    .reduce((at, name) => at[name], document);

/** Asked for by Clerk's backend package (dossier part 1, §9.2), and described nowhere: its last part is no id of a client. */
const undescribed = '/v1/clients/handshake_payload';

/**
 * The operation of a request: a path without parameters comes before one that has some.
 * @param {Operation[]} operations
 * @returns {(method: string, path: string) => Operation | undefined}
 */
export function createFinder(operations) {
  const plain = new Map(operations.map((operation) => [operation.name, operation]));
  const patterned = operations
    .filter(({ name }) => name.includes('{'))
    .map((operation) => ({ operation, pattern: new RegExp(`^${operation.name.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`) }));
  return (method, path) => {
    if (path === undescribed) return undefined;
    const name = `${method} ${path.replace(/(?<=.)\/$/, '')}`;
    return plain.get(name) ?? patterned.find(({ pattern }) => pattern.test(name))?.operation;
  };
}
