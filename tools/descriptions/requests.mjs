/** Compares a request of our script with the description of its operation: parameters in the address, and the form. */

/**
 * @typedef {import('../../test/support/record-exchanges.mjs').Exchange} Exchange
 * @typedef {import('./description.mjs').Operation} Operation
 * @typedef {import('./description.mjs').Json} Json
 * @typedef {(schema: Json, operation: Operation, name: string, value: unknown) => string[]} Check
 */

/** What every request carries, whatever the operation (dossier part 1, §2.2). */
const transportParameters = new Set([
  ...['__clerk_api_version', '_clerk_js_version', '_method', '_clerk_session_id', '__clerk_db_jwt', '_clerk_retry_attempt'],
  // Added by Clerk's testing package, and by a fresh token asked for.
  ...['__clerk_testing_token', 'debug'],
]);

/** @type {(exchange: Exchange, query: URLSearchParams, operation: Operation, check: Check) => string[]} */
export function checkRequest(exchange, query, operation, check) {
  return [...checkAddress(exchange, query, operation, check), ...checkForm(exchange, operation, check)];
}

/** @type {(exchange: Exchange, query: URLSearchParams, operation: Operation, check: Check) => string[]} */
function checkAddress({ requestHeaders }, query, operation, check) {
  const { name, parameters } = operation;
  const described = new Map(parameters.filter((parameter) => parameter.in === 'query').map((parameter) => [parameter.name, parameter]));
  const unknown = [...new Set(query.keys())].filter((key) => !described.has(key) && !transportParameters.has(key));
  const missing = parameters.filter(
    (parameter) =>
      parameter.required &&
      ((parameter.in === 'query' && !query.has(parameter.name)) ||
        (parameter.in === 'header' && requestHeaders[parameter.name.toLowerCase()] === undefined)),
  );
  return [
    ...unknown.map((key) => `request ${name}: query parameter ${key} is not described`),
    ...missing.map((parameter) => `request ${name}: ${parameter.in} parameter ${parameter.name} is missing`),
    ...[...described].flatMap(([key, { schema = {} }]) =>
      query.has(key) ? check(schema, operation, `request ${name} query ${key}`, readValue(query.getAll(key), schema)) : [],
    ),
  ];
}

/** @type {(exchange: Exchange, operation: Operation, check: Check) => string[]} */
function checkForm({ requestHeaders, requestBody, method }, operation, check) {
  if (method === 'GET') return [];
  const { name, requestBody: described } = operation;
  const contentType = String(requestHeaders['content-type'] ?? '').replace(/;.*/s, '');
  if (!described) return requestBody ? [`request ${name}: a body is not described`] : [];
  const content = described.content[contentType];
  if (!content) {
    return requestBody || described.required ? [`request ${name}: content type "${contentType}" is not described`] : [];
  }
  if (contentType !== 'application/x-www-form-urlencoded') return [];
  const form = new URLSearchParams(requestBody);
  const members = membersOf(content.schema);
  const value = Object.fromEntries([...new Set(form.keys())].map((key) => [key, readValue(form.getAll(key), members[key] ?? {})]));
  // Schemas of forms are open where they do not say otherwise; what they do not name is not described all the same.
  const unknown = Object.keys(value).filter((key) => !members[key]);
  const problems = check(content.schema, operation, `request ${name}`, value);
  return [...new Set([...unknown.map((key) => `${operation.description} request ${name}.${key}: not described`), ...problems])];
}

/**
 * Members of a schema of a form, those of its parts included.
 * @param {Json} schema
 * @returns {Record<string, Json>}
 */
function membersOf(schema) {
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  return Object.assign({}, ...parts.map(membersOf), schema.properties);
}

/**
 * A value as it was before it became text (dossier part 1, §2.6).
 * @param {string[]} texts
 * @param {Json} schema
 */
function readValue(texts, schema) {
  if (schema.type === 'array') return texts;
  const [text = ''] = texts;
  if (text === '' && schema.nullable) return null;
  if (schema.type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  if ((schema.type === 'integer' || schema.type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (schema.type === 'object') return readJson(text);
  return texts.length > 1 ? texts : text;
}

/** @param {string} text */
function readJson(text) {
  try {
    return /** @type {unknown} */ (JSON.parse(text));
  } catch {
    return text;
  }
}
