/** Names on the wire are `snake_case`, in JavaScript `camelCase`. Only names of members and parameters: keys of metadata are the application's. */

/** `emailAddressId` → `email_address_id`. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `first_name` → `firstName`. */
export const camelCase = (name: string): string => name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());

/** An object with its own names, one level deep, as JavaScript has them. */
export const camelCaseKeys = (json: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(json).map(([name, value]) => [camelCase(name), value as unknown]));
