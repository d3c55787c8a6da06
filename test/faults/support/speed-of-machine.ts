/** How much people may ask of a machine in the campaigns that hold answers against limits of time. */
import { createPasswordHasher } from '../../../demo/server/domain/password.ts';
import type { CampaignContext } from './campaign.ts';

/** By nothing else, of the machine of security.md §5, with which the campaigns were sized. */
const usualHashesPerSecond = 185;

/** Seconds. */
const duration = 3;

/** Passwords that it hashes, if it has nothing else to do, by those that the usual machine does; 1 for a faster one. */
export async function speedOfMachine(figure: CampaignContext['figure']): Promise<number> {
  const hasher = createPasswordHasher();
  const end = performance.now() + duration * 1_000;
  let hashed = 0;
  const hashOn = async () => {
    for (; performance.now() < end; hashed++) await hasher.hash('copper-lantern-meadow');
  };
  await Promise.all([1, 2, 3, 4].map(hashOn));
  figure('hashes a second', Math.round(hashed / duration));
  return Math.min(1, hashed / duration / usualHashesPerSecond);
}
