/** The environment, by either method (dossier part 1, §4.4). */
import type { environmentEndpoints } from '../../../src/wire/environment.ts';
import { presentEnvironment } from '../present/environment.ts';
import { findRestrictions } from '../store/access-identifiers.ts';
import type { Handler, Handlers } from './handler.ts';

const answerEnvironment: Handler<'getEnvironment' | 'updateEnvironment'> = async ({ context }) =>
  presentEnvironment(context, await findRestrictions(context.database));

export const environmentHandlers: Handlers<keyof typeof environmentEndpoints> = {
  getEnvironment: answerEnvironment,
  updateEnvironment: answerEnvironment,
};
