/** `docs/api-coverage.md`: which of the operations of Clerk's two APIs the local API serves. */

import { hasDescriptions, readDescriptions } from './description.mjs';
import { withoutNames } from './served.mjs';

/** @typedef {{ frontend: string[], backend: string[] }} Names operations by description: `GET /v1/users/{user_id}` */

/**
 * What is out of scope for now (product.md §8), by a word of the path.
 * @type {[string, RegExp][]}
 */
const outOfScope = [
  ['Organisations', /\/(organization|role_sets|scim_directories|directories|admin_portal)|organization_/],
  ['Billing', /\/billing\//],
  ['Enterprise SSO', /enterprise_connections|saml/],
  ['API keys and machines', /\/(api_keys|machines|m2m_tokens)/],
  ['Web3 wallets', /web3_wallets/],
  ['Native apps', /trusted_devices|assetlinks|apple-app-site/],
  ['Being an OAuth provider', /\/oauth\/|oauth_applications|openid-configuration|oauth-authorization-server/],
];

const titles = { frontend: 'Frontend API', backend: 'Backend API' };
const descriptions = /** @type {(keyof Names)[]} */ (['frontend', 'backend']);

/**
 * The document's generated part.
 * @param {Names} operations all that the descriptions know
 * @param {Names} routes of the local API, without the names of parameters: `GET /v1/users/{}`
 * @returns {string} Markdown
 */
export function coverageText(operations, routes) {
  return descriptions
    .flatMap((description) => {
      const all = [...operations[description]].sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : pathOf(a) > pathOf(b) ? 1 : a < b ? -1 : 1));
      const served = all.filter((name) => routes[description].includes(withoutNames(name)));
      const described = new Set(all.map(withoutNames));
      const rest = all.filter((name) => !served.includes(name));
      const scopeOf = (/** @type {string} */ name) => outOfScope.find(([, pattern]) => pattern.test(name))?.[0];
      const missing = rest.filter((name) => scopeOf(name) === undefined);
      const beyond = rest.filter((name) => scopeOf(name) !== undefined);
      return [
        `## ${titles[description]}`,
        '',
        `${all.length} operations: ${served.length} served, ${missing.length} not served, ${beyond.length} out of scope.`,
        '',
        ...section('Served', served),
        ...section(
          'Served, not described',
          routes[description].filter((name) => !described.has(name)).map((name) => name.replaceAll('{}', '{id}')),
        ),
        ...section('Not served', missing),
        ...outOfScope.flatMap(([title]) =>
          section(
            `Out of scope: ${title}`,
            beyond.filter((name) => scopeOf(name) === title),
          ),
        ),
      ];
    })
    .join('\n');
}

/** @param {string} name */
const pathOf = (name) => name.slice(name.indexOf(' ') + 1);

/**
 * @param {string} title
 * @param {string[]} names
 */
const section = (title, names) => (names.length ? [`### ${title}`, '', ...names.map((name) => `- \`${name}\``), ''] : []);

/**
 * The operations that the document already knows: where the descriptions are not at hand, it can still be compared with the routes.
 * @param {string} document
 * @returns {Names}
 */
export function namesInDocument(document) {
  const [, frontend = '', backend = ''] = document.split(/^## .*$/m);
  const namesIn = (/** @type {string} */ part) =>
    part
      .split(/^### /m)
      .filter((each) => !each.startsWith('Served, not described'))
      .flatMap((each) => [...each.matchAll(/^- `([^`]+)`$/gm)].map(([, name]) => name ?? ''));
  return { frontend: namesIn(frontend), backend: namesIn(backend) };
}

/**
 * What the document lists: out of the descriptions where they are, else what it lists already.
 * @param {string} document
 * @returns {Promise<Names>}
 */
export async function describedOperations(document) {
  if (!hasDescriptions()) return namesInDocument(document);
  const { operations } = await readDescriptions();
  const namesOf = (/** @type {string} */ wanted) => operations.filter(({ description }) => description === wanted).map(({ name }) => name);
  return { frontend: namesOf('frontend'), backend: namesOf('backend') };
}
