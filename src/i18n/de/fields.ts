/** German: the texts of the fields and forms of metadata. */
import type { FieldTexts } from '../catalogues.ts';

const bytes = (used: number, limit: number) =>
  `Damit belegen Ihre Daten ${used.toLocaleString('de')} von ${limit.toLocaleString('de')} Bytes.`;

const problems = {
  not_an_object: 'Es muss ein JSON-Objekt sein.',
  too_deep: 'Es ist zu tief verschachtelt.',
  invalid_text: 'Es enthält ein Zeichen, das sich nicht speichern lässt.',
  invalid_number: 'Es enthält eine Zahl, die sich nicht genau speichern lässt: Schreiben Sie sie als Text.',
  reserved_key: 'Der Schlüssel „__proto__“ ist nicht erlaubt.',
};

export const fields: FieldTexts = {
  field: {
    saving: 'Wird gespeichert …',
    saved: 'Gespeichert',
    notSaved: (why) => `Nicht gespeichert. ${why}`,
    signedOut: 'Melden Sie sich an, um das zu ändern.',
    notShown: (json) => `Der gespeicherte Wert ${json} kann hier nicht angezeigt werden. Eine Änderung ersetzt ihn.`,
    bytes,
    tooLarge: (used, limit) => `Das passt nicht mehr hinein. ${bytes(used, limit)}`,
  },
  moreFields: {
    notJson: (why) => `Das ist kein gültiges JSON. ${why}`,
    notStorable: (problem) => `Das kann nicht gespeichert werden. ${problems[problem]}`,
    nullMember: 'Ein Wert darf nicht null sein: Lassen Sie ihn weg.',
    tags: 'Bisher gewählt',
    removeTag: (tag) => `${tag} entfernen`,
  },
  form: {
    save: 'Speichern',
    discard: 'Änderungen verwerfen',
    saving: 'Wird gespeichert …',
    saved: 'Gespeichert',
    notSaved: (why) => `Nicht gespeichert. ${why}`,
    unchanged: 'Es gibt keine Änderungen.',
  },
};
