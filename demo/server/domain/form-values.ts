/** Values of forms that must be there. */
import { parameterError } from '../errors.ts';

/**
 * @throws ApiError 422 `form_param_missing` if it was not sent, `form_param_nil` if it is empty.
 */
export function requireText(value: string | undefined, parameter: string): string {
  if (value === undefined) throw parameterError('form_param_missing', parameter, `${parameter} must be included.`);
  if (!value) throw parameterError('form_param_nil', parameter, `Enter ${parameter.replaceAll('_', ' ')}.`);
  return value;
}
