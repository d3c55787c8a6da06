/** Whether the instance takes a password, as far as a page can tell (dossier part 2, §5). */
import type { BaseResource } from '../resources/base.ts';
import type { ComplexityErrors, ValidatePasswordCallbacks } from '../resources/types.ts';
import { brokenPasswordRules } from '../rules/password-rules.ts';
import type { PasswordRule } from '../rules/password-rules.ts';
import { stateOf } from './state-of.ts';

/** As Clerk's types call a rule that is broken. */
const lacks: Record<PasswordRule['name'], keyof ComplexityErrors> = {
  minLength: 'min_length',
  maxLength: 'max_length',
  uppercase: 'require_uppercase',
  lowercase: 'require_lowercase',
  number: 'require_numbers',
  special: 'require_special_char',
};

/** Methods of attempts. */
export const passwordOfAttempt = {
  validatePassword(this: BaseResource, password: string, { onValidation, onValidationComplexity }: ValidatePasswordCallbacks = {}): void {
    const { environment } = stateOf(this);
    const broken = environment ? brokenPasswordRules(password, environment.passwordSettings) : [];
    onValidation?.({ complexity: Object.fromEntries(broken.map(({ name }) => [lacks[name], true])) });
    onValidationComplexity?.(!broken.length);
  },
};
