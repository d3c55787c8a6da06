import { codeProof } from '../../elements/sign-up/code-proof.ts';
import { en } from '../../i18n/en/sign-up-later.ts';
import type { ProofView } from '../sign-up-screens.ts';

export const emailCode: ProofView = { ...codeProof(en.verifyEmail), other: en.codeInstead };
