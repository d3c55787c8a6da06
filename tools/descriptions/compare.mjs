/** Compares one exchange with the descriptions. What contradicts them comes as sentences without values. */
import { createFinder } from './description.mjs';
import { checkRequest } from './requests.mjs';
import { Schemas } from './schema.mjs';

/**
 * @typedef {import('../../test/support/record-exchanges.mjs').Exchange} Exchange
 * @typedef {import('./description.mjs').Operation} Operation
 */

/** The version of a script that is ours: `0.1.0`, `0.0.0-test`; those of Clerk's own begin with 5 and 6. */
const isOurs = (/** @type {URLSearchParams} */ query) => /^0\.\d/.test(query.get('_clerk_js_version') ?? '');

/**
 * @param {Awaited<ReturnType<typeof import('./description.mjs').readDescriptions>>} descriptions
 * @returns {(exchange: Exchange) => { operation?: string, answer: string[], request?: string[] }} `request` of our script alone
 */
export function createComparison({ schemas: named, operations, elderOperation }) {
  const schemas = new Schemas();
  for (const [name, members] of named) schemas.add(name, members);
  const find = createFinder(operations);
  /** @type {Map<string, (value: unknown) => string[]>} */
  const checks = new Map();
  /** @type {import('./requests.mjs').Check} */
  const check = (schema, { description }, name, value) => {
    const key = `${description} ${name}`;
    const known = checks.get(key) ?? schemas.compile(schema, description, name);
    checks.set(key, known);
    return known(value).map((sentence) => `${description} ${sentence}`);
  };

  return (exchange) => {
    const query = new URLSearchParams(exchange.query);
    const method = (exchange.method === 'POST' && query.get('_method')) || exchange.method;
    const operation = find(method, exchange.path);
    if (!operation) {
      const isAnswered = exchange.status < 400;
      return { answer: isAnswered ? [`${method} ${exchange.path.replace(/(?<=\/)[a-z]+_\w{8,}/g, '{id}')}: not described`] : [] };
    }
    return {
      operation: operation.name,
      answer: checkAnswer(exchange, operation, check),
      ...(isOurs(query) && {
        request: checkRequest(exchange, query, operation.name === elderOperation?.name ? elderOperation : operation, check),
      }),
    };
  };
}

/**
 * @param {Exchange} exchange
 * @param {Operation} operation
 * @param {import('./requests.mjs').Check} check
 * @returns {string[]}
 */
function checkAnswer(exchange, operation, check) {
  const { status, contentType, body } = exchange;
  const response = operation.responses[String(status)];
  const isRefusal = status >= 400;
  const told = response ? [] : [`${operation.name}: status ${status}${codesIn(exchange)} is not described`];
  // An error looks the same whatever its status.
  const content = response?.content ?? (isRefusal && operation.responses['4XX']?.content);
  if (!content) return told;
  const { schema } = content[contentType] ?? {};
  if (!content[contentType]) return [...told, `${operation.name} ${status}: content type "${contentType}" is not described`];
  return schema && contentType === 'application/json'
    ? [...told, ...check(schema, operation, `${operation.name} ${status}`, JSON.parse(body))]
    : told;
}

/**
 * Codes of a refusal, since one status stands for many.
 * @param {Exchange} exchange
 */
function codesIn({ status, contentType, body }) {
  if (status < 400 || contentType !== 'application/json' || !body) return '';
  const { errors } = /** @type {{ errors: { code: string }[] }} */ (JSON.parse(body));
  return ` (${[...new Set(errors.map(({ code }) => code))].join(', ')})`;
}
