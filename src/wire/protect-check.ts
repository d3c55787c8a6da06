import * as z from 'zod/mini';
import { seldom } from './primitives.ts';

/** A gate against bots that is before an attempt. No API description has it (dossier part 2, §0.6 and §2.1), and our API has none. */
export const protectCheck = seldom(z.looseObject({}));
