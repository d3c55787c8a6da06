/**
 * How types are compared: member by member, and each object that is compared itself stands for itself wherever it is held. Otherwise one
 * member that a user lacks would make everything differ that leads to a user.
 */
import type { Resources } from './resources.ts';

type Name = keyof Resources;
type Official<R extends Name> = Resources[R][0];
type Own<R extends Name> = Resources[R][1];

/** `true` where each type takes the other. */
export type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** `true` for one and the same type: two generic functions are the same only where what they compare is. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- Each is there to be compared, which the rule does not see.
type Identical<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type NameOf<T> = { [R in Name]: true extends Identical<T, Official<R>> | Identical<T, Own<R>> ? R : never }[Name];

/** A type with a mark in the place of each object that is compared itself. */
type Marked<T> = [T] extends [never]
  ? T
  : unknown extends T
    ? T
    : T extends object
      ? [NameOf<T>] extends [never]
        ? T extends Promise<infer Result>
          ? Promise<Marked<Result>>
          : T extends readonly (infer Item)[]
            ? number extends T['length']
              ? Marked<Item>[]
              : T
            : T extends (...parameters: infer Parameters) => infer Result
              ? (...parameters: { [P in keyof Parameters]: Marked<Parameters[P]> }) => Marked<Result>
              : T extends { startEmailLinkFlow: infer Start; cancelEmailLinkFlow: infer Cancel }
                ? [Marked<Start>, Cancel]
                : T
        : { resource: NameOf<T> }
      : T;

/** The user-facing members by their names alone; tags of their documentation are read by `tools/coverage`. */
export type UserFacing<R extends Name> = Exclude<keyof Official<R> & string, `__${string}`>;

/** Members that Clerk's type has and ours has not. */
export type Missing<R extends Name> = Exclude<UserFacing<R>, keyof Own<R>>;

/** Members that are there and that somebody who wrote for Clerk's type may be surprised by. */
export type Different<R extends Name> = {
  [M in UserFacing<R> & keyof Own<R>]: [Marked<Own<R>[M]>] extends [Marked<Official<R>[M]>] ? never : M;
}[UserFacing<R> & keyof Own<R>];

/** Clerk's type and ours, as far as the lists claim that they agree. */
export type Claimed<R extends Name, Listed extends string> = {
  [M in Exclude<UserFacing<R>, Listed>]: Marked<Official<R>[M]>;
};
export type Present<R extends Name> = { [M in Extract<keyof Own<R>, string>]: Marked<Own<R>[M]> };
