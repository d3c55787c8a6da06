import type { FactorView } from '../view.ts';
import { passwordRules } from './factor.ts';

export const password: FactorView = {
  ...passwordRules,
  screen: ({ card, identifier, typedPassword: value, forgot }, { html, currentPassword, hiddenUsername }) => ({
    title: card.strings.password.title,
    fieldNames: ['password'],
    fields: html`${hiddenUsername(identifier)} ${currentPassword(card, { value, forgot })}`,
  }),
};
