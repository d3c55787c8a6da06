/** What is asked of an account as a whole now and then (dossier part 2, §4.1). */
import { deletedObject } from './deleted-object.ts';
import { wrapped } from './endpoint.ts';
import { emptyForm } from './form.ts';
import { user } from './user.ts';

export const accountEndpoints = {
  getUser: wrapped('GET', '/me', user),
  deleteUser: wrapped('DELETE', '/me', deletedObject),
};

export const accountForms = { getUser: emptyForm, deleteUser: emptyForm };
