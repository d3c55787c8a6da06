/** Reverifications on the wire (dossier part 2, §4.4). */
import type { Complete } from '../../../src/wire/primitives.ts';
import type { ReverificationJSON } from '../../../src/wire/reverification.ts';
import type { Dependencies } from '../dependencies.ts';
import { listReverificationFactors } from '../domain/reverification.ts';
import type { Reverification } from '../store/reverifications.ts';
import { findVerification } from '../store/verifications.ts';
import { presentSession } from './session.ts';
import type { PresentedSession } from './session.ts';
import { presentVerification } from './verification.ts';

export async function presentReverification(
  context: Dependencies,
  reverification: Reverification,
  presented: PresentedSession,
): Promise<Complete<ReverificationJSON>> {
  const { database, now } = context;
  const { user } = presented;
  const first = await findVerification(database, reverification.first_factor_verification_id);
  const second = await findVerification(database, reverification.second_factor_verification_id);
  return {
    object: 'session_reverification',
    level: reverification.level,
    status: reverification.status,
    supported_first_factors: listReverificationFactors(user, context, 'first_factor'),
    supported_second_factors: listReverificationFactors(user, context, 'second_factor'),
    first_factor_verification: first ? presentVerification(first, now()) : null,
    second_factor_verification: second ? presentVerification(second, now()) : null,
    session: await presentSession(context, presented),
  };
}
