/** Operations on the client as a whole that pages seldom ask for, so that the core is without them (dossier part 1, §2.9, §8.5). */
import * as z from 'zod/mini';
import { client } from './client.ts';
import { wrapped } from './endpoint.ts';
import { emptyForm } from './form.ts';

export const clientLifecycleEndpoints = {
  createClient: wrapped('PUT', '/client', z.nullable(client)),
  deleteClient: wrapped('DELETE', '/client', z.nullable(client)),
  /** Hands in the answer to a captcha. */
  verifyClient: wrapped('POST', '/client/verify', z.nullable(client)),
};

export const clientLifecycleForms = {
  createClient: emptyForm,
  deleteClient: emptyForm,
  verifyClient: emptyForm,
};
