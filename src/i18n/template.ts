/** Texts of Clerk's localizations: `{{name}}` stands for a value, `{{name|titleize}}` for one that begins with a capital letter. */

const capital = (text: string) => text.replace(/^./u, (letter) => letter.toUpperCase());

/** The text with its values; a value that is not known is left out. Values are text: nothing of them is read again. */
export const fill = (template: string, values: Record<string, unknown>): string =>
  template.replace(/\{\{\s*(\w+)\s*(?:\|\s*(\w+)[^}]*)?\}\}/g, (_whole, name: string, modifier?: string) => {
    const value = Object.hasOwn(values, name) ? String(values[name]) : '';
    return modifier === 'titleize' ? capital(value) : value;
  });
