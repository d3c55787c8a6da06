/** The operations that the local API serves, out of its own routes: `GET /v1/users/{}`. */
import { readFile } from 'node:fs/promises';
import { createBackendApi } from '../../demo/server/backend-api/index.ts';
import { createFrontendApi } from '../../demo/server/frontend-api/index.ts';
import { readSettings } from '../../demo/server/settings.ts';
import { endpoints } from '../../src/wire/endpoints.ts';

/** What `demo/server/app.ts` adds itself. */
const besides = ['GET /v1/health', 'POST /v1/oauth_callback'];

/** @returns {Promise<{ frontend: string[], backend: string[] }>} */
export async function servedOperations() {
  const instance = JSON.parse(await readFile(new URL('../../demo/instance.json', import.meta.url), 'utf8'));
  // Routes are made before anything is asked of a database, a key or a clock.
  const dependencies = /** @type {import('../../demo/server/dependencies.ts').Dependencies} */ ({
    settings: readSettings(instance, 'development'),
    frontendApiUrl: 'http://127.0.0.1',
    instanceType: 'development',
  });
  const table = Object.values(endpoints).map(({ method, path }) => ({ method, path: `/v1${path}` }));
  // Each path of the table has a route for every method, since methods are tunnelled.
  const paths = new Set(table.flatMap(({ path }) => [path, `${path}/`]));
  const others = createFrontendApi(dependencies).routes.filter(({ path }) => !paths.has(path));
  return {
    frontend: [...new Set([...namesOf([...table, ...others]), ...besides])],
    backend: [...new Set(namesOf(createBackendApi(dependencies).routes))],
  };
}

/**
 * A route for any method is an address to be opened; one with a star is something that every request passes through.
 * @param {{ method: string, path: string }[]} routes
 */
const namesOf = (routes) =>
  routes.filter(({ path }) => !path.includes('*')).map(({ method, path }) => withoutNames(`${method === 'ALL' ? 'GET' : method} ${path}`));

/**
 * The same for a route and an operation of a description, which name their parameters differently.
 * @param {string} name `GET /v1/users/:id`, `GET /v1/users/{user_id}`
 */
export const withoutNames = (name) => name.replaceAll(/:\w+(\{[^}]*\})?|\{[^}]*\}/g, '{}').replace(/\/$/, '');
