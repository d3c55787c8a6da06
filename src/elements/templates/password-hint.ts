import { brokenPasswordRules } from '../../flows/password-rules.ts';
import type { PasswordSettings } from '../../flows/password-rules.ts';
import type { Strings } from '../../i18n/en.ts';
import type { FieldFrame } from './field.ts';

/** Says which rules a password breaks while it is typed, and when it breaks none. */
export function passwordHint(strings: Strings, typed: string, settings: PasswordSettings): Pick<FieldFrame, 'hint' | 'hintKind'> {
  const texts = strings.passwordRules;
  const broken = brokenPasswordRules(typed, settings);
  if (!broken.length) return { hint: texts.met, hintKind: 'Success' };
  const rules = broken.map((rule) => ('count' in rule ? texts[rule.name](rule.count) : texts[rule.name]));
  return { hint: texts.unmet(rules), hintKind: 'Info' };
}
