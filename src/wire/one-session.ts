/** What is asked of a session of this browser now and then (dossier part 2, §4.3). */
import { wrapped } from './endpoint.ts';
import { emptyForm } from './form.ts';
import { session } from './session.ts';

export const oneSessionEndpoints = {
  removeSession: wrapped('POST', '/client/sessions/:sessionId/remove', session),
  endSession: wrapped('POST', '/client/sessions/:sessionId/end', session),
  getSession: wrapped('GET', '/client/sessions/:sessionId', session),
};

export const oneSessionForms = { removeSession: emptyForm, endSession: emptyForm, getSession: emptyForm };
