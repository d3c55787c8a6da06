/** How requests are written: form bodies (dossier part 1, §2.6) and addresses (§2.2, §2.4). */

import { snakeCase } from '../rules/names.ts';

/** Parameters of a request, named as in JavaScript. */
export type Parameters = Record<string, unknown>;

/**
 * A form body. Objects travel as JSON text, arrays as repeated fields, `null` as an empty field, `undefined` not at all.
 * @example encodeForm({ firstName: null }).toString() // 'first_name='
 */
export function encodeForm(parameters: Parameters): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of (Array.isArray(value) ? value : [value]) as unknown[]) {
      if (item !== undefined) form.append(snakeCase(name), asText(item));
    }
  }
  return form;
}

const asText = (value: unknown) =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);

/** Fills the named parameters of a path: `/client/sessions/:sessionId` → `/client/sessions/sess_1`. */
export function fillPath(path: string, values: Record<string, string>): string {
  return path.replace(/:(\w+)/g, (_name, key: string) => encodeURIComponent(values[key] ?? ''));
}
