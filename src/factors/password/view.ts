import { html } from 'lit';
import { currentPassword } from '../../elements/templates/password-input.ts';
import { hiddenUsername } from '../../elements/templates/text-input.ts';
import type { FactorView } from '../view.ts';
import { passwordRules } from './factor.ts';

export const password: FactorView = {
  ...passwordRules,
  screen: ({ card, identifier, typedPassword: value, forgot }) => ({
    title: card.strings.password.title,
    fieldNames: ['password'],
    fields: html`${hiddenUsername(identifier)} ${currentPassword(card, { value, forgot })}`,
  }),
};
