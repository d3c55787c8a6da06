/**
 * Schemas of OpenAPI 3.0 as JSON Schema that Ajv checks, and what it finds, told by the name of the schema: `Client.User.totp_enabled:
 * missing`. Such a sentence names no value, so that all answers with the same contradiction say the same.
 */
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

/**
 * @typedef {Record<string, unknown>} Json
 * @typedef {import('ajv').ErrorObject} AjvProblem
 */

/** Keywords that say nothing about a value, whatever is in them. */
const isSilent = new Set(['discriminator', 'example', 'default', 'description']);

export class Schemas {
  #ajv = new Ajv({ strict: false, allErrors: true, verbose: true, validateSchema: false, inlineRefs: false, logger: false });
  /** @type {WeakMap<object, string>} */
  #names = new WeakMap();

  constructor() {
    addFormats.default(this.#ajv);
    for (const format of ['binary', 'base64']) this.#ajv.addFormat(format, true);
    this.#ajv.addKeyword({ keyword: 'choices', errors: 'full', compile: (choices, parent) => this.#choose(choices, parent) });
  }

  /**
   * Adds the named schemas of a description.
   * @param {string} name of the description
   * @param {Record<string, Json>} schemas
   */
  add(name, schemas) {
    const converted = Object.entries(schemas).map(([key, schema]) => [key, this.#convert(schema, name, key)]);
    this.#ajv.addSchema({ $id: name, schemas: Object.fromEntries(converted) });
  }

  /**
   * A check of values: what contradicts the schema, as sentences; empty if nothing does.
   * @param {Json} schema
   * @param {string} description whose named schemas it refers to
   * @param {string} name what the schema is called where it has no name of its own
   * @returns {(value: unknown) => string[]}
   */
  compile(schema, description, name) {
    const validate = this.#ajv.compile(this.#convert(schema, description, name));
    return (value) => (validate(value) ? [] : [...new Set((validate.errors ?? []).map((problem) => this.#sentence(problem)))]);
  }

  /**
   * @param {unknown} node
   * @param {string} description
   * @param {string} name
   * @returns {any}
   */
  #convert(node, description, name) {
    if (Array.isArray(node)) return node.map((item) => this.#convert(item, description, name));
    if (typeof node !== 'object' || node === null) return node;
    const { $ref, nullable, oneOf, anyOf, ...rest } = /** @type {Json} */ (node);
    /** @type {Json} */
    const schema = {};
    for (const [keyword, value] of Object.entries(rest)) {
      if (isSilent.has(keyword)) continue;
      if (keyword === 'enum' || keyword === 'required') schema[keyword] = value;
      else if (keyword === 'properties') schema[keyword] = this.#convertMembers(/** @type {Json} */ (value), description, name);
      else schema[keyword] = this.#convert(value, description, keyword === 'items' ? `${name}[]` : name);
    }
    const choices = oneOf ?? anyOf;
    if (choices) schema.choices = this.#convert(choices, description, name);
    // What stands beside a reference says nothing in OpenAPI 3.0, except, as it is meant, that it may be null.
    const result = $ref === undefined ? schema : { $ref: `${description}#/schemas/${String($ref).split('/').at(-1)}` };
    this.#names.set(result, name);
    return nullable ? this.#nullable(result, name) : result;
  }

  /**
   * @param {Json} members
   * @param {string} description
   * @param {string} name
   */
  #convertMembers(members, description, name) {
    return Object.fromEntries(Object.entries(members).map(([key, value]) => [key, this.#convert(value, description, `${name}.${key}`)]));
  }

  /**
   * @param {Json} schema
   * @param {string} name
   */
  #nullable(schema, name) {
    const none = { type: 'null' };
    const whole = { choices: [schema, none] };
    this.#names.set(none, name).set(whole, name);
    return whole;
  }

  /**
   * Several schemas of which one has to fit. That more than one does is the description's own affair.
   * @param {Json[]} choices
   * @param {object} parent the schema that has them
   */
  #choose(choices, parent) {
    /** @type {import('ajv').ValidateFunction[] | undefined} */
    let checks;
    /** @type {import('ajv').SchemaValidateFunction} */
    const validate = (value) => {
      // Not before it is needed: schemas refer to themselves.
      checks ??= choices.map((choice) => this.#ajv.compile(choice));
      /** @type {AjvProblem[] | undefined} */
      let nearest;
      for (const check of checks) {
        if (check(value)) return true;
        const problems = check.errors ?? [];
        if (!nearest || distance(problems) < distance(nearest)) nearest = problems;
      }
      const kind = kindOf(value);
      if (kind !== undefined && nearest && distance(nearest) >= otherKind) {
        validate.errors = [{ keyword: 'choices', params: { sentence: `${this.#names.get(parent) ?? '?'}: "${kind}" is not described` } }];
        return false;
      }
      // Ajv puts the choice's own value in the place of each problem's.
      validate.errors = nearest?.map((problem) => ({ ...problem, params: { sentence: this.#sentence(problem) } })) ?? [];
      return false;
    };
    return validate;
  }

  /**
   * @param {AjvProblem} problem
   * @returns {string}
   */
  #sentence({ keyword, params, parentSchema, data }) {
    if (typeof params.sentence === 'string') return params.sentence;
    const name = this.#names.get(parentSchema ?? {}) ?? '?';
    switch (keyword) {
      case 'required':
        return `${name}.${params.missingProperty}: missing`;
      case 'additionalProperties':
        return `${name}.${params.additionalProperty}: not described`;
      case 'type':
        return `${name}: ${typeOf(data)} instead of ${[params.type].flat().join(' or ')}`;
      case 'enum':
        return `${name}: ${typeof data === 'string' ? `"${data}"` : String(data)} is not described`;
      default:
        return `${name}: does not fit ${keyword} ${typeof params.format === 'string' ? params.format : (params.pattern ?? params.limit ?? '')}`.trimEnd();
    }
  }
}

/**
 * How far a value is from a schema: another kind of object, or no object at all, is further than any number of wrong members.
 * @param {AjvProblem[]} problems
 */
function distance(problems) {
  const isOther = problems.some(
    ({ keyword, instancePath }) => (keyword === 'type' && !instancePath) || (keyword === 'enum' && instancePath.endsWith('/object')),
  );
  return problems.length + (isOther ? otherKind : 0);
}

/** More than all that can be wrong with one value. */
const otherKind = 100_000;

/**
 * What an object says it is.
 * @param {unknown} value
 */
const kindOf = (value) =>
  typeof value === 'object' && value !== null && 'object' in value && typeof value.object === 'string' ? value.object : undefined;

/** @param {unknown} value */
const typeOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
