/** Compiles: docs/coverage.md says no more and no less of Clerk's published types and ours than is true. */
import type { Claimed, Different, Missing, Present, Same, UserFacing } from './compare.ts';
import type { lists } from './lists.ts';
import type { Resources } from './resources.ts';

type Lists = typeof lists;
type Listed<R extends keyof Resources, Kind extends keyof Lists[R]> = Lists[R][Kind] extends readonly (infer Member)[]
  ? Member & string
  : never;

/** `true`, or what is not. */
type Claims<R extends keyof Resources> = {
  members: Same<Listed<R, 'present' | 'missing'>, UserFacing<R>>;
  missing: Same<Listed<R, 'missing'>, Missing<R>>;
  different: Same<Listed<R, 'different'>, Different<R>>;
  satisfied: Present<R> extends Claimed<R, Listed<R, 'missing' | 'different'>> ? true : false;
};
type True = { members: true; missing: true; different: true; satisfied: true };

/** Each resource whose claims are not true. */
type Mistakes = { [R in keyof Resources]: Claims<R> extends True ? never : R }[keyof Resources];
export const mistakes: Same<Mistakes, never> = true;
export const complete: Same<keyof Lists, keyof Resources> = true;
