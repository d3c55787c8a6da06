/** A person deletes their own account, which the core is without (dossier part 2, §4.1). */
import { deletedObject } from './deleted-object.ts';
import { wrapped } from './endpoint.ts';
import { emptyForm } from './form.ts';

export const userDeletionEndpoints = {
  deleteUser: wrapped('DELETE', '/me', deletedObject),
};

export const userDeletionForms = {
  deleteUser: emptyForm,
};
