import { html } from 'lit';
import { actionLink } from '../../elements/templates/button.ts';
import { passwordField } from '../../elements/templates/password-input.ts';
import { hiddenUsername } from '../../elements/templates/text-input.ts';
import type { FactorView } from '../view.ts';
import { passwordRules } from './factor.ts';

export const password: FactorView = {
  ...passwordRules,
  method: (strings) => strings.password.method,
  screen({ strings, forgot, ...context }) {
    const field = passwordField(
      {
        id: context.fieldId('password'),
        name: 'password',
        label: strings.fields.password,
        autocomplete: 'current-password',
        value: context.typedPassword,
        error: context.error('password'),
        action: forgot && actionLink('formFieldAction', strings.password.forgot, forgot),
      },
      strings,
    );
    return {
      title: strings.password.title,
      subtitle: strings.password.subtitle,
      fieldNames: ['password'],
      fields: html`${hiddenUsername(context.identifier)} ${field}`,
    };
  },
};
