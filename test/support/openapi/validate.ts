/** Checks answers of the Backend API against Clerk's published description: the part of JSON Schema that it uses, and no more. */
import { readFileSync } from 'node:fs';

interface Schema {
  $ref?: string;
  type?: string;
  nullable?: boolean;
  enum?: unknown[];
  pattern?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

const { schemas } = JSON.parse(readFileSync(new URL('./backend-api-2026-05-12.json', import.meta.url), 'utf8')) as {
  schemas: Record<string, Schema>;
};

/** What is wrong with a value, each with its path; empty if it fits the schema of that name. */
export function validate(name: string, value: unknown): string[] {
  const schema = schemas[name];
  if (!schema) throw new Error(`There is no schema ${name}.`);
  return check(schema, value, name);
}

function check(schema: Schema, value: unknown, path: string): string[] {
  if (schema.$ref) return validate(schema.$ref.split('/').at(-1) ?? '', value).map((problem) => `${path} → ${problem}`);
  if (value === null && schema.nullable) return [];
  for (const part of schema.allOf ?? []) {
    const problems = check(part, value, path);
    if (problems.length) return problems;
  }
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) {
    const outcomes = choices.map((choice) => check(choice, value, path));
    if (!outcomes.some((problems) => !problems.length)) return outcomes.sort((a, b) => a.length - b.length)[0] ?? [];
  }
  if (schema.enum && !schema.enum.includes(value)) return [`${path}: ${JSON.stringify(value)} is none of ${JSON.stringify(schema.enum)}`];
  if (schema.type && !isOfType(value, schema.type)) return [`${path}: ${JSON.stringify(value)} is no ${schema.type}`];
  if (schema.pattern && !new RegExp(schema.pattern).test(String(value)))
    return [`${path}: ${JSON.stringify(value)} does not match ${schema.pattern}`];
  if (Array.isArray(value)) return value.flatMap((item, index) => (schema.items ? check(schema.items, item, `${path}[${index}]`) : []));
  return typeof value === 'object' && value !== null ? checkMembers(schema, value as Record<string, unknown>, path) : [];
}

function checkMembers(
  { properties = {}, required = [], additionalProperties = true }: Schema,
  value: Record<string, unknown>,
  path: string,
): string[] {
  const missing = required.filter((name) => !(name in value)).map((name) => `${path}.${name}: missing`);
  const inside = Object.entries(value).flatMap(([name, member]) => {
    const schema = properties[name] ?? additionalProperties;
    if (schema === false) return [`${path}.${name}: unknown`];
    return schema === true ? [] : check(schema, member, `${path}.${name}`);
  });
  return [...missing, ...inside];
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}
