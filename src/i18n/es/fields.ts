/** Spanish: the texts of the fields and forms of metadata. */
import type { FieldTexts } from '../catalogues.ts';

const bytes = (used: number, limit: number) =>
  `Con esto, tus datos ocupan ${used.toLocaleString('es')} bytes de ${limit.toLocaleString('es')}.`;

const problems = {
  not_an_object: 'Debe ser un objeto JSON.',
  too_deep: 'Está anidado a demasiada profundidad.',
  invalid_text: 'Contiene un carácter que no se puede guardar.',
  invalid_number: 'Contiene un número que no se puede guardar con exactitud: escríbelo como texto.',
  reserved_key: 'La clave «__proto__» no está permitida.',
};

export const fields: FieldTexts = {
  field: {
    saving: 'Guardando…',
    saved: 'Guardado',
    notSaved: (why) => `No se ha guardado. ${why}`,
    signedOut: 'Inicia sesión para cambiarlo.',
    notShown: (json) => `El valor guardado ${json} no se puede mostrar aquí. Un cambio lo reemplaza.`,
    bytes,
    tooLarge: (used, limit) => `No cabe. ${bytes(used, limit)}`,
  },
  moreFields: {
    notJson: (why) => `No es un JSON válido. ${why}`,
    notStorable: (problem) => `No se puede guardar. ${problems[problem]}`,
    nullMember: 'Un miembro no puede ser null: elimínalo.',
    tags: 'Elegidos hasta ahora',
    removeTag: (tag) => `Quitar ${tag}`,
  },
  form: {
    save: 'Guardar',
    discard: 'Descartar los cambios',
    saving: 'Guardando…',
    saved: 'Guardado',
    notSaved: (why) => `No se ha guardado. ${why}`,
    unchanged: 'No hay cambios que guardar.',
  },
};
