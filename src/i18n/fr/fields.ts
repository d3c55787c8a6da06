/** French: the texts of the fields and forms of metadata. */
import type { FieldTexts } from '../catalogues.ts';

const bytes = (used: number, limit: number) =>
  `Avec elle, vos données occupent ${used.toLocaleString('fr')} octets sur ${limit.toLocaleString('fr')}.`;

const problems = {
  not_an_object: 'Il faut un objet JSON.',
  too_deep: 'L’imbrication est trop profonde.',
  invalid_text: 'Un caractère ne peut pas être enregistré.',
  invalid_number: 'Un nombre ne peut pas être enregistré exactement : écrivez-le comme texte.',
  reserved_key: 'La clé « __proto__ » n’est pas permise.',
};

export const fields: FieldTexts = {
  field: {
    saving: 'Enregistrement…',
    saved: 'Enregistré',
    notSaved: (why) => `Non enregistré. ${why}`,
    signedOut: 'Connectez-vous pour modifier cette valeur.',
    notShown: (json) => `La valeur enregistrée ${json} ne peut pas être affichée ici. Une modification la remplace.`,
    bytes,
    tooLarge: (used, limit) => `Cette valeur est trop grande. ${bytes(used, limit)}`,
  },
  moreFields: {
    notJson: (why) => `Ce n’est pas du JSON valide. ${why}`,
    notStorable: (problem) => `Cette valeur ne peut pas être enregistrée. ${problems[problem]}`,
    nullMember: 'Un membre ne peut pas être null : supprimez-le.',
    tags: 'Choisis jusqu’ici',
    removeTag: (tag) => `Retirer ${tag}`,
  },
  form: {
    save: 'Enregistrer',
    discard: 'Annuler les modifications',
    saving: 'Enregistrement…',
    saved: 'Enregistré',
    notSaved: (why) => `Non enregistré. ${why}`,
    unchanged: 'Il n’y a rien à enregistrer.',
  },
};
