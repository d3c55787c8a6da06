import { brokenPasswordRules } from '../../rules/password-rules.ts';
import type { PasswordSettings } from '../../rules/password-rules.ts';
import { en } from '../../i18n/en/password-rules.ts';
import type { FieldFrame } from './field.ts';

/** Says which rules a password breaks while it is typed, and when it breaks none. */
export function passwordHint(typed: string, settings: PasswordSettings): Pick<FieldFrame, 'hint' | 'hintKind'> {
  const broken = brokenPasswordRules(typed, settings);
  if (!broken.length) return { hint: en.met, hintKind: 'Success' };
  const rules = broken.map((rule) => ('count' in rule ? en[rule.name](rule.count) : en[rule.name]));
  return { hint: en.unmet(rules), hintKind: 'Info' };
}
