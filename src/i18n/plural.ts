/** The form that a language uses with a count: `plural('fr')(1, { one: 'seconde', other: 'secondes' })`. */
export const plural = (language: string) => {
  const rules = new Intl.PluralRules(language);
  return (count: number, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }): string =>
    forms[rules.select(count)] ?? forms.other;
};
