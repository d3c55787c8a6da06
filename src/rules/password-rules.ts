import type { EnvironmentResource } from '../resources/types.ts';

export type PasswordSettings = EnvironmentResource['passwordSettings'];

/** A rule of the instance that a password breaks. */
export type PasswordRule = { name: 'minLength' | 'maxLength'; count: number } | { name: 'uppercase' | 'lowercase' | 'number' | 'special' };

/** Lengths the API accepts at all (dossier part 2, §5): settings beyond them are clamped. */
const shortest = 8;
const longest = 72;

/** The rules that `password` breaks, in the order in which to show them. Lengths are counted in characters, not code units. */
export function brokenPasswordRules(password: string, settings: PasswordSettings): PasswordRule[] {
  const length = [...password].length;
  const minLength = Math.max(settings.minLength, shortest);
  const maxLength = settings.maxLength > 0 ? Math.min(settings.maxLength, longest) : longest;
  const broken: PasswordRule[] = [];
  if (length < minLength) broken.push({ name: 'minLength', count: minLength });
  if (length > maxLength) broken.push({ name: 'maxLength', count: maxLength });
  if (settings.requireUppercase && !/\p{Lu}/u.test(password)) broken.push({ name: 'uppercase' });
  if (settings.requireLowercase && !/\p{Ll}/u.test(password)) broken.push({ name: 'lowercase' });
  if (settings.requireNumbers && !/\p{Nd}/u.test(password)) broken.push({ name: 'number' });
  if (settings.requireSpecialCharacter && !/[^\p{L}\p{N}\s]/u.test(password)) broken.push({ name: 'special' });
  return broken;
}
